"""A convolutional network's training step in PyTorch (Debian's python3-torch), as one line of JSON.

28 x 28 - conv 5 x 5 x 32 - ReLU - max-pool 2 - conv 5 x 5 x 64 - ReLU - max-pool 2 - dense 1024 - ReLU - dropout 0.5 -
dense 10, batch 128, cross-entropy, SGD with learning rate 0.05 and momentum 0.9. A step gathers a fresh batch
from a [60000, 1, 28, 28] array, draws its masks, and updates the weights.

Usage: torch_cnn.py [--steps 20] [--warmup 4] [--threads 2] [--seed 1]
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--steps", type=int, default=20)
parser.add_argument("--warmup", type=int, default=4)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(options.seed)

examples, batch = 60_000, 128
features = torch.rand(examples, 1, 28, 28)
labels = torch.randint(0, 10, (examples,))

layers = []
for inputs, filters in [(1, 32), (32, 64)]:
    layers += [nn.Conv2d(inputs, filters, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
layers += [nn.Flatten(), nn.Linear(64 * 7 * 7, 1024), nn.ReLU(), nn.Dropout(0.5), nn.Linear(1024, 10)]
network = nn.Sequential(*layers).train()
loss_of = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)

order = torch.randperm(examples)
times, losses, cpu = [], [], []
for step in range(options.warmup + options.steps):
    start, before = time.perf_counter(), time.process_time()
    rows = order[(step * batch) % (examples - batch) :][:batch]
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(network(features[rows]), labels[rows])
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    if step >= options.warmup:
        times.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - before) * 1000)

print(
    json.dumps(
        {
            "medianMs": statistics.median(times),
            "minMs": min(times),
            "maxMs": max(times),
            "cpuMs": statistics.median(cpu),
            "steps": len(times),
            "version": f"PyTorch {torch.__version__}",
            "threads": torch.get_num_threads(),
            "loss": losses[-1],
        }
    )
)
