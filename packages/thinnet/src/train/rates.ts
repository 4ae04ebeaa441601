/** @file Rates that are changed while training runs: a list of changes by step, from which every step's rate follows. */
import { ThinnetError } from '../error.js';
import { checkRateOrSchedule, highestRate, type Rate, rateAt } from '../noise/schedule.js';
import type { NoiseKind, NoiseSite } from '../noise/site.js';
import { checkOptions, type KeysOf } from '../options/check.js';

/** From this step on, a dropout has this rate. A run is its plan and its list of changes. */
export interface RateChange {
  /** The first step that has it, counted from 0 since the beginning of training. */
  readonly step: number;
  /** The noise site's name, which is that of its layer. */
  readonly site: string;
  /** Probability to drop, or a schedule, whose steps are those of the training, not counted from the change. */
  readonly rate: Rate;
}

const keys: KeysOf<RateChange> = { step: true, site: true, rate: true };

const learnedRate = 'its rate is learned with the weights';

/** Why the rate of a kind cannot change while training runs, for the kinds where it cannot. */
const fixed: { readonly [K in NoiseKind]: string | undefined } = {
  dropout: undefined,
  standard: 'its factor at inference is part of the compiled program; use dropout(), which has none',
  spatial: undefined,
  dropblock: undefined,
  gaussian: undefined,
  alpha: undefined,
  featureAlpha: undefined,
  dropconnect: undefined,
  batchwise: undefined,
  embedding: undefined,
  variational: undefined,
  depth: undefined,
  attention: undefined,
  concrete: learnedRate,
  variationalGaussian: learnedRate,
  standout: 'its rate depends on the input',
};

const shiftName = (name: string): string => `${name}.shift`;
const isShift = (site: NoiseSite): boolean => 'part' in site && site.part === 'shift';

/**
 * Checks that a site's rate can become `rate`.
 * Errors: a site that the network does not have; a kind whose rate is fixed; a rate out of range.
 */
export function checkRateChange(sites: readonly NoiseSite[], name: string, rate: Rate): void {
  const site = sites.find((other) => other.name === name && !isShift(other));
  if (site === undefined) {
    const names = sites.filter((other) => !isShift(other)).map((other) => `"${other.name}"`);
    throw new ThinnetError(
      `the network has no dropout "${name}" to set the rate of; it has ${names.join(', ') || 'none'} ` +
        '(a layer written with rate 0 leaves none: write it with a rate, and set that to 0)',
    );
  }
  const place = `dropout "${name}"`;
  const cannot = (why: string) => new ThinnetError(`${place}: its rate cannot change in training: ${why}`);
  const why = fixed[site.kind];
  if (why !== undefined) throw cannot(why);
  const isAffine = 'part' in site;
  if (isAffine && !sites.some((other) => other.name === shiftName(name)))
    throw cannot(
      'the layer was written with a constant; write it with a schedule, such as linearRate(0.1, 0.1, 1)',
    );
  if (site.rate === 1)
    throw cannot('the layer was written with rate 1, so that nothing is left of it at inference');
  checkRateOrSchedule(rate, place);
  if (site.kind === 'gaussian' && highestRate(rate) >= 1)
    throw new ThinnetError(`${place}: rate is 1; that of Gaussian noise must be below 1`);
}

/** The rates of a network's sites at every step: as written, as planned, and as they were set since. */
export class Rates {
  readonly #sites: readonly NoiseSite[];
  #planned: readonly RateChange[] = [];
  #set: readonly RateChange[] = [];
  /** Set, and waiting for the next step to be taken. */
  #wanted: ReadonlyMap<string, Rate> = new Map();
  /** The step that comes next, as far as is known. */
  #next = 0;

  /** Errors: as `restore`. */
  constructor(sites: readonly NoiseSite[], planned: readonly RateChange[] = []) {
    this.#sites = sites;
    this.restore(planned, 0);
  }

  /** In the order of the steps; a rate that waits is listed with the step that comes next. */
  get changes(): readonly RateChange[] {
    const { planned, set } = this.#taken(this.#next);
    return [...planned, ...set].sort((a, b) => a.step - b.step);
  }

  /** From the next step on; takes the place of what was planned for the site from there on. Errors: as `checkRateChange`. */
  set(site: string, rate: Rate): void {
    checkRateChange(this.#sites, site, rate);
    this.#wanted = new Map([...this.#wanted, [site, rate]]);
  }

  /** Steps from `step` on are taken now: rates that wait take effect. */
  begin(step: number): void {
    const { planned, set } = this.#taken(step);
    this.#planned = planned;
    this.#set = set;
    this.#wanted = new Map();
    this.#next = step;
  }

  /** Steps before `step` have been taken. */
  reach(step: number): void {
    this.#next = step;
  }

  /** Steps from `step` on did not happen: rates that were set there wait again. */
  rollBack(step: number): void {
    const undone = this.#set.filter((change) => change.step >= step);
    this.#set = this.#set.filter((change) => change.step < step);
    this.#wanted = new Map([...undone.map(({ site, rate }) => [site, rate] as const), ...this.#wanted]);
    this.#next = step;
  }

  /** Takes over the changes of a run that stands before `step`. Errors: as `checkRateChange`; steps that are no whole numbers. */
  restore(changes: readonly RateChange[], step: number): void {
    for (const change of changes) {
      checkOptions('rate change', change, keys);
      checkRateChange(this.#sites, change.site, change.rate);
      if (!Number.isSafeInteger(change.step) || change.step < 0)
        throw new ThinnetError(
          `rate change of dropout "${change.site}": its step is ${change.step}; it must be a whole number, at least 0`,
        );
    }
    this.#planned = changes.toSorted((a, b) => a.step - b.step);
    this.#set = [];
    this.#wanted = new Map();
    this.#next = step;
  }

  /** The site with its rate at a step, as `fillNoise` takes it. */
  at(site: NoiseSite, step: number): NoiseSite {
    const owner = ownerOf(site);
    // Of the changes at one step the last one counts; those that were set are the later ones.
    const applies = (change: RateChange) => change.site === owner && change.step <= step;
    const [planned, set] = [this.#planned.findLast(applies), this.#set.findLast(applies)];
    const change = set && set.step >= (planned?.step ?? 0) ? set : planned;
    return change ? withRate(site, change.rate) : site;
  }

  /** The step that comes next, and the site with the rate that it will have there, as a constant. */
  next(site: NoiseSite): NoiseSite {
    const wanted = this.#wanted.get(ownerOf(site));
    const { rate } = wanted === undefined ? this.at(site, this.#next) : { rate: wanted };
    return withRate(site, rateAt(rate, this.#next));
  }

  /** What is planned and set once the rates that wait take effect at `step`. */
  #taken(step: number) {
    const before = (change: RateChange) => change.step < step || !this.#wanted.has(change.site);
    const taken = [...this.#wanted].map(([site, rate]): RateChange => ({ step, site, rate }));
    return { planned: this.#planned.filter(before), set: [...this.#set.filter(before), ...taken] };
  }
}

const withRate = (site: NoiseSite, rate: Rate): NoiseSite => ({ ...site, rate }) as NoiseSite;

/** The name by which a site's rate is set: alpha dropout has two sites for its one rate. */
const ownerOf = (site: NoiseSite): string =>
  isShift(site) ? site.name.slice(0, -shiftName('').length) : site.name;
