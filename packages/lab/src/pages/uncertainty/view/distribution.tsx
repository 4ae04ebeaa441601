/** @file The answers of all thinned networks, a dot each, beside that of the mean network. */
import { useRef } from 'preact/hooks';
import { decimal } from '../../../components/numbers.js';
import { Scrolling } from '../../../components/scrolling.js';
import { type Answer, votesOf } from '../network/answers.js';
import { useWidth } from './use-width.js';

/** In pixels: the drawing is as wide as its place, so that its words have the size of the page's. */
const frame = { left: 44, right: 12, top: 40, row: 40 };
const widest = 640;
const xIn =
  (width: number) =>
  (probability: number): number =>
    frame.left + probability * (width - frame.left - frame.right);
const yOf = (row: number): number => frame.top + (row + 0.5) * frame.row;

/** Dots of a row are spread over its height, the same way each time. */
const spread = (draw: number): number => (((draw * 0.618034) % 1) - 0.5) * 0.72 * frame.row;

/** One path for all dots of a class: round caps of lines without length. */
function dotsOf({ samples, classes }: Answer, row: number, xOf: (probability: number) => number): string {
  const parts: string[] = [];
  for (let draw = 0; draw * classes < samples.length; draw++) {
    const x = xOf(samples[draw * classes + row] ?? 0);
    parts.push(`M${x.toFixed(1)} ${(yOf(row) + spread(draw)).toFixed(1)}h0`);
  }
  return parts.join('');
}

const keys = [
  ['dots', 'a thinned network'],
  ['mean', 'their mean'],
  ['mean-network', 'the mean network'],
] as const;

export function Distribution({ answer }: { readonly answer: Answer }) {
  const { classes, mean, meanNetwork } = answer;
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure, widest);
  const height = frame.top + classes * frame.row + 6;
  const xOf = xIn(width);
  const votes = votesOf(answer);
  const spoken = votes
    .map((count, digit) => ({ count, digit }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ count, digit }) => `${count} say ${digit}`);
  return (
    <figure class="distribution" ref={figure}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Probability of each digit by every thinned network: ${spoken.join(', ')}`}
      >
        <text class="axis" x={xOf(0.5)} y={12}>
          probability
        </text>
        <text
          class="axis"
          x={10}
          y={yOf((classes - 1) / 2)}
          transform={`rotate(-90 10 ${yOf((classes - 1) / 2)})`}
        >
          digit
        </text>
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <g key={tick}>
            <line class="grid" x1={xOf(tick)} x2={xOf(tick)} y1={frame.top - 3} y2={height} />
            <text x={xOf(tick)} y={32}>
              {tick}
            </text>
          </g>
        ))}
        {mean.map((probability, digit) => (
          <g key={digit}>
            <text class="digit" x={29} y={yOf(digit) + 5}>
              {digit}
            </text>
            <path class="dots" d={dotsOf(answer, digit, xOf)} />
            <path class="mean" d={`M${xOf(probability)} ${yOf(digit) - 16}v32`} />
            <path
              class="mean-network"
              d={`M${xOf(meanNetwork[digit] ?? 0)} ${yOf(digit) - 8}l8 8-8 8-8-8z`}
            />
          </g>
        ))}
      </svg>
      <figcaption class="note">
        {keys.map(([name, words]) => (
          <span class="keyed" key={name}>
            <span class={`key ${name}`} /> {words}
          </span>
        ))}
      </figcaption>
      <details class="numbers">
        <summary>
          Numbers<span class="visually-hidden"> of the distribution</span>
        </summary>
        <AnswerTable answer={answer} votes={votes} />
      </details>
    </figure>
  );
}

interface AnswerTableProps {
  readonly answer: Answer;
  readonly votes: readonly number[];
}

const AnswerTable = ({ answer: { mean, std, meanNetwork }, votes }: AnswerTableProps) => (
  <Scrolling label="Probabilities of each digit">
    <table data-table="answers">
      <thead>
        <tr>
          <th scope="col">digit</th>
          <th scope="col">votes</th>
          <th scope="col">mean of the thinned</th>
          <th scope="col">standard deviation</th>
          <th scope="col">mean network</th>
        </tr>
      </thead>
      <tbody>
        {votes.map((count, digit) => (
          <tr key={digit}>
            <th scope="row">{digit}</th>
            <td>{count}</td>
            <td>{decimal(mean[digit] ?? 0, 3)}</td>
            <td>{decimal(std[digit] ?? 0, 3)}</td>
            <td>{decimal(meanNetwork[digit] ?? 0, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scrolling>
);
