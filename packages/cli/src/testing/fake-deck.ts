/** @file Cards whose experiments are known: each verdict, each type of picture, one that fails, and text that HTML must escape. */
import type { Card, CardId, Laboratory, Picture, Result, Verdict } from 'thinnet-deck';

export const evil = `</script><img src=x onerror=alert(1)>"'&`;

const pictures: readonly Picture[] = [
  {
    type: 'lines',
    title: 'Accuracy as units are removed',
    xLabel: 'share removed',
    yLabel: 'accuracy',
    x: [0, 0.5, 0.9],
    lines: [
      { name: 'none', y: [0.9, 0.6, 0.2], low: [0.88, 0.5, 0.1], high: [0.92, 0.7, 0.3] },
      { name: 'dropout 0.5', y: [0.95, null, 0.7] },
    ],
  },
  {
    type: 'bars',
    title: 'Two kinds compared',
    yLabel: 'error %',
    groups: ['none', 'spatial dropout'],
    bars: [{ name: evil, values: [12, 9], low: [11, 8.5], high: [13, 9.5] }],
  },
  {
    type: 'grid',
    title: 'A mask',
    rows: 2,
    columns: 3,
    values: [0, 2, 0, 2, 2, Number.NaN],
  },
  {
    type: 'table',
    title: 'Step by step',
    columns: ['step', 'value'],
    rows: [
      ['mask', 0],
      [evil, 1.5],
    ],
  },
];

interface Options {
  readonly verdict?: Verdict;
  readonly pictures?: readonly Picture[];
  /** In the experiment's place. */
  readonly experiment?: (laboratory: Laboratory) => Promise<Result>;
}

/** A card that finds one number. */
export function fakeCard(id: CardId, section: Card['section'], options: Options = {}): Card {
  const { verdict = 'holds' } = options;
  const result: Result = {
    card: id,
    verdict,
    summary: `Seen for ${id}: 0.3001 at rate 0.3.`,
    findings: [
      {
        name: 'share of zeros at rate 0.3',
        measured: '0.3001',
        expected: '0.3, binomial test at 1e-4',
        verdict,
      },
    ],
    pictures: options.pictures ?? [],
    numbers: { share: 0.3001, shares: [0.1, 0.2, Number.NaN] },
  };
  return {
    id,
    section,
    question: `What is ${id}, at *rate* $p$?`,
    answer: `The answer of ${id}: with $p < 1$ it is so.\n\nA second paragraph.`,
    slip: 'The keep probability is $1 - p$.',
    formula: String.raw`\tilde{y} = \frac{m \odot y}{1 - p}`,
    sources: [
      { text: 'Srivastava 2014, section 4', url: 'https://jmlr.org/papers/v15/srivastava14a.html' },
      { text: evil },
    ],
    claim: `The claim of ${id}.`,
    method: 'Draws masks and counts.',
    cost: 1,
    experiment:
      options.experiment ??
      ((laboratory) => {
        laboratory.progress(0.5, 'seed 1');
        laboratory.progress(1);
        return Promise.resolve(result);
      }),
  };
}

/** One card of each ending. */
export const fakeDeck: readonly Card[] = [
  fakeCard('what', 'overview', { pictures: pictures.slice(0, 2) }),
  fakeCard('training', 'overview', { verdict: 'does not hold', pictures: pictures.slice(2) }),
  fakeCard('masking', 'forward', { verdict: 'inconclusive' }),
  fakeCard('conv', 'convolution', { experiment: () => Promise.reject(new Error(`no memory ${evil}`)) }),
];

/** A card whose experiment goes on until it is aborted; `onStart` is called once it runs. */
export const endlessCard = (onStart: () => void): Card =>
  fakeCard('gradient', 'backward', {
    experiment: ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        onStart();
      }),
  });
