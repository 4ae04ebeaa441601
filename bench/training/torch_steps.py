"""Times training steps in PyTorch: what the benchmarks of a step share, whatever their network."""
import argparse
import json
import statistics
import time

import torch
from torch import nn


def time_steps(layers, shape, steps, warmup):
    """Times the steps of `layers()` at batch 128 over 60,000 examples of a shape and prints one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--warmup", type=int, default=warmup)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)

    examples, batch = 60_000, 128
    features = torch.rand(examples, *shape)
    labels = torch.randint(0, 10, (examples,))
    network = nn.Sequential(*layers()).train()
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
