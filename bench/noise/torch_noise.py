"""Noise by PyTorch on one thread (Debian's python3-torch), as one line of JSON; measured as measure.mjs does.

Masks are F.dropout of a tensor of features, which is what PyTorch offers.
"""
import json
import statistics
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(1)

elements, piece, cached = 2**24, 2**18, 2**15
x = torch.full((elements,), 0.5)


def nanoseconds(draw, length, offsets, repeats):
    times = []
    for offset in offsets:
        part = x[offset : offset + length]
        start = time.perf_counter()
        for _ in range(repeats):
            draw(part)
        times.append((time.perf_counter() - start) * 1e9 / (length * repeats))
    return statistics.median(times)


def dropout(rate):
    return lambda part: F.dropout(part, rate, training=True)


walk = range(0, elements // 2, piece)
large = {
    "mask30": dropout(0.3),
    "mask10": dropout(0.1),
    "mask50": dropout(0.5),
    "uniform": torch.rand_like,
    "gaussian": torch.randn_like,
}
results = {key: nanoseconds(draw, piece, walk, 1) for key, draw in large.items()}
for key, rate in (("cached30", 0.3), ("cached50", 0.5)):
    results[key] = nanoseconds(dropout(rate), cached, [0] * 16, 8)
print(json.dumps({**results, "version": f"PyTorch {torch.__version__}", "threads": torch.get_num_threads()}))
