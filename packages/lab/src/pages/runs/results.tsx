/** @file The table of results, and the paired differences to the first arm. */
import { colourVariable, columns, exclusionOf, pointsOf, resultsNote, type Summary } from 'thinnet-runs';
import { Swatch } from '../../components/line-chart.js';
import { Scrolling } from '../../components/scrolling.js';

export const Results = ({ summary, examples }: { readonly summary: Summary; readonly examples: string }) => {
  const all = columns(examples);
  return (
    <section aria-labelledby="results">
      <h2 id="results">Results</h2>
      <p class="note">{resultsNote(summary, examples)}</p>
      <Scrolling label="Table of results">
        <table class="results">
          <thead>
            <tr>
              <th scope="col">arm</th>
              {all.map(({ title, meaning }) => (
                <th scope="col" key={title} title={meaning}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {summary.arms.map((arm, i) => (
              <tr key={arm.label}>
                <th scope="row">
                  <Swatch colour={colourVariable(i)} /> {arm.label}
                </th>
                {all.map(({ title, cell }) => (
                  <td key={title}>{cell(arm)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
};

export function Differences({ summary: { seeds, comparisons } }: { readonly summary: Summary }) {
  const [first] = comparisons;
  if (first === undefined || seeds.length < 2) return null;
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">Difference in test error to {first.baseline}</h2>
      <p class="note">
        Paired by seed: the same initial weights, the same examples in the same order. In percentage points,
        with half the width of the 95 % t-interval of the mean; below 0 is better than {first.baseline}.
      </p>
      <Scrolling label="Table of differences">
        <table class="differences">
          <thead>
            <tr>
              <th scope="col">arm</th>
              <th scope="col">difference, points</th>
              <th scope="col">interval</th>
            </tr>
          </thead>
          <tbody>
            {comparisons.map(({ arm, testError }, i) => (
              <tr key={arm}>
                <th scope="row">
                  <Swatch colour={colourVariable(i + 1)} /> {arm}
                </th>
                <td>{pointsOf(testError)}</td>
                <td>{exclusionOf(testError)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}
