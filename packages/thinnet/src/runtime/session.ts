/** @file A session of ONNX Runtime as a program: what its builds for Node and for browsers have in common. */
import { firstLineOf, ThinnetError } from '../error.js';
import type { DataType, TensorData, TensorValue } from '../onnx/model.js';
import type { Feeds, Program } from './runtime.js';

/** What Thinnet uses of a build's sessions; `T` are the build's tensors. */
interface Session<T> {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    feeds: Readonly<Record<string, T>>,
  ): Promise<Readonly<Record<string, { type: string; dims: readonly number[]; data: unknown }>>>;
  release(): Promise<void>;
}

/** How a build makes a tensor of its own. Its types name each element type apart, as the caller's do not. */
type TensorClass<T> = new (type: 'float32', data: Float32Array, dims: readonly number[]) => T;

/**
 * @param inTurn does work when the build is ready for it
 *
 * Errors: a model that ONNX Runtime does not take.
 */
export async function programOver<T>(
  create: () => Promise<Session<T>>,
  Tensor: TensorClass<T>,
  inTurn: <R>(work: () => Promise<R>) => Promise<R> = (work) => work(),
): Promise<Program> {
  const session = await inTurn(async () => {
    try {
      return await create();
    } catch (error) {
      throw new ThinnetError(`ONNX Runtime refuses the model: ${firstLineOf(error)}`, { cause: error });
    }
  });
  const toTensor = ({ type, data, dims }: TensorValue): T =>
    new Tensor(type as 'float32', data as Float32Array, dims);
  const fromTensor = ({ type, dims, data }: { type: string; dims: readonly number[]; data: unknown }) => ({
    type: type as DataType,
    dims,
    data: data as TensorData,
  });
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: (feeds: Feeds) =>
      inTurn(async () => mapValues(await session.run(mapValues(feeds, toTensor)), fromTensor)),
    release: () => inTurn(() => session.release()),
  };
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (a: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
