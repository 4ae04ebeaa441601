/** @file The paired differences to the first arm, seed by seed, with their intervals. */
import { type ArmResults, colourVariable, exclusionOf, fixed, pointsOf, type Summary } from 'thinnet-runs';
import { escapeHtml } from './escape.js';

/** A row an arm: the seeds' differences as dots, the interval as a bar, 0 as a line. Nothing where there is nothing to compare. */
export function differences(arms: readonly ArmResults[], summary: Summary): string {
  const [first, ...others] = arms;
  if (first === undefined || others.length === 0 || summary.seeds.length < 2) return '';
  const rows = others.map((arm, i) => {
    const difference = (summary.comparisons[i] as Summary['comparisons'][number]).testError;
    const { mean, halfWidth = 0 } = difference;
    const points = arm.results.map(
      ({ test }, seed) => 100 * (test.error - (first.results[seed]?.test.error ?? 0)),
    );
    return { arm, number: i + 1, mean: 100 * mean, halfWidth: 100 * halfWidth, difference, points };
  });
  const furthest = Math.max(
    0,
    ...rows.flatMap((row) => [Math.abs(row.mean) + row.halfWidth, ...row.points.map(Math.abs)]),
  );
  const reach = furthest === 0 ? 1 : furthest;
  const place = (value: number) => `${(50 + (47 * value) / reach).toFixed(2)}%`;
  const html = rows.map(({ arm, number, mean, halfWidth, difference, points }) => {
    const width = `${((94 * halfWidth) / reach).toFixed(2)}%`;
    const seeds = points.map((point) => `<i class="seed" style="left: ${place(point)}"></i>`).join('');
    return `<li style="--c: var(${colourVariable(number)})">
<b>${escapeHtml(arm.label)}</b>
<span class="track" aria-hidden="true"><i class="zero"></i><i class="range" style="left: ${place(mean - halfWidth)}; width: ${width}"></i>${seeds}<i class="mean" style="left: ${place(mean)}"></i></span>
<span class="figure">${pointsOf(difference)} points<small>${exclusionOf(difference)}</small></span>
</li>`;
  });
  return `<section aria-labelledby="differences">
<h2 id="differences">Difference in test error to ${escapeHtml(first.label)}</h2>
<p class="note">Paired by seed: the same initial weights, the same examples in the same order. Dots are seeds; the bar is the 95 % t-interval of the mean. Left of the line is better than ${escapeHtml(first.label)}${furthest === 0 ? '' : `; the scale ends at ±${fixed(furthest, 2)} points`}.</p>
<ul class="differences">
${html.join('\n')}
</ul>
</section>`;
}
