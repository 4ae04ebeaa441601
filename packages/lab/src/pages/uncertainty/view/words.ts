/** @file An answer and its uncertainty in words. */
import { type Answer, draws, likeliest, votesOf } from '../network/answers.js';

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** What the mean network says, and how the thinned networks vote. */
export function saysWhat(answer: Answer): string {
  const digit = likeliest(answer.meanNetwork);
  const votes = votesOf(answer)
    .map((count, of) => ({ count, of }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const [first, ...others] = votes.map(({ count, of }) => `${count} say ${of}`);
  const rest = others.length > 3 ? [...others.slice(0, 3), 'the rest others'] : others;
  const said =
    votes.length === 1
      ? `All ${draws} thinned networks say ${votes[0]?.of}.`
      : `Of ${draws} thinned networks ${[first, ...rest].join(', ')}.`;
  return `The mean network says ${digit}, with probability ${percent(answer.meanNetwork[digit] ?? 0)}. ${said}`;
}

/** By the share of the highest entropy possible, ln 10. */
const degrees = [
  [0.05, 'sure'],
  [0.25, 'fairly sure'],
  [0.5, 'unsure'],
  [Number.POSITIVE_INFINITY, 'very unsure'],
] as const;

export const howSure = ({ entropy, classes }: Answer): string =>
  degrees.find(([below]) => entropy / Math.log(classes) < below)?.[1] ?? '';

/** From which probability on a network is sure. */
const surely = 0.9;

/** How many of the thinned networks are sure of the digit that they give most on average. */
function whoIsSure({ samples, classes, mean }: Answer): string {
  const digit = likeliest(mean);
  let sure = 0;
  for (let at = digit; at < samples.length; at += classes) sure += Number((samples[at] as number) > surely);
  const who =
    sure === draws ? `All ${draws} thinned networks give` : `${sure} of ${draws} thinned networks give`;
  return `${who} ${digit} more than ${percent(surely)}.`;
}

/** Where the uncertainty comes from. */
export function whence(answer: Answer): string {
  if (howSure(answer) === 'sure') return whoIsSure(answer);
  const share = answer.mutualInformation / answer.entropy;
  const part = `${percent(share)} of it is disagreement between the thinned networks`;
  return share >= 0.4
    ? `${part}, which training on more images of this kind would settle.`
    : `${part}; the rest is doubt that each of them has by itself.`;
}
