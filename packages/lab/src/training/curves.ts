/** @file The curves of a run and the table at its end: plain numbers out of the arms' epochs. */
import type { Epoch } from 'thinnet';
import { type ChartData, type ChartLine, colourVariable, fixed } from 'thinnet-runs';
import type { ArmState } from './state.js';

export const figures = {
  testLoss: ({ test }: Epoch) => test.loss,
  trainLoss: ({ train }: Epoch) => train.loss,
  /** Generalisation gap. */
  gap: ({ test, train }: Epoch) => test.loss - train.loss,
  testError: ({ test }: Epoch) => 100 * test.error,
  trainError: ({ train }: Epoch) => 100 * train.error,
} as const;

export type Figure = keyof typeof figures;
type Arms = readonly Pick<ArmState, 'label' | 'history'>[];

const line = (arms: Arms, number: number, length: number, figure: Figure, name = ''): ChartLine => {
  const { label, history } = arms[number] as Arms[number];
  return {
    name: name === '' ? label : `${label}, ${name}`,
    colour: colourVariable(number),
    y: Array.from({ length }, (_, i) => (history[i] === undefined ? null : figures[figure](history[i]))),
  };
};

/** Loss, gap and error over the epochs, for all arms. */
export function chartsOf(
  arms: Arms,
  epochs: number,
): Readonly<Record<'loss' | 'gap' | 'testError', ChartData>> {
  const length = Math.max(1, ...arms.map(({ history }) => history.length));
  const numbers = [...arms.keys()];
  const common = { xLabel: 'epoch', x: Array.from({ length }, (_, i) => i + 1), xEnd: epochs, isCount: true };
  return {
    loss: {
      ...common,
      title: 'Loss',
      description: 'Mean cross-entropy with dropout off: test (solid) and training examples (dashed).',
      lines: numbers.flatMap((arm) => [
        line(arms, arm, length, 'testLoss', 'test'),
        { ...line(arms, arm, length, 'trainLoss', 'training'), isDashed: true },
      ]),
    },
    gap: {
      ...common,
      title: 'Generalisation gap',
      description: 'Test loss − training loss: how much worse a network does on what it has not seen.',
      lines: numbers.map((arm) => line(arms, arm, length, 'gap')),
    },
    testError: {
      ...common,
      title: 'Test error',
      description: 'Share of the test examples misclassified.',
      unit: ' %',
      decimals: 2,
      axis: 'close',
      lines: numbers.map((arm) => line(arms, arm, length, 'testError')),
    },
  };
}

/** What tables of results show of each arm. */
export const resultColumns: readonly {
  readonly figure: Figure;
  readonly title: string;
  readonly decimals: number;
}[] = [
  { figure: 'testError', title: 'test error %', decimals: 2 },
  { figure: 'trainError', title: 'training error %', decimals: 2 },
  { figure: 'testLoss', title: 'test loss', decimals: 3 },
  { figure: 'trainLoss', title: 'training loss', decimals: 3 },
  { figure: 'gap', title: 'gap', decimals: 3 },
];

/** A figure of an arm after the epoch, and its difference to that of the first arm that has come so far. */
export interface Cell {
  readonly value: number;
  readonly difference?: number;
}

export interface Row {
  readonly arm: number;
  readonly label: string;
  readonly cells: Readonly<Record<Figure, Cell>>;
}

/** Each arm's figures after epoch `epoch`, counted from 1; arms that have not come so far are left out. */
export function rowsOf(arms: Arms, epoch: number): readonly Row[] {
  const base = arms.findIndex(({ history }) => history[epoch - 1] !== undefined);
  const first = arms[base]?.history[epoch - 1];
  return arms.flatMap(({ label, history }, arm) => {
    const here = history[epoch - 1];
    if (here === undefined) return [];
    const cells = Object.fromEntries(
      Object.entries(figures).map(([figure, read]) => {
        const value = read(here);
        return [figure, arm > base && first ? { value, difference: value - read(first) } : { value }];
      }),
    ) as Record<Figure, Cell>;
    return [{ arm, label, cells }];
  });
}

/** What happened, in words that claim no more than one seed shows. */
export function sentenceOf(arms: Arms, epoch: number): string {
  const [first, ...others] = rowsOf(arms, epoch);
  if (first === undefined) return '';
  const percent = ({ value }: Cell): string => `${value.toFixed(2)} %`;
  const said = [
    `${first.label}: test error ${percent(first.cells.testError)}, gap ${fixed(first.cells.gap.value, 3)}`,
  ];
  for (const { label, cells } of others) {
    const { testError, gap } = cells;
    const by = Math.abs(testError.difference ?? 0).toFixed(2);
    const side = (testError.difference ?? 0) < 0 ? 'below' : 'above';
    const compared = Number(by) === 0 ? `the same as ${first.label}` : `${by} points ${side} ${first.label}`;
    said.push(`${label}: test error ${percent(testError)}, ${compared}; gap ${fixed(gap.value, 3)}`);
  }
  return `After epoch ${epoch}. ${said.join('. ')}.`;
}
