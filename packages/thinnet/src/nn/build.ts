/** @file Builds a network from layers. */
import { shown, ThinnetError } from '../error.js';
import { GraphBuilder } from '../graph/builder.js';
import { showShape } from '../graph/shape.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import { type WarnOptions, warned } from './advice/warn.js';
import { sequential } from './compose.js';
import type { Network } from './network.js';
import type { Layer } from './scope.js';
import { Scope } from './scope.js';

export interface NetworkOptions extends WarnOptions {
  /** Shape of one example, such as [784] or [28, 28]; the batch axis `N` goes before it. */
  readonly input: readonly number[];
  /** Draws the initial parameters, 0 to 2^53 − 1. */
  readonly seed: number;
  /** Name of the features input (default `x`). */
  readonly inputName?: string;
  /** Name of the output (default `y`). */
  readonly outputName?: string;
  /** Name of the graph (default `network`). */
  readonly name?: string;
}

const keys: KeysOf<NetworkOptions> = {
  input: true,
  seed: true,
  inputName: true,
  outputName: true,
  name: true,
  warn: true,
  silence: true,
};

/**
 * A network of float32 features [N, ...input], through each layer in turn. A layer is a function, so branches are
 * plain code:
 *
 *     network({ input: [784], seed: 1 }, dense(64), (x, s) => add(x, dense(64)(relu()(x, s), s), s), dense(10))
 *
 * `warn` hears of dropout that is likely misplaced (`adviseOn`).
 *
 * Errors: a shape with an axis that is no positive integer; a layer that cannot take its input; an output without the
 * batch axis in front; `silence` with an unknown name or without `warn`.
 */
export function network(options: NetworkOptions, ...layers: readonly Layer[]): Network {
  checkOptions('network', options, keys);
  const { input, seed, inputName = 'x', outputName = 'y', name = 'network' } = options;
  if (!Array.isArray(input))
    throw new ThinnetError(
      `network: input is ${shown(input)}; it must be the shape of one example, such as ${typeof input === 'number' ? `[${input}]` : '[784]'}`,
    );
  for (const dim of input)
    if (!Number.isSafeInteger(dim) || dim < 1)
      throw new ThinnetError(
        `network input ${showShape(input)}: axis ${dim} must be a positive integer; leave the batch axis out`,
      );
  if (inputName === outputName || inputName === '' || outputName === '')
    throw new ThinnetError(
      `network: its input is named "${inputName}" and its output "${outputName}"; give each a name of its own`,
    );
  const builder = new GraphBuilder(name);
  const scope = new Scope(builder, seed);
  const features = builder.input(inputName, 'float32', ['N', ...input]);
  scope.layerName('output', { name: builder.unique(outputName) }); // no layer takes it
  const output = sequential(...layers)(features, scope);
  if (output.shape[0] !== 'N')
    throw new ThinnetError(`network output ${showShape(output.shape)}: its first axis must be the batch, N`);
  builder.output(output, outputName);
  const penalties = scope.penalties.map((penalty) => builder.output(penalty).name);
  const { parameters, sites, statistics } = scope;
  const built = {
    graph: builder.build(),
    parameters: [...parameters],
    sites,
    penalties,
    statistics: [...statistics],
  };
  return warned(built, options);
}
