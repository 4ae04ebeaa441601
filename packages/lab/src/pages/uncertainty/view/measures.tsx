/** @file The uncertainty of an answer, in nats and in words. */
import { decimal } from '../../../components/numbers.js';
import type { Answer } from '../network/answers.js';
import { howSure, whence } from './words.js';

export function Measures({ answer }: { readonly answer: Answer }) {
  const { entropy, expectedEntropy, mutualInformation, classes } = answer;
  const rows = [
    ['entropy', 'Predictive entropy', entropy, `of at most ln ${classes} = ${decimal(Math.log(classes), 2)}`],
    ['expected', 'of it: doubt of single networks', expectedEntropy, 'their mean entropy'],
    ['mutual', 'of it: disagreement', mutualInformation, 'mutual information'],
  ] as const;
  return (
    <>
      <p class="how-sure">
        The network is <b>{howSure(answer)}</b>. {whence(answer)}
      </p>
      <dl class="measures">
        {rows.map(([name, title, value, says]) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd data-measure={name}>
              <b>
                <data value={String(value)}>{decimal(value, 3)}</data> nats
              </b>{' '}
              <span class="note">{says}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
