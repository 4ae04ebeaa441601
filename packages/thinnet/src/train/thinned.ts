/** @file Passes of the thinned program: the same features through many samples of the noise. */
import { ThinnetError } from '../error.js';
import { bindShape, isStatic, showShape, sizeOf } from '../graph/shape.js';
import type { Network } from '../nn/network.js';
import { noiseArrays } from '../noise/kernels/arena.js';
import { fillNoise } from '../noise/kinds.js';
import type { NoiseSite } from '../noise/site.js';
import type { TensorValue } from '../onnx/model.js';
import type { Program } from '../runtime/runtime.js';
import { type Examples, gatherRange } from './batch.js';
import type { State } from './engine.js';
import { checkPasses, type ThinnedPasses } from './passes.js';
import type { PredictProgram } from './predict-program.js';

/** How a site's noise is laid out over the examples. */
interface Layout {
  readonly site: NoiseSite;
  /** Numbers for each example; or for all together, where `shared`. */
  readonly width: number;
  /** The shape has no batch axis: one noise for all examples of a pass. */
  readonly shared: boolean;
}

/** Rows of one run unless the caller says otherwise: enough to fill the arithmetic, few enough for feature maps. */
export const defaultRowsPerRun = 256;

/** What one run of the program computes: some passes of some examples, pass by pass. */
interface Run {
  /** The first pass and the first example, counted within the call. */
  readonly pass: number;
  readonly from: number;
  readonly passes: number;
  readonly examples: number;
}

/** A compiled thinned program; `run` takes passes of it. */
export class ThinnedPredictor {
  readonly #program: PredictProgram;
  readonly #compiled: Program;
  readonly #layouts: readonly Layout[];
  readonly #example: readonly number[];
  readonly #rowsPerRun: number;
  #noise: readonly Float32Array[] = [];
  #last: Promise<unknown> = Promise.resolve();

  /** Errors: noise whose batch axis is not the first; an example whose shape is not fixed. */
  constructor(
    network: Network,
    program: PredictProgram,
    compiled: Program,
    rowsPerRun: number = defaultRowsPerRun,
  ) {
    this.#program = program;
    this.#compiled = compiled;
    this.#rowsPerRun = rowsPerRun;
    const inputs = new Set(program.graph.inputs.map(({ name }) => name));
    this.#layouts = network.sites.filter(({ input }) => inputs.has(input)).map(layoutOf);
    this.#example = exampleShape(network);
  }

  /**
   * Outputs [passes.count, examples, outputs], row-major. Noise of example i is drawn as element i of the batch, so what an
   * example gets depends neither on the others nor on how they are divided into runs (noise without a batch axis excepted,
   * which is the same for all).
   *
   * @param chosen which of the examples; all where it is undefined
   * @param siteNow what a site is like, its rate a constant
   */
  run(
    of: Examples,
    chosen: Uint32Array | undefined,
    state: State,
    passes: ThinnedPasses,
    siteNow: (site: NoiseSite) => NoiseSite = (site) => site,
  ): Promise<Float32Array> {
    // Calls share the noise's memory, so they take turns.
    const result = this.#last.then(() => this.#run(of, chosen, state, checkPasses(passes), siteNow));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #run(
    of: Examples,
    chosen: Uint32Array | undefined,
    state: State,
    passes: Required<ThinnedPasses>,
    siteNow: (site: NoiseSite) => NoiseSite,
  ): Promise<Float32Array> {
    const { input, output, outputs, parameters } = this.#program;
    const width = sizeOf(this.#example);
    const examples = chosen?.length ?? of.length;
    const results = new Float32Array(passes.count * examples * outputs);
    const { chunk, together } = this.#division(examples, passes.count);
    this.#makeRoom(chunk * together);
    const rows = new Float32Array(width * chunk * together);
    const fed: Record<string, TensorValue> = {};
    for (const { name, shape } of parameters) fed[name] = float32(shape, state[name] as Float32Array);

    for (let from = 0; from < examples; from += chunk) {
      const part = gatherRange(of, chosen, from, Math.min(from + chunk, examples), rows);
      for (let t = 1; t < together; t++) rows.copyWithin(t * part.length, 0, part.length);
      for (let pass = 0; pass < passes.count; pass += together) {
        const run = {
          ...{ pass, from, examples: part.length / width },
          passes: Math.min(together, passes.count - pass),
        };
        const batch = run.passes * run.examples;
        fed[input] = float32([batch, ...this.#example], rows.subarray(0, batch * width));
        for (const [i, layout] of this.#layouts.entries()) {
          const dims = bindShape(layout.site.shape, { N: batch });
          const noise = (this.#noise[i] as Float32Array).subarray(0, sizeOf(dims));
          drawNoise({ ...layout, site: siteNow(layout.site) }, run, passes, noise);
          fed[layout.site.input] = float32(dims, noise);
        }
        const { data } = (await this.#compiled.run(fed))[output] as TensorValue;
        const size = run.examples * outputs;
        for (let t = 0; t < run.passes; t++)
          results.set(
            (data as Float32Array).subarray(t * size, (t + 1) * size),
            ((pass + t) * examples + from) * outputs,
          );
      }
    }
    return results;
  }

  async release(): Promise<void> {
    await this.#last;
    await this.#compiled.release();
  }

  /** How many examples and how many passes go into one run: one noise for all its rows is one pass. */
  #division(examples: number, count: number): { readonly chunk: number; readonly together: number } {
    const chunk = Math.min(examples, this.#rowsPerRun);
    const stacks = !this.#layouts.some(({ shared }) => shared);
    return {
      chunk,
      together: stacks ? Math.min(count, Math.max(1, Math.floor(this.#rowsPerRun / chunk))) : 1,
    };
  }

  #makeRoom(rows: number): void {
    const sizes = this.#layouts.map(({ shared, width }) => (shared ? width : width * rows));
    if (sizes.some((size, i) => size > (this.#noise[i]?.length ?? 0))) this.#noise = noiseArrays(sizes);
  }
}

/** Fills the noise of a run, [passes, examples, width]; the noise of a site without a batch axis is [width]. */
function drawNoise(
  { site, width, shared }: Layout,
  { pass, from, passes, examples }: Run,
  { seed, first, masks }: Required<ThinnedPasses>,
  noise: Float32Array,
): void {
  const drawOf = (t: number) => ({ seed, step: first + pass + t });
  if (shared) {
    fillNoise(site, drawOf(0), noise);
    return;
  }
  const size = examples * width;
  for (let t = 0; t < passes; t++) {
    const part = noise.subarray(t * size, (t + 1) * size);
    if (masks === 'own') fillNoise(site, drawOf(t), part, from * width);
    else {
      fillNoise(site, drawOf(t), part.subarray(0, width));
      for (let n = 1; n < examples; n++) part.copyWithin(n * width, 0, width);
    }
  }
}

const float32 = (dims: readonly number[], data: Float32Array): TensorValue => ({
  type: 'float32',
  dims,
  data,
});

/** Errors: no input; a shape with symbols beside the batch axis. */
export function exampleShape({ graph }: Network): readonly number[] {
  const shape = graph.inputs[0]?.shape?.slice(1);
  if (shape === undefined || !isStatic(shape))
    throw new ThinnetError(
      `network "${graph.name}": the shape of an example, ${showShape(shape ?? [])}, is not fixed; give the model's input fixed axes after the first`,
    );
  return shape;
}

function layoutOf(site: NoiseSite): Layout {
  const { name, shape } = site;
  const [first, ...rest] = shape;
  if (isStatic(shape)) return { site, width: sizeOf(shape), shared: true };
  if (!isStatic(rest) || !/^(N|\d+\*N|N\*\d+)$/.test(String(first)))
    throw new ThinnetError(
      `dropout "${name}": its noise has shape ${showShape(shape)}; passes of Monte Carlo dropout need the batch axis N first, and no other symbol`,
    );
  return { site, width: sizeOf(bindShape(shape, { N: 1 })), shared: false };
}
