/** @file A unit's sums, on the page. */
import type { Line } from './explain.js';

export const Explanation = ({
  lines,
  label,
}: {
  readonly lines: readonly Line[];
  readonly label: string;
}) => (
  <ul class="explanation" aria-label={label}>
    {lines.map(({ name, terms, result, says }) => (
      <li key={name} data-line={name}>
        <span class="sum">
          <var>{name}</var> ={' '}
          {terms.map((term, i) => (
            <span key={i}>
              <span class="term">{term}</span>{' '}
            </span>
          ))}
          = <b>{result}</b>
        </span>
        {says === undefined ? null : <span class="note"> {says}</span>}
      </li>
    ))}
  </ul>
);
