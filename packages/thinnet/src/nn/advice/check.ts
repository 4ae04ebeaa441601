/** @file What a check is: the kinds of dropout that it concerns, its paper, and how it looks at one site. */
import type { NoiseKind, NoiseSite } from '../../noise/site.js';
import type { Flow, Place } from './flow.js';

export interface Finding {
  /** What was found, and why it matters. */
  readonly message: string;
  readonly remedy: string;
}

export interface Check {
  /** Which kinds it looks at: those that this can be wrong with. */
  readonly kinds: Readonly<Record<NoiseKind, boolean>>;
  readonly source: string;
  readonly find: (place: Place, flow: Flow) => Finding | undefined;
}

/** How messages name a site: `spatial dropout "drop2"`. */
export const called = ({ kind, name }: Pick<NoiseSite, 'kind' | 'name'>): string =>
  `${kind === 'dropout' ? '' : `${kind} `}dropout "${name}"`;
