/** @file The small network: 4 measurements, two hidden layers of 6 units with dropout behind each, 3 species. */
import {
  dense,
  dropout,
  fillNormal,
  glorotNormal,
  type Layer,
  type Network,
  network,
  softmax,
  standardDropout,
  standardize,
  tanh,
  type Value,
} from 'thinnet';
import { mean, std } from './flowers.js';
import type { Variant } from './pass.js';

export const hiddenUnits = 6;
const seed = 7;

const dropouts: Readonly<Record<Variant, (rate: number, name: string) => Layer>> = {
  inverted: (rate, name) => dropout(rate, { name }),
  standard: (rate, name) => standardDropout(rate, { name }),
};

/** A network, and the values in its graph that are looked at, by what they are called here. */
export interface Watched {
  readonly network: Network;
  readonly values: Readonly<Record<string, Value>>;
}

/** Dropout sites are `hidden1.dropout` and `hidden2.dropout`. Both variants have the same weights. */
export function watchedNetwork(variant: Variant, rate: number): Watched {
  const values: Record<string, Value> = {};
  const watch =
    (name: string, layer: Layer): Layer =>
    (x, scope) => {
      const value = layer(x, scope);
      values[name] = value;
      return value;
    };
  const hidden = (name: string): readonly Layer[] => [
    watch(`${name}.preactivation`, dense(hiddenUnits, { name, init: glorotNormal() })),
    watch(`${name}.activation`, tanh()),
    watch(`${name}.scaled`, dropouts[variant](rate, `${name}.dropout`)),
  ];
  const built = network(
    { input: [mean.length], seed },
    watch('input', standardize(mean, std)),
    ...hidden('hidden1'),
    ...hidden('hidden2'),
    watch('output.preactivation', dense(3, { name: 'output', init: glorotNormal() })),
    watch('output.probabilities', softmax()),
  );
  return { network: withBiases(built), values };
}

/** Biases begin at 0, which would hide that they are there; here they are N(0, 0.3²). */
function withBiases(built: Network): Network {
  const initializers = built.graph.initializers.map((tensor) => {
    const number = built.parameters.findIndex(({ name, role }) => name === tensor.name && role === 'bias');
    if (number < 0) return tensor;
    const data = new Float32Array(tensor.data.length);
    fillNormal(data, seed, number, 0, 0.3);
    return { ...tensor, data };
  });
  return { ...built, graph: { ...built.graph, initializers } };
}
