/** @file Which trained networks there are to ask: the page's own, and those of the Train page. */
import { decode, encode } from '../../../settings/codec.js';
import { type ArmRateChange, defaults, type Settings } from '../../../settings/settings.js';
import type { RunRecord } from '../../../store/database.js';
import { listRuns } from '../../../store/runs.js';
import { getValue, putValue } from '../../../store/values.js';

export type Parameters = Readonly<Record<string, Float32Array>>;

/** A network, and its parameters where it is trained. */
export interface NetworkSource {
  readonly id: string;
  readonly title: string;
  readonly settings: Settings;
  /** The arm's place in the settings. */
  readonly arm: number;
  readonly parameters?: Parameters;
}

/** Small enough to train while the visitor waits, with dropout behind both hidden layers. */
const ownSettings: Settings = {
  ...defaults,
  data: 'mnist',
  images: 'all',
  model: 'mlp',
  hidden: [256, 256],
  activation: 'relu',
  arms: [{ kind: 'dropout', rate: 0.5 }],
  inputRate: 0,
  optimizer: 'sgd',
  lr: 0.02,
  batch: 50,
  epochs: 15,
  seed: 1,
};

/** The page's own network in words. */
export const ownInWords = ((): string => {
  const { hidden, arms, images } = ownSettings;
  const learned = images === 'all' ? 'all training images' : `${images} images`;
  return `Hidden layers of ${hidden.join(' and ')} units with dropout of rate ${arms[0]?.rate}, for ${learned} of the sample of MNIST`;
})();

export const ownId = 'own';
const name = 'uncertainty.network';

interface Kept {
  /** The settings, as an address, that the parameters are of. */
  readonly query: string;
  readonly parameters: Parameters;
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'query' in value && 'parameters' in value;

/** The page's own network, with its parameters if it was trained on an earlier visit. */
export async function ownSource(): Promise<NetworkSource> {
  const source = { id: ownId, title: 'trained on this page', settings: ownSettings, arm: 0 };
  const kept = await getValue(name).catch(() => undefined);
  const isOfUse = isKept(kept) && kept.query === encode(ownSettings);
  return isOfUse ? { ...source, parameters: kept.parameters } : source;
}

export const keepOwn = (parameters: Parameters): Promise<void> =>
  putValue(name, { query: encode(ownSettings), parameters } satisfies Kept);

/** Networks of the Train page that have dropout and learned MNIST, the latest run first. */
export async function trainedSources(): Promise<readonly NetworkSource[]> {
  const runs = await listRuns().catch(() => []);
  return runs.flatMap(sourcesOf);
}

function sourcesOf({ id, query, title, arms }: RunRecord): readonly NetworkSource[] {
  const { settings } = decode(query);
  if (settings.data !== 'mnist') return [];
  const trained = withLastRates(settings);
  return arms.flatMap(({ label, parameters }, arm) => {
    const kind = trained.arms[arm];
    const isDropped = kind !== undefined && kind.kind !== 'none' && kind.rate > 0;
    if (!isDropped || parameters === undefined) return [];
    return [{ id: `${id}/${arm}`, title: `${label}, of ${title}`, settings: trained, arm, parameters }];
  });
}

/** The arms with the rates that they had at the end of training. */
function withLastRates(settings: Settings): Settings {
  const arms = settings.arms.map((arm, i) => {
    const changes: readonly ArmRateChange[] = settings.changes.filter((change) => change.arm === i);
    const last = changes.toSorted((a, b) => a.step - b.step).at(-1);
    return last === undefined ? arm : { ...arm, rate: last.rate };
  });
  return { ...settings, arms, changes: [] };
}
