/** @file The mean program with its parameters as inputs, for evaluation between epochs; and frozen, for export. */
import { ThinnetError } from '../error.js';
import { freeze } from '../graph/passes/freeze.js';
import { unfreeze } from '../graph/passes/unfreeze.js';
import { type Learned, learned, type Network } from '../nn/network.js';
import { meanProgram, thinnedProgram } from '../nn/programs.js';
import type { Graph, TensorValue } from '../onnx/model.js';
import { standardModel } from '../onnx/version.js';
import { writeModel } from '../onnx/write.js';
import type { State } from './engine.js';

export interface PredictProgram {
  /** Inputs: the features, the noise inputs where there are any, then each parameter and statistic by its name. */
  readonly graph: Graph;
  readonly input: string;
  readonly output: string;
  /** Numbers per example. */
  readonly outputs: number;
  /** The parameters that it takes: those that only noise uses, such as a learned rate, are not among them. */
  readonly parameters: readonly Learned[];
}

/** The mean program. Errors: no input or output; outputs whose number is not fixed. */
export const predictProgram = (network: Network): PredictProgram =>
  withParameters(network, meanProgram(network));

/** The thinned program: the noise inputs of the network's sites stay. Errors: as `predictProgram`. */
export const thinnedPredictProgram = (network: Network): PredictProgram =>
  withParameters(network, thinnedProgram(network));

function withParameters(network: Network, program: Graph): PredictProgram {
  const [input] = program.inputs;
  const [output] = program.outputs;
  if (!input || !output)
    throw new ThinnetError(`network "${network.graph.name}" needs an input and an output`);
  const outputs = (output.shape ?? []).slice(1).reduce<number>((size, dim) => size * Number(dim), 1);
  if (!Number.isInteger(outputs))
    throw new ThinnetError(
      `network "${network.graph.name}": the length of its output "${output.name}" is not fixed`,
    );
  const parameters = usedBy(program, learned(network));
  const graph = unfreeze(
    program,
    parameters.map(({ name }) => name),
  );
  return { graph, input: input.name, output: output.name, outputs, parameters };
}

/** An ONNX file of the mean program with the given parameters and statistics: a plain model without a trace of dropout. */
export function exportModel(network: Network, state: State): Uint8Array {
  const mean = meanProgram(network);
  const parameters = Object.fromEntries(
    usedBy(mean, learned(network)).map(({ name, shape }): [string, TensorValue] => [
      name,
      { type: 'float32', dims: shape, data: state[name] as Float32Array },
    ]),
  );
  return writeModel(standardModel(freeze(mean, parameters)));
}

function usedBy({ initializers }: Graph, parameters: readonly Learned[]): Learned[] {
  const names = new Set(initializers.map(({ name }) => name));
  return parameters.filter(({ name }) => names.has(name));
}
