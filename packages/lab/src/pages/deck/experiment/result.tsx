/** @file What an experiment found: the verdict, each finding against what was expected, and the pictures. */
import type { Finding, Result } from 'thinnet-deck';
import { Scrolling } from '../../../components/scrolling.js';
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
      Measured here {dates.format(at)}, {timeOf(seconds)}; {where}.
    </p>
  </div>
);

/** `in under 0.1 s`, `in 2.3 s`, `in 48 s`. */
const timeOf = (seconds: number): string => {
  if (seconds < 0.1) return 'in under 0.1 s';
  return `in ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
};

/** On narrow screens a finding is a block, and some browsers then forget what is a table unless it is said. */
const as = (role: 'table' | 'rowgroup' | 'row' | 'columnheader' | 'rowheader' | 'cell') => ({ role });

const Findings = ({ findings }: { readonly findings: readonly Finding[] }) => (
  <Scrolling label="Findings">
    <table class="findings" {...as('table')}>
      <thead {...as('rowgroup')}>
        <tr {...as('row')}>
          {['finding', 'measured', 'expected', 'verdict'].map((title) => (
            <th key={title} {...as('columnheader')} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...as('rowgroup')}>
        {findings.map(({ name, measured, expected, verdict }) => (
          <tr key={name} {...as('row')}>
            <th {...as('rowheader')} scope="row">
              {name}
            </th>
            <td {...as('cell')} data-label="measured">
              <span>{measured}</span>
            </td>
            <td {...as('cell')} data-label="expected">
              <span>{expected}</span>
            </td>
            <td {...as('cell')} data-label="verdict">
              <Verdict verdict={verdict} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scrolling>
);

const Pictures = ({ result }: { readonly result: Result }) => (
  <div class="result-pictures">
    {result.pictures.map((picture, i) => (
      <PictureView key={i} picture={picture} />
    ))}
  </div>
);
