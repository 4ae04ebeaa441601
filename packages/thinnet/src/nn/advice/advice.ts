/** @file Advice on a network's dropout: where it is likely misplaced, why, and what to do. */
import { ThinnetError } from '../../error.js';
import { checkOptions, type KeysOf } from '../../options/check.js';
import type { Network } from '../network.js';
import type { Check } from './check.js';
import { alphaWithoutSelu } from './checks/alpha.js';
import { beforeBatchNormalization } from './checks/batch-normalization.js';
import { elementWiseOnFeatureMap } from './checks/feature-map.js';
import { fewUnitsBeforeOutput } from './checks/few-units.js';
import { rateLikeKeepProbability } from './checks/keep-probability.js';
import { afterLastLayer } from './checks/last-layer.js';
import { type Flow, flowOf } from './flow.js';

/** What is looked for, by the name that silences it. */
const checks = {
  'element-wise-on-feature-map': elementWiseOnFeatureMap,
  'before-batch-normalization': beforeBatchNormalization,
  'few-units-before-output': fewUnitsBeforeOutput,
  'rate-like-keep-probability': rateLikeKeepProbability,
  'alpha-without-selu': alphaWithoutSelu,
  'after-last-layer': afterLastLayer,
} satisfies Record<string, Check>;

export type AdviceName = keyof typeof checks;

/** The names of all advice, in the order in which it is given for a site. */
export const adviceNames = Object.keys(checks) as readonly AdviceName[];

/** A dropout that is likely misplaced. Plain data, one sentence a field. */
export interface Advice {
  /** What it is about; `silence` takes it. */
  readonly name: AdviceName;
  /** The noise site's number. */
  readonly site: number;
  /** The site's layer, such as `dropout2`. */
  readonly layer: string;
  /** What was found, and why it matters. */
  readonly message: string;
  readonly remedy: string;
  /** The paper behind it. */
  readonly source: string;
}

export interface AdviseOptions {
  /** Names of advice that is not wanted. */
  readonly silence?: readonly AdviceName[];
}

const keys: KeysOf<AdviseOptions> = { silence: true };

/**
 * What is likely misplaced among a network's dropouts, site by site; empty for a network that follows the papers. It looks
 * at the graph alone, so it may be wrong where the data are unusual: each can be silenced by its name.
 *
 * - `element-wise-on-feature-map`: single elements of a convolution's output are dropped;
 * - `before-batch-normalization`: the dropped value reaches a BatchNormalization in its training form;
 * - `few-units-before-output`: at most 16 units are dropped from right before the last dense layer, and all of them at once
 *   in an example of 10,000 or more often;
 * - `rate-like-keep-probability`: a rate above 0.5 on the features, or of 0.8 or more anywhere;
 * - `alpha-without-selu`: alpha dropout of values that are not SELU's;
 * - `after-last-layer`: nothing learned comes after the dropout.
 *
 * Errors: an unknown name in `silence`.
 */
export function adviseOn(network: Network, options: AdviseOptions = {}): readonly Advice[] {
  checkOptions('adviseOn', options, keys);
  const { silence = [] } = options;
  checkNames(silence);
  if (network.sites.length === 0) return [];
  const flow = flowOf(network);
  const wanted = adviceNames.filter((name) => !silence.includes(name));
  return network.sites.flatMap((site) => wanted.flatMap((name) => adviceOf(name, site, flow)));
}

function adviceOf(name: AdviceName, site: Network['sites'][number], flow: Flow): readonly Advice[] {
  const { kinds, source, find }: Check = checks[name];
  const place = kinds[site.kind] ? flow.placeOf(site) : undefined;
  const finding = place && find(place, flow);
  return finding ? [{ name, site: site.id, layer: site.name, ...finding, source }] : [];
}

/** Errors: a name that no advice has. */
function checkNames(names: readonly string[]): void {
  for (const name of names)
    if (!Object.hasOwn(checks, name))
      throw new ThinnetError(
        `silence: there is no advice named "${name}"; there are ${adviceNames.join(', ')}`,
      );
}
