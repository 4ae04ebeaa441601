/** @file One arm of a run in the worker: its network, its engine and its trainer. */
import {
  type Dataset,
  type Engine,
  localEngine,
  type NoiseSite,
  permutation,
  type Runtime,
  type Trainer,
  trainerOver,
} from 'thinnet';
import { canDraw, frameOf, isLearned } from '../experiment/frame.js';
import { maskDigest } from '../experiment/mask-digest.js';
import type { ArmNetwork } from '../experiment/networks.js';
import { type Column, columnsOf } from '../experiment/picture.js';
import { type ArmPlan, type Prepared, planOf, rateChanges } from '../experiment/plan.js';
import { kinds } from '../settings/kinds.js';
import { type ArmRateChange, armLabels, type Settings } from '../settings/settings.js';
import type { ArmRecord } from '../store/database.js';
import type { FrameEvent, OpenedArm } from './events.js';
import { type Hold, heldEngine } from './held-engine.js';

export class ArmRun {
  readonly number: number;
  readonly opened: OpenedArm;
  readonly #plan: ArmPlan;
  readonly #train: Dataset;
  readonly #columns: readonly Column[];
  readonly #engine: Engine;
  readonly #data: Prepared['data'];
  /** The order in which an epoch takes the examples; that of the epoch that was drawn last. */
  #order: { readonly epoch: number; readonly examples: Uint32Array } | undefined;
  /** Changes of its rate, those of the settings and those that were made since. */
  #changes: readonly ArmRateChange[];
  #trainer: Trainer | undefined;

  private constructor(
    settings: Settings,
    number: number,
    {
      plan,
      prepared,
      engine,
      opened,
    }: { plan: ArmPlan; prepared: Prepared; engine: Engine; opened: OpenedArm },
  ) {
    this.number = number;
    this.opened = opened;
    this.#plan = plan;
    this.#data = prepared.data;
    this.#train = prepared.data.train;
    this.#columns = opened.columns;
    this.#engine = engine;
    this.#changes = settings.changes.filter(({ arm }) => arm === number);
  }

  /** Compiles the arm. Errors: settings that make no network or cannot be trained. */
  static async open(
    settings: Settings,
    number: number,
    prepared: Prepared,
    runtime: Runtime,
  ): Promise<ArmRun> {
    // Changes are made here, not planned: a checkpoint then fits a run whose rates were changed after it.
    const { rateChanges: _, ...plan } = planOf(settings, number, prepared.input);
    const engine = await localEngine(plan, prepared.data, runtime);
    try {
      const opened = await openedArm(settings, number, plan, prepared);
      return new ArmRun(settings, number, { plan, prepared, engine, opened });
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  /** Releases its programs. */
  close(): Promise<void> {
    return this.#engine.close();
  }

  get changes(): readonly ArmRateChange[] {
    return this.#changes;
  }

  get network(): ArmNetwork {
    return this.#plan.network;
  }

  /** Its trainer, over an engine that waits for its turns. */
  async trainer(hold: Omit<Hold, 'arm' | 'changes'>): Promise<Trainer> {
    const changes = async () => rateChanges(this.#changes, this.number, this.network);
    await this.#engine.setRateChanges(await changes(), 0);
    const engine = heldEngine(this.#engine, { ...hold, arm: this.number, changes });
    this.#trainer = trainerOver(engine, this.#plan, this.#data);
    return this.#trainer;
  }

  /** Sets the rate from its next step on. Call it between turns. Errors: a rate that the kind does not take. */
  async setRate(rate: number): Promise<void> {
    const sites = this.network.armSites;
    for (const { name } of sites) await this.#engine.setRate(name, rate);
    const all = await this.#engine.rateChanges();
    this.#changes = all
      .filter(({ site }) => site === sites[0]?.name)
      .map((change) => ({ arm: this.number, step: change.step, rate: change.rate as number }));
  }

  /** What is drawn of a step, counted from 0. */
  async frame(step: number): Promise<FrameEvent> {
    const { seed, batchSize, network } = this.#plan;
    const perEpoch = Math.ceil(this.#train.length / batchSize);
    const epoch = Math.floor(step / perEpoch);
    const example = this.#orderOf(epoch)[(step % perEpoch) * batchSize] as number;
    const width = this.#train.features.length / this.#train.length;
    const learned = network.sites.some(({ kind }) => isLearned(kind)) ? await this.#engine.state() : {};
    return {
      type: 'frame',
      frame: frameOf({
        ...{ arm: this.number, seed, step, network, columns: this.#columns },
        siteAt: (site) => this.#siteAt(site, step),
        logit: ({ name }) => learned[`${name}.logit`]?.[0] ?? 0,
      }),
      example: {
        features: this.#train.features.slice(example * width, (example + 1) * width),
        label: this.#train.labels[example] as number,
      },
    };
  }

  /** What it has come to: its epochs, its parameters and statistics by name, its mean program. */
  async result(): Promise<Required<Pick<ArmRecord, 'history' | 'parameters' | 'model'>>> {
    const names = new Set([...this.network.parameters, ...this.network.statistics].map(({ name }) => name));
    const state = Object.entries(await this.#engine.state()).filter(([name]) => names.has(name));
    return {
      history: [...(this.#trainer?.history ?? [])],
      parameters: Object.fromEntries(state),
      model: await this.model(),
    };
  }

  /** The mean program: an ONNX file without a trace of dropout. */
  async model(): Promise<Uint8Array> {
    return (this.#trainer ?? trainerOver(this.#engine, this.#plan, this.#data)).export();
  }

  #orderOf(epoch: number): Uint32Array {
    if (this.#order?.epoch !== epoch)
      this.#order = { epoch, examples: permutation(this.#train.length, this.#plan.seed, epoch) };
    return this.#order.examples;
  }

  #siteAt(site: NoiseSite, step: number): NoiseSite {
    const isArms = this.network.armSites.includes(site);
    const change = isArms ? this.#changes.findLast((other) => other.step <= step) : undefined;
    return change ? ({ ...site, rate: change.rate } as NoiseSite) : site;
  }
}

async function openedArm(
  settings: Settings,
  number: number,
  plan: ArmPlan,
  { input }: Prepared,
): Promise<OpenedArm> {
  const { network } = plan;
  const kind = settings.arms[number]?.kind ?? 'none';
  const digest = await maskDigest(plan);
  return {
    label: armLabels(settings)[number] as string,
    parameters: network.parameters.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
    columns: columnsOf(settings, network, input),
    canDraw: network.sites.every((site) => canDraw(site.kind)),
    canChange: kind !== 'none' && kinds[kind].canChange && network.armSites.length > 0,
    ...(digest === undefined ? {} : { digest }),
  };
}
