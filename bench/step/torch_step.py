"""The training step in PyTorch (Debian's python3-torch with OpenBLAS), as one line of JSON.

784-1024-1024-1024-10, ReLU, dropout 0.5 on hidden units and 0.2 on the input, batch 128, cross-entropy, SGD with
learning rate 0.05 and momentum 0.9. A step gathers a fresh batch from a [60000, 784] array, draws its masks,
and updates the weights.

Usage: torch_step.py [--steps 60] [--warmup 10] [--threads 2] [--seed 1]
"""
import sys
from pathlib import Path

from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
from torch_steps import time_steps  # noqa: E402


def layers():
    hidden = [nn.Dropout(0.2)]
    for inputs, units in [(784, 1024), (1024, 1024), (1024, 1024)]:
        hidden += [nn.Linear(inputs, units), nn.ReLU(), nn.Dropout(0.5)]
    return [*hidden, nn.Linear(1024, 10)]


time_steps(layers, (784,), steps=60, warmup=10)
