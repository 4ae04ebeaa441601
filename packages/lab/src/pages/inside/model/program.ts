/** @file The small network as a program that gives every value and, in training, every gradient. */
import {
  attribute,
  type Graph,
  GraphBuilder,
  gradientOf,
  meanProgram,
  type NoiseSite,
  standardModel,
  type Value,
  writeModel,
} from 'thinnet';
import type { Watched } from './network.js';
import type { Mode } from './pass.js';

export interface WatchedProgram {
  readonly model: Uint8Array;
  /** Those whose noise the program takes. */
  readonly sites: readonly NoiseSite[];
}

/** The program's input for the right class, one-hot [N, 3]; the others are `x` [N, 4] and the noise. */
export const target = 'target';

/**
 * The network's own graph with the loss −Σ target · log softmax(z) and, in training, the gradients of the loss, which
 * `thinnet` writes. Its outputs are
 * `value/…`, `parameter/…` and `gradient/…`. At inference it is the mean program.
 */
export function watchedProgram({ network, values }: Watched, mode: Mode): WatchedProgram {
  const b = new GraphBuilder('inside');
  const names = Object.keys(values);
  const inputs = Object.fromEntries(
    network.graph.inputs.map(({ name, type, shape }) => [name, b.input(name, type, shape ?? [])]),
  );
  const parameters = Object.fromEntries(
    network.graph.initializers.map((tensor) => [tensor.name, b.initializer(tensor)]),
  );
  const outputs = Object.values(values).map(({ name, type, shape }) => ({ name, type, shape }));
  const watched = b.inline({ ...network.graph, outputs }, { ...inputs, ...parameters });
  const at = Object.fromEntries(names.map((name, i) => [name, watched[i] as Value]));
  const loss = lossOf(b, at['output.preactivation'] as Value);
  for (const [name, value] of Object.entries({ ...at, loss })) b.output(value, `value/${name}`);
  for (const { name } of network.parameters) b.output(parameters[name] as Value, `parameter/${name}`);
  if (mode === 'inference')
    return { model: fileOf(meanProgram({ ...network, graph: b.build() })), sites: [] };

  const learned = network.parameters.map(({ name }) => [name, parameters[name] as Value] as const);
  const wanted = [
    ...Object.entries(at).filter(([name]) => name !== 'input' && name !== 'output.probabilities'),
    ...learned,
  ];
  const gradients = gradientOf(
    b,
    loss,
    wanted.map(([, value]) => value),
  );
  for (const [i, [name]] of wanted.entries()) b.output(gradients[i] as Value, `gradient/${name}`);
  return { model: fileOf(b.build()), sites: network.sites };
}

function lossOf(b: GraphBuilder, logits: Value): Value {
  const right = b.input(target, 'float32', logits.shape);
  const chosen = b.op('Mul', [b.op('LogSoftmax', [logits]), right]);
  return b.op('Neg', [b.op('ReduceSum', [chosen], { keepdims: attribute.int(0) })]);
}

const fileOf = (graph: Graph): Uint8Array => writeModel(standardModel(graph));
