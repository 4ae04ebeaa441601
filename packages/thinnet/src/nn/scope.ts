/** @file Where layers write: the graph under construction, unique names, parameters and noise sites. */
import { ThinnetError } from '../error.js';
import type { GraphBuilder } from '../graph/builder.js';
import { sameShape, showShape, sizeOf } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import { checkSeed } from '../noise/counter.js';
import { checkRateOrSchedule } from '../noise/schedule.js';
import type { NoiseKind, NoiseSite } from '../noise/site.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import type { Fans, Init } from './init.js';
import type { Parameter, Statistic } from './network.js';

/** A layer writes nodes for its input and returns its output. Any function of this type is a layer. */
export type Layer = (x: Value, scope: Scope) => Value;

/** What every layer takes. */
export interface LayerOptions {
  /** The layer's name; otherwise its kind and a number, such as `dense2`. */
  readonly name?: string;
}

export interface ParameterOptions extends Parameter {
  readonly init: Init;
  readonly fans: Fans;
}

const parameterKeys: KeysOf<ParameterOptions> = {
  name: true,
  shape: true,
  role: true,
  incomingAxes: true,
  init: true,
  fans: true,
};

const noiseKeys: KeysOf<NoiseOptions<'dropblock'>> & KeysOf<NoiseOptions<'alpha'>> = {
  name: true,
  kind: true,
  rate: true,
  shape: true,
  blockSize: true,
  part: true,
};

type WithoutPlace<S> = S extends NoiseSite ? Omit<S, 'id' | 'input' | 'mean'> : never;

/** A noise site before it has its place: the layer's name, the kind, the rate, the noise's shape and what the kind adds. */
export type NoiseOptions<K extends NoiseKind = NoiseKind> = WithoutPlace<NoiseSite<K>>;

/** The kinds whose layers compute with their noise, and name what replaces them at inference. */
export type ReplacedKind = Extract<NoiseSite, { readonly mean: unknown }>['kind'];

/** What all scopes of one network share. */
interface Shared {
  readonly seed: number;
  readonly parameters: Parameter[];
  readonly sites: NoiseSite[];
  readonly penalties: Value[];
  readonly statistics: Statistic[];
  readonly layers: Set<string>;
  nextSite: number;
}

/** The layers of one network, or of one named part of it. */
export class Scope {
  readonly builder: GraphBuilder;
  readonly #shared: Shared;
  readonly #prefix: string;
  readonly #counts = new Map<string, number>();

  /**
   * @param seed draws the initial parameters, 0 to 2^53 − 1
   * @param parent for `sub` alone
   */
  constructor(
    builder: GraphBuilder,
    seed: number,
    parent?: { readonly shared: Shared; readonly prefix: string },
  ) {
    this.builder = builder;
    this.#shared = parent?.shared ?? {
      seed: checkSeed(seed),
      parameters: [],
      sites: [],
      penalties: [],
      statistics: [],
      layers: new Set(),
      nextSite: 0,
    };
    this.#prefix = parent?.prefix ?? '';
  }

  /** Name of this part, such as `block1`; empty for the whole network. */
  get name(): string {
    return this.#prefix.slice(0, -1);
  }

  get parameters(): readonly Parameter[] {
    return this.#shared.parameters;
  }

  /** In the order of their numbers. */
  get sites(): readonly NoiseSite[] {
    return this.#shared.sites.toSorted((a, b) => a.id - b.id);
  }

  get penalties(): readonly Value[] {
    return this.#shared.penalties;
  }

  get statistics(): readonly Statistic[] {
    return this.#shared.statistics;
  }

  /** A part whose layers' names begin with `name.`, such as `block1.dense2`. Errors: as `layerName`. */
  sub(name: string): Scope {
    return new Scope(this.builder, this.#shared.seed, {
      shared: this.#shared,
      prefix: `${this.layerName(name, { name })}.`,
    });
  }

  /**
   * The full name of a new layer: as given, or `kind` and the first free number. Call it once a layer.
   * Errors: a given name that is empty or taken.
   */
  layerName(kind: string, options: LayerOptions = {}): string {
    const given = options.name ?? this.#freeName(kind);
    const name = this.#prefix + given;
    if (given === '')
      throw new ThinnetError(`${kind} layer: its name is empty; leave it out to have it named`);
    if (this.#isTaken(name))
      throw new ThinnetError(`${kind} layer: the name "${name}" is taken; give each layer a name of its own`);
    this.#shared.layers.add(name);
    return name;
  }

  /** A part for one layer that consists of several, named as a layer is. */
  part(kind: string, options: LayerOptions = {}): Scope {
    return this.sub(options.name ?? this.#freeName(kind));
  }

  /** `kind` and the first free number, within this part. */
  #freeName(kind: string): string {
    for (;;) {
      const count = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, count);
      if (!this.#isTaken(`${this.#prefix}${kind}${count}`)) return `${kind}${count}`;
    }
  }

  #isTaken(name: string): boolean {
    return this.#shared.layers.has(name) || this.builder.find(name) !== undefined;
  }

  /** A trained tensor with its initial value, which depends on the network's seed and the parameter's number alone. */
  parameter(options: ParameterOptions): Value {
    checkOptions('parameter', options, parameterKeys);
    const { init, fans, ...parameter } = options;
    const data = new Float32Array(sizeOf(parameter.shape));
    init(data, fans, this.#shared.seed, this.#shared.parameters.length);
    const value = this.builder.initializer({
      name: parameter.name,
      type: 'float32',
      dims: parameter.shape,
      data,
    });
    this.#shared.parameters.push(parameter);
    return value;
  }

  /** A float32 tensor that follows the data, such as a running mean; at first `initial` everywhere. Say what it `becomes`. */
  statistic(name: string, shape: readonly number[], initial: number): Value {
    return this.constant(name, shape, new Float32Array(sizeOf(shape)).fill(initial));
  }

  /** The value of the graph that a statistic becomes after a training step. Errors: another type or shape. */
  becomes(statistic: Value, next: Value): void {
    if (next.type !== statistic.type || !sameShape(next.shape, statistic.shape))
      throw new ThinnetError(
        `statistic "${statistic.name}" ${showShape(statistic.shape)} cannot become "${next.name}" ${showShape(next.shape)}`,
      );
    const { name, shape } = statistic;
    this.#shared.statistics.push({ name, shape: shape as readonly number[], next: next.name });
  }

  /** A float32 tensor that is not trained. */
  constant(name: string, dims: readonly number[], data: Float32Array): Value {
    if (data.length !== sizeOf(dims))
      throw new ThinnetError(
        `constant "${name}": ${data.length} elements do not fill shape ${showShape(dims)}`,
      );
    return this.builder.initializer({ name, type: 'float32', dims, data });
  }

  /**
   * A noise site: the graph input that its layer multiplies in. Sites are numbered from 0 in the order of the layers; at
   * rate 0 there is no site and the answer is undefined, but its number is used up, so that switching one dropout off
   * leaves the masks of the others as they were.
   * Errors: a rate outside [0, 1], or a schedule with one.
   */
  noise(options: NoiseOptions<Exclude<NoiseKind, ReplacedKind>>): Value | undefined {
    return this.#site(options, (site, noise) => {
      this.#shared.sites.push(site as NoiseSite);
      return noise;
    });
  }

  /**
   * A noise site whose layer computes with the noise: `write` gets the noise and gives the layer's output, which the mean
   * program replaces by `mean`, a value of the same shape that does not depend on this noise. Numbers, rate 0 and errors
   * as `noise`.
   */
  replacedNoise(
    options: NoiseOptions<ReplacedKind>,
    mean: Value,
    write: (noise: Value) => Value,
  ): Value | undefined {
    return this.#site(options, (site, noise) => {
      const output = write(noise);
      this.#shared.sites.push({ ...site, mean: { output: output.name, by: mean.name } } as NoiseSite);
      return output;
    });
  }

  /** A number that training adds to the loss whose gradient it follows. Errors: a value that is not a scalar. */
  penalty(value: Value): void {
    if (value.shape.length > 0)
      throw new ThinnetError(
        `penalty "${value.name}": its shape is ${showShape(value.shape)}; it must be one number, []`,
      );
    this.#shared.penalties.push(value);
  }

  #site<T>(
    options: NoiseOptions,
    use: (site: NoiseOptions & Pick<NoiseSite, 'id' | 'input'>, noise: Value) => T,
  ): T | undefined {
    checkOptions('noise', options, noiseKeys);
    const { name, kind, rate, shape } = options;
    checkRateOrSchedule(rate, `${kind === 'dropout' ? '' : `${kind} `}dropout "${name}"`);
    const id = this.#shared.nextSite++;
    if (rate === 0) return undefined;
    const input = `noise.${name}`;
    return use({ ...options, id, input }, this.builder.input(input, 'float32', shape));
  }
}
