"""A convolutional network's training step in PyTorch (Debian's python3-torch), as one line of JSON.

28 x 28 - conv 5 x 5 x 32 - ReLU - max-pool 2 - conv 5 x 5 x 64 - ReLU - max-pool 2 - dense 1024 - ReLU - dropout 0.5 -
dense 10, batch 128, cross-entropy, SGD with learning rate 0.05 and momentum 0.9. A step gathers a fresh batch
from a [60000, 1, 28, 28] array, draws its masks, and updates the weights.

Usage: torch_cnn.py [--steps 20] [--warmup 4] [--threads 2] [--seed 1]
"""
import sys
from pathlib import Path

from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
from torch_steps import time_steps  # noqa: E402


def layers():
    blocks = []
    for inputs, filters in [(1, 32), (32, 64)]:
        blocks += [nn.Conv2d(inputs, filters, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
    return [*blocks, nn.Flatten(), nn.Linear(64 * 7 * 7, 1024), nn.ReLU(), nn.Dropout(0.5), nn.Linear(1024, 10)]


time_steps(layers, (1, 28, 28), steps=20, warmup=4)
