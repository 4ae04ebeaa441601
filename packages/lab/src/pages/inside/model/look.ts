/** @file Takes the example through the network and back, on a runtime. */
import { fillNoise, type Program, type Runtime, type TensorValue } from 'thinnet';
import { flowers, species } from './flowers.js';
import { hiddenUnits, watchedNetwork } from './network.js';
import type { Hidden, Mode, Output, Pass, Passes, Question, Variant, Weights } from './pass.js';
import { target, type WatchedProgram, watchedProgram } from './program.js';

interface Loaded extends WatchedProgram {
  readonly program: Program;
  /** What the mean program multiplies activations by. */
  readonly expectation: number;
}

/** The programs for a rate; they are made anew for another. */
export class Looker {
  readonly #runtime: Runtime;
  readonly #loaded = new Map<string, Promise<Loaded>>();
  #rate: number | undefined;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  async look(question: Question): Promise<Passes> {
    if (question.rate !== this.#rate) await this.#release();
    this.#rate = question.rate;
    const both = async (variant: Variant) => ({
      training: await this.#pass(variant, 'training', question),
      inference: await this.#pass(variant, 'inference', question),
    });
    return { inverted: await both('inverted'), standard: await both('standard') };
  }

  async #release(): Promise<void> {
    const before = [...this.#loaded.values()];
    this.#loaded.clear();
    for (const loaded of before) await (await loaded).program.release();
  }

  async #pass(variant: Variant, mode: Mode, question: Question): Promise<Pass> {
    const key = `${variant}, ${mode}`;
    const known = this.#loaded.get(key) ?? this.#load(variant, mode, question.rate);
    this.#loaded.set(key, known);
    return passOf(await known, question);
  }

  async #load(variant: Variant, mode: Mode, rate: number): Promise<Loaded> {
    const made = watchedProgram(watchedNetwork(variant, rate), mode);
    const expectation = variant === 'standard' && mode === 'inference' ? 1 - rate : 1;
    return { ...made, expectation, program: await this.#runtime.load(made.model) };
  }
}

async function passOf(loaded: Loaded, { seed, step, flower }: Question): Promise<Pass> {
  const example = flowers[flower] ?? (flowers[0] as (typeof flowers)[number]);
  const oneHot = species.map((_, i) => Number(i === example.class));
  const noise = new Map(
    loaded.sites.map((site) => {
      const data = new Float32Array(hiddenUnits);
      fillNoise(site, { seed, step }, data);
      return [site.input, data];
    }),
  );
  const row = (data: Float32Array): TensorValue => ({ type: 'float32', dims: [1, data.length], data });
  const results = await loaded.program.run({
    x: row(Float32Array.from(example.features)),
    [target]: row(Float32Array.from(oneHot)),
    ...Object.fromEntries([...noise].map(([input, data]) => [input, row(data)])),
  });
  const numbers = (name: string): readonly number[] => {
    const found = results[name];
    if (found === undefined) throw new Error(`the program gave no "${name}"`);
    return Array.from(found.data as Float32Array);
  };
  const optional = (name: string) => (name in results ? numbers(name) : undefined);

  const weights = (layer: string): Weights => {
    const [weight, bias] = [optional(`gradient/${layer}.weight`), optional(`gradient/${layer}.bias`)];
    return {
      weight: numbers(`parameter/${layer}.weight`),
      bias: numbers(`parameter/${layer}.bias`),
      ...(weight && bias ? { gradient: { weight, bias } } : {}),
    };
  };
  const hidden = (layer: string): Hidden => {
    const at = (name: string) => numbers(`value/${layer}.${name}`);
    const isBack = `gradient/${layer}.scaled` in results;
    const back = (name: string) => numbers(`gradient/${layer}.${name}`);
    return {
      ...weights(layer),
      preactivation: at('preactivation'),
      activation: at('activation'),
      factor: Array.from(
        noise.get(`noise.${layer}.dropout`) ?? at('activation').map(() => loaded.expectation),
      ),
      scaled: at('scaled'),
      ...(isBack
        ? {
            back: {
              scaled: back('scaled'),
              activation: back('activation'),
              preactivation: back('preactivation'),
            },
          }
        : {}),
    };
  };
  const gradient = optional('gradient/output.preactivation');
  const output: Output = {
    ...weights('output'),
    preactivation: numbers('value/output.preactivation'),
    probabilities: numbers('value/output.probabilities'),
    ...(gradient ? { back: { preactivation: gradient } } : {}),
  };
  return {
    input: numbers('value/input'),
    hidden: [hidden('hidden1'), hidden('hidden2')],
    output,
    loss: numbers('value/loss')[0] as number,
    target: example.class,
  };
}
