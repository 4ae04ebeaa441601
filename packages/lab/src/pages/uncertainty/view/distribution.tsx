/** @file The answers of all thinned networks, a dot each, beside that of the mean network. */
import { decimal } from '../../../components/numbers.js';
import { type Answer, votesOf } from '../network/answers.js';

const frame = { left: 22, right: 12, top: 20, row: 30, width: 340 };
const xOf = (probability: number): number =>
  frame.left + probability * (frame.width - frame.left - frame.right);
const yOf = (row: number): number => frame.top + (row + 0.5) * frame.row;

/** Dots of a row are spread over its height, the same way each time. */
const spread = (draw: number): number => (((draw * 0.618034) % 1) - 0.5) * 0.72 * frame.row;

/** One path for all dots of a class: round caps of lines without length. */
function dotsOf({ samples, classes }: Answer, row: number): string {
  const parts: string[] = [];
  for (let draw = 0; draw * classes < samples.length; draw++) {
    const x = xOf(samples[draw * classes + row] ?? 0);
    parts.push(`M${x.toFixed(1)} ${(yOf(row) + spread(draw)).toFixed(1)}h0`);
  }
  return parts.join('');
}

export function Distribution({ answer }: { readonly answer: Answer }) {
  const { classes, mean, meanNetwork } = answer;
  const height = frame.top + classes * frame.row + 6;
  const votes = votesOf(answer);
  const spoken = votes
    .map((count, digit) => ({ count, digit }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ count, digit }) => `${count} say ${digit}`);
  return (
    <figure class="distribution">
      <svg
        viewBox={`0 0 ${frame.width} ${height}`}
        role="img"
        aria-label={`Probability of each digit by every thinned network: ${spoken.join(', ')}`}
      >
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <g key={tick}>
            <line class="grid" x1={xOf(tick)} x2={xOf(tick)} y1={frame.top - 3} y2={height} />
            <text x={xOf(tick)} y={11}>
              {tick}
            </text>
          </g>
        ))}
        {mean.map((probability, digit) => (
          <g key={digit}>
            <text class="digit" x={8} y={yOf(digit) + 4}>
              {digit}
            </text>
            <path class="dots" d={dotsOf(answer, digit)} />
            <path class="mean" d={`M${xOf(probability)} ${yOf(digit) - 12}v24`} />
            <path
              class="mean-network"
              d={`M${xOf(meanNetwork[digit] ?? 0)} ${yOf(digit) - 6}l6 6-6 6-6-6z`}
            />
          </g>
        ))}
      </svg>
      <figcaption class="note">
        <span class="key dots" /> a thinned network <span class="key mean" /> their mean{' '}
        <span class="key mean-network" /> the mean network
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
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
  <section class="scrolling" aria-label="Probabilities of each digit" tabIndex={0}>
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
  </section>
);
