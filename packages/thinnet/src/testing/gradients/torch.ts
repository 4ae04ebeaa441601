/** @file Gradients of cases by PyTorch's autograd, many cases in one call. */
import { torch } from '../torch.js';
import type { Case } from './case.js';
import type { Drawn } from './check.js';

/** For each case, evaluates its expression of the operands x, and the gradients of Σ seed · output. */
const script = `
import functools, json, math, sys, torch
import torch.nn.functional as F
def onnx_slice(length, start, end, step):
    clamp = lambda v, low, high: min(max(v + length if v < 0 else v, low), high)
    if step > 0: return clamp(start, 0, length), clamp(end, 0, length), step
    stop = clamp(end, -1, length - 1)
    return clamp(start, 0, length - 1), None if stop < 0 else stop, step
def sliced(x, taken):
    for axis, *bounds in taken:
        places = list(range(x.shape[axis]))[slice(*onnx_slice(x.shape[axis], *bounds))]
        x = x.index_select(axis, torch.tensor(places, dtype=torch.long))
    return x
def prod(v, dims, keep):
    for axis in sorted((d % v.dim() for d in dims), reverse=True): v = torch.prod(v, axis, keep)
    return v
chan = lambda v, x: v.reshape([-1] + [1] * (x.dim() - 2))
types = {'float32': torch.float32, 'float64': torch.float64, 'bool': torch.bool, 'int32': torch.int64, 'int64': torch.int64}
tensor = lambda t: torch.tensor(list(map(float, t['data'])), dtype=torch.float64).to(types[t['type']]).reshape(t['dims'])
found = []
for c in json.load(sys.stdin):
    x = [tensor(t) for t in c['operands']]
    for i in c['wrt']: x[i].requires_grad_()
    y = eval(c['torch'])
    ys = list(y) if isinstance(y, (list, tuple)) else [y]
    sum((tensor(s) * v).sum() for s, v in zip(c['seeds'], ys)).backward()
    zero = lambda v: torch.zeros_like(v) if v.grad is None else v.grad
    found.append([list(map(str, zero(x[i]).flatten().tolist())) for i in c['wrt']])
json.dump(found, sys.stdout)
`;

/** Numbers as text, which JSON has no other way to say of infinities. */
const plain = ({ type, dims, data }: Drawn['operands'][number]) => ({
  type,
  dims,
  data: Array.from(data as Float32Array, String),
});

/** By case and operand with a gradient; every case has an expression for PyTorch. */
export function gradientsByTorch(cases: readonly Case[], drawn: readonly Drawn[]): number[][][] {
  const input = drawn.map(({ operands, seeds, wrt }, n) => ({
    torch: cases[n]?.torch,
    wrt,
    operands: operands.map(plain),
    seeds: seeds.map(plain),
  }));
  const found = torch(script, input) as string[][][];
  return found.map((gradients) =>
    gradients.map((gradient) => gradient.map((x) => Number(x.replace('inf', 'Infinity')))),
  );
}
