/** @file The gradient of one layer's weight with and without dropout ahead of the layer. */
import { type Attribute, type Graph, GraphBuilder, type Network, prune, type Value } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { inputOf, nodeOf } from './probe.js';

/** Names of the program's inputs, beside the noise, and of its outputs. */
export const ports = {
  features: 'x',
  /** One row a class, 1 for an example's own. */
  targets: 'targets',
  /** The weight's gradient with dropout off. */
  without: 'gradient without',
  /** Its gradient in the thinned network. */
  whole: 'gradient whole',
  /** Its gradient where only the layer's input is masked and the error signals behind the layer are those without dropout. */
  held: 'gradient held',
  /** The thinned network's gradient in what goes into the dropout, of the noise's full shape. */
  arriving: 'gradient arriving',
  /** The error signals: the gradient without dropout in the layer's preactivations. */
  errors: 'errors',
} as const;

/**
 * One program for all these gradients of the weight of `layer`, which reads the output of the network's only dropout. It takes
 * features, targets and the noise; of the noise's rate it knows nothing.
 */
export function gradientProgram({ dropout }: Laboratory, network: Network, layer: string): Graph {
  const [site] = network.sites;
  const output = network.graph.outputs[0]?.shape;
  if (site === undefined || output === undefined)
    throw new Error('the network needs one dropout and one output');
  const b = new GraphBuilder('filter gradient');
  const x = b.input(ports.features, 'float32', network.graph.inputs[0]?.shape ?? []);
  const targets = b.input(ports.targets, 'float32', output);
  const noise = b.input(site.input, 'float32', site.shape);
  const tensor = network.graph.initializers.find(({ name }) => name === `${layer}.weight`);
  if (tensor === undefined) throw new Error(`the network has no weight "${layer}.weight"`);
  const weight = b.initializer(tensor);
  const one = (loss: Value) => [{ value: loss, gradient: b.scalar(1) }];

  const dropped = droppedValue(network.graph, site.input);
  const thinned = withOutputs(network.graph, [dropped]);
  const bindings = { [x.name]: x, [tensor.name]: weight };
  const [y, into] = b.inline(thinned, { ...bindings, [site.input]: noise }) as [Value, Value];
  const [whole, arriving] = dropout.gradients(b, one(crossEntropyOf(b, y, targets)), [weight, into]);

  const mean = dropout.meanProgram(network);
  const plain = withOutputs(mean, [inputOf(mean, layer).name, nodeOf(mean, layer).outputs[0] as string]);
  const [z, input, preactivation] = b.inline(plain, bindings) as [Value, Value, Value];
  const loss = crossEntropyOf(b, z, targets);
  const [without, errors] = dropout.gradients(b, one(loss), [weight, preactivation]) as [Value, Value];

  const { op, attributes, inputs } = b.producerOf(preactivation) as NonNullable<
    ReturnType<typeof b.producerOf>
  >;
  const masked = b.op('Mul', [input, noise]);
  const again = b.op(op, [masked, weight, ...inputs.slice(2).map((name) => b.value(name))], attributes);
  const [held] = dropout.gradients(b, [{ value: again, gradient: errors }], [weight]);

  b.output(without, ports.without);
  b.output(whole as Value, ports.whole);
  b.output(held as Value, ports.held);
  b.output(arriving as Value, ports.arriving);
  b.output(errors, ports.errors);
  return prune(b.build());
}

/** What a graph multiplies by a noise input. */
function droppedValue({ name, nodes }: Graph, noise: string): string {
  const reader = nodes.find(({ op, inputs }) => op === 'Mul' && inputs.includes(noise));
  const dropped = reader?.inputs.find((input) => input !== noise);
  if (dropped === undefined) throw new Error(`graph "${name}" multiplies nothing by "${noise}"`);
  return dropped;
}

/** The same graph with inner values as further outputs, under their own names. */
function withOutputs(graph: Graph, names: readonly string[]): Graph {
  const infos = names.map((name) => {
    const info = graph.values.find((value) => value.name === name);
    if (info === undefined) throw new Error(`graph "${graph.name}" has no inner value "${name}"`);
    return info;
  });
  return {
    ...graph,
    outputs: [...graph.outputs.slice(0, 1), ...infos],
    values: graph.values.filter(({ name }) => !names.includes(name)),
  };
}

/** The mean of −Σ t log softmax(y) over the batch. */
function crossEntropyOf(b: GraphBuilder, logits: Value, targets: Value): Value {
  const int = (value: number): Attribute => ({ type: 'int', value });
  const product = b.op('Mul', [b.op('LogSoftmax', [logits], { axis: int(-1) }), targets]);
  const sum = b.op('ReduceSum', [product, b.int64([-1])], { keepdims: int(0) });
  return b.op('Neg', [b.op('ReduceMean', [sum], { keepdims: int(0) })]);
}
