/** @file Layers beside PyTorch's: outputs and gradients of both, with the same parameters, inputs and masks. */
import { gradients } from '../grad/gradients.js';
import { GraphBuilder } from '../graph/builder.js';
import { unfreeze } from '../graph/passes/unfreeze.js';
import { sizeOf } from '../graph/shape.js';
import { network } from '../nn/build.js';
import { learned, type Network } from '../nn/network.js';
import type { Layer } from '../nn/scope.js';
import type { TensorValue } from '../onnx/model.js';
import { distance } from './gradients/check.js';
import { floats, noiseFeeds } from './noise.js';
import { runGraph } from './run.js';
import { torch } from './torch.js';

export interface TorchCase {
  readonly title: string;
  /** The layer must be named `layer`. */
  readonly layer: Layer;
  readonly examples: number;
  /** Shape of one example. */
  readonly input: readonly number[];
  /**
   * Python statements that set `y` from `x`. `p('bias')` is the parameter `layer.bias`; `m('dropout')` the noise of the site
   * `layer.dropout`, or None where there is none; `bind(tensor, 'weight')` copies a parameter into a tensor of a module,
   * matrices transposed, and takes its gradient from there.
   */
  readonly torch: string;
}

const script = `
import json, sys, torch
import torch.nn.functional as F
from torch import nn
torch.set_num_threads(1)
def tensor(s, d): return torch.tensor(d, dtype=torch.float32).reshape(s)
found = []
for c in json.load(sys.stdin):
    tensors = {n: tensor(*t).requires_grad_() for n, t in c['parameters'].items()}
    noise = {n: tensor(*t) for n, t in c['noise'].items()}
    bound = {}
    def p(name): return tensors[name]
    def m(name): return noise.get(name)
    def bind(target, name):
        with torch.no_grad(): target.copy_(tensors[name].t() if target.dim() == 2 else tensors[name])
        bound[name] = target
    x = tensor(*c['x']).requires_grad_()
    scope = dict(globals())
    exec(c['torch'], scope)
    y = scope['y']
    y.backward(tensor(*c['seed']))
    def gradient(name):
        g = (bound[name] if name in bound else tensors[name]).grad
        if g is None: g = torch.zeros_like(tensors[name])
        return (g.t() if name in bound and g.dim() == 2 else g).flatten().tolist()
    found.append({'y': y.flatten().tolist(), 'shape': list(y.shape), 'x_gradient': x.grad.flatten().tolist(),
                  **{'d ' + n: gradient(n) for n in tensors}})
json.dump(found, sys.stdout)
`;

/** By case: how far (`distance`) the output, the gradient to x and that to each parameter are from PyTorch's. */
export async function besideTorch(cases: readonly TorchCase[]): Promise<Record<string, number>[]> {
  const asked: object[] = [];
  const ours: Record<string, TensorValue>[] = [];
  for (const [n, { layer, examples, input, torch: source }] of cases.entries()) {
    const net = network({ input, seed: n + 1 }, layer);
    const x = waves([examples, ...input], n + 1);
    const parameters = Object.fromEntries(
      net.parameters.map(({ name, shape }, i) => [name, waves(shape, 7 * n + i, 0.5)]),
    );
    const noise = noiseFeeds(net, examples, { seed: n + 1, step: 3 });
    const shape = net.graph.outputs[0]?.shape as readonly number[];
    const seed = waves([examples, ...shape.slice(1)], 100 + n);
    const statistics = Object.fromEntries(
      net.statistics.map(({ name, shape }) => [name, floats(shape, new Float32Array(sizeOf(shape)).fill(1))]),
    );
    ours.push(await runGraph(withGradients(net), { x, seed, ...parameters, ...statistics, ...noise }));
    const plain = ({ dims, data }: TensorValue) => [dims, Array.from(data as Float32Array)];
    asked.push({
      torch: source,
      x: plain(x),
      seed: plain(seed),
      parameters: Object.fromEntries(Object.entries(parameters).map(([k, t]) => [local(k), plain(t)])),
      noise: Object.fromEntries(
        net.sites.map(({ name, input }) => [local(name), plain(noise[input] as TensorValue)]),
      ),
    });
  }
  const theirs = torch(script, asked) as Record<string, number[]>[];
  return ours.map((tensors, n) => {
    const found = theirs[n] as Record<string, number[]>;
    const shape = tensors.y?.dims.join() === found.shape?.join() ? 0 : Number.POSITIVE_INFINITY;
    const far = (name: string) =>
      distance(tensors[name]?.data as Float32Array, found[local(name)] as number[]);
    return { shape, ...Object.fromEntries(Object.keys(tensors).map((name) => [local(name), far(name)])) };
  });
}

const local = (name: string): string => name.replace(/^(d )?layer\./, '$1');

/** The network's output y, and the gradients of Σ seed · y with respect to x and the parameters; all of its tensors are inputs. */
function withGradients(net: Network) {
  const names = net.parameters.map(({ name }) => name);
  const all = learned(net).map(({ name }) => name);
  const b = GraphBuilder.from(unfreeze(net.graph, all));
  const y = b.value('y');
  const gradient = b.input('seed', 'float32', y.shape);
  const wrt = ['x', ...names].map((name) => b.value(name));
  const found = gradients(b, [{ value: y, gradient }], wrt);
  b.output(y);
  for (const [i, name] of ['x', ...names].entries())
    b.output(found[i] as (typeof found)[0], i === 0 ? 'x_gradient' : `d ${name}`);
  return b.build();
}

/** Numbers that look random, of both signs, up to `size`. */
const waves = (dims: readonly number[], phase: number, size = 1) =>
  floats(
    dims,
    Float32Array.from({ length: sizeOf(dims) }, (_, i) => size * Math.sin(1.7 * i * i + 3 * i + phase)),
  );
