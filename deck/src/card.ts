/** @file A card: a question, its answer, and the experiment that could have shown the answer to be wrong. */
import type { Laboratory } from './laboratory.js';
import type { Picture } from './picture.js';

export const cardIds = [
  'what',
  'training',
  'features',
  'inference',
  'scaling',
  'masking',
  'onward',
  'resampled',
  'gradient',
  'why-scale',
  'inverted',
  'why-inverted',
  'inverted-inference',
  'conv',
  'conv-gradient',
] as const;

export type CardId = (typeof cardIds)[number];

export const sections = ['overview', 'forward', 'backward', 'scaling', 'convolution'] as const;

export type Section = (typeof sections)[number];

export interface Source {
  /** Authors, year, title; section or equation. */
  readonly text: string;
  readonly url?: string;
}

export type Verdict = 'holds' | 'does not hold' | 'inconclusive';

/** One number that was measured, and what the card's answer leads to expect of it. */
export interface Finding {
  /** What was measured, in a few words: `share of zeros at rate 0.3`. */
  readonly name: string;
  readonly measured: string;
  /** With its tolerance, or its test and level: `0.3, binomial test at 1e-4`. */
  readonly expected: string;
  readonly verdict: Verdict;
}

export interface Result {
  readonly card: CardId;
  /** That of the findings: one that does not hold decides, then one that is inconclusive. */
  readonly verdict: Verdict;
  /** One sentence that says what was seen, with its numbers. */
  readonly summary: string;
  readonly findings: readonly Finding[];
  readonly pictures: readonly Picture[];
  /** All numbers behind it, for `cards.json`. */
  readonly numbers: Readonly<Record<string, number | readonly number[]>>;
}

export interface Card {
  readonly id: CardId;
  readonly section: Section;
  readonly question: string;
  /** Plain English, one short paragraph or more; `$…$` holds KaTeX. */
  readonly answer: string;
  /** A common slip, and the precise form. */
  readonly slip?: string;
  /** KaTeX, displayed. */
  readonly formula?: string;
  readonly sources: readonly Source[];
  /** The claim that the experiment tests, in one line. */
  readonly claim: string;
  /** How the experiment goes about it, in a sentence or two. */
  readonly method: string;
  /** Rough share of the whole deck's time, for progress bars: about 1 for a second on two cores. */
  readonly cost: number;
  /** Seeds are fixed: the same laboratory gives the same result. */
  experiment(laboratory: Laboratory): Promise<Result>;
}
