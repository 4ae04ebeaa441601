/** @file Which runs of a comparison came to nothing, since their training diverged. */
import type { ArmResults } from '../results.js';

/** Times the loss of guessing, ln(classes): no network that learned anything is so wrong of its own training examples. */
const factor = 10;

/** What there is to say of arms whose training loss ended so high. */
export function divergenceInWords(arms: readonly ArmResults[], classes: number): readonly string[] {
  const bound = factor * Math.log(Math.max(2, classes));
  return arms.flatMap(({ label, results }) => {
    const seeds = results.filter(({ train }) => !(train.loss <= bound)).map(({ seed }) => seed);
    if (seeds.length === 0) return [];
    const which = `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
    return [
      `Training of ${label} diverged (${which}): its training loss is over ${factor} times that of guessing, so its figures ` +
        'tell nothing of dropout; lower the learning rate (--lr), or bound the gradients (--clip-norm).',
    ];
  });
}
