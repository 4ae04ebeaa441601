/** @file What an experiment found: the verdict, each finding against what was expected, and the pictures. */
import type { Finding, Result } from 'thinnet-deck';
import { PictureView } from './picture.js';
import type { ResultRecord } from './record.js';
import { Verdict } from './verdict.js';

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export const ResultView = ({ record: { result, seconds, where, at } }: { readonly record: ResultRecord }) => (
  <div class="result" data-verdict={result.verdict} data-numbers={JSON.stringify(result.numbers)}>
    <p class="result-summary">
      <Verdict verdict={result.verdict} /> {result.summary}
    </p>
    <Findings findings={result.findings} />
    <Pictures result={result} />
    <p class="note">
      Measured here {dates.format(at)}, in {seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s;{' '}
      {where}.
    </p>
  </div>
);

const Findings = ({ findings }: { readonly findings: readonly Finding[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
  <section class="scrolling" aria-label="Findings" tabIndex={0}>
    <table class="findings">
      <thead>
        <tr>
          <th scope="col">finding</th>
          <th scope="col">measured</th>
          <th scope="col">expected</th>
          <th scope="col">verdict</th>
        </tr>
      </thead>
      <tbody>
        {findings.map(({ name, measured, expected, verdict }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{measured}</td>
            <td>{expected}</td>
            <td>
              <Verdict verdict={verdict} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Pictures = ({ result }: { readonly result: Result }) => (
  <div class="result-pictures">
    {result.pictures.map((picture, i) => (
      <PictureView key={i} picture={picture} />
    ))}
  </div>
);
