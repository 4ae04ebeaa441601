"""The training step in PyTorch (Debian's python3-torch with OpenBLAS), as one line of JSON.

784-1024-1024-1024-10, ReLU, dropout 0.5 on hidden units and 0.2 on the input, batch 128, cross-entropy, SGD with
learning rate 0.05 and momentum 0.9. A step gathers a fresh batch from a [60000, 784] array, draws its masks,
and updates the weights.

Usage: torch_step.py [--steps 60] [--warmup 10] [--threads 2] [--seed 1]
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--steps", type=int, default=60)
parser.add_argument("--warmup", type=int, default=10)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(options.seed)

examples, batch = 60_000, 128
features = torch.rand(examples, 784)
labels = torch.randint(0, 10, (examples,))

layers = [nn.Dropout(0.2)]
for inputs, units in [(784, 1024), (1024, 1024), (1024, 1024)]:
    layers += [nn.Linear(inputs, units), nn.ReLU(), nn.Dropout(0.5)]
network = nn.Sequential(*layers, nn.Linear(1024, 10)).train()
loss_of = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)

order = torch.randperm(examples)
times, losses = [], []
for step in range(options.warmup + options.steps):
    start = time.perf_counter()
    rows = order[(step * batch) % (examples - batch) :][:batch]
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(network(features[rows]), labels[rows])
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    if step >= options.warmup:
        times.append((time.perf_counter() - start) * 1000)

print(
    json.dumps(
        {
            "medianMs": statistics.median(times),
            "minMs": min(times),
            "maxMs": max(times),
            "steps": len(times),
            "version": f"PyTorch {torch.__version__}",
            "threads": torch.get_num_threads(),
            "loss": losses[-1],
        }
    )
)
