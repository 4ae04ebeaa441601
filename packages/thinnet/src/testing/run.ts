/** @file Runs graphs through onnxruntime-node, as tests need it. */
import type { Graph, TensorValue } from '../onnx/model.js';
import { standardModel } from '../onnx/version.js';
import { writeModel } from '../onnx/write.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import type { Feeds, LoadOptions, Program } from '../runtime/runtime.js';

/** Compiles a graph; release it when done. One thread unless told, so that tests share the machine. */
export const openGraph = (graph: Graph, options: LoadOptions = { threads: 1 }): Promise<Program> =>
  nodeRuntime.load(writeModel(standardModel(graph)), options);

/** Compiles a graph, hands it to `use`, and releases it whatever happens. */
export async function withGraph<T>(
  graph: Graph,
  use: (program: Program) => Promise<T>,
  options?: LoadOptions,
): Promise<T> {
  const program = await openGraph(graph, options);
  try {
    return await use(program);
  } finally {
    await program.release();
  }
}

/** Runs a graph once and returns all its outputs. */
export const runGraph = (graph: Graph, feeds: Feeds): Promise<Readonly<Record<string, TensorValue>>> =>
  withGraph(graph, (program) => program.run(feeds));
