/** @file Reliability diagrams: accuracy against confidence, as SVG. */
import {
  type ArmResults,
  type ArmSummary,
  type CalibrationBin,
  colourVariable,
  fixed,
  plusMinus,
} from 'thinnet-runs';
import { escapeHtml } from './escape.js';

/** The bins of all seeds taken together. */
export function pooledBins({ results }: ArmResults): readonly CalibrationBin[] {
  const bins = results.map(({ calibration }) => calibration.bins);
  return (bins[0] ?? []).map((_, i) => {
    const same = bins.flatMap((seed) => (seed[i] ? [seed[i]] : []));
    const count = same.reduce((sum, bin) => sum + bin.count, 0);
    const mean = (value: (bin: CalibrationBin) => number) =>
      count === 0 ? 0 : same.reduce((sum, bin) => sum + bin.count * value(bin), 0) / count;
    return { count, confidence: mean((bin) => bin.confidence), accuracy: mean((bin) => bin.accuracy) };
  });
}

const size = 200;
const margin = { left: 34, right: 8, top: 8, bottom: 34 };
const x = (value: number): string => (margin.left + value * (size - margin.left - margin.right)).toFixed(1);
const y = (value: number): string =>
  (size - margin.bottom - value * (size - margin.top - margin.bottom)).toFixed(1);

/** One arm's diagram: a dot a bin, its area the share of the examples, its stem the distance from perfect calibration. */
export function reliabilityDiagram(arm: ArmResults, summary: ArmSummary, number: number): string {
  const bins = pooledBins(arm).filter(({ count }) => count > 0);
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  const ece = plusMinus(summary.ece.mean, summary.ece.halfWidth, 4);
  const dots = bins
    .map(({ count, confidence, accuracy }) => {
      const radius = Math.max(1.6, 11 * Math.sqrt(count / all)).toFixed(1);
      return (
        `<line class="stem" x1="${x(confidence)}" y1="${y(confidence)}" x2="${x(confidence)}" y2="${y(accuracy)}"/>` +
        `<circle cx="${x(confidence)}" cy="${y(accuracy)}" r="${radius}"/>`
      );
    })
    .join('');
  const ticks = [0, 0.5, 1]
    .map(
      (tick) =>
        `<text class="tick" x="${x(tick)}" y="${size - margin.bottom + 13}" text-anchor="middle">${tick}</text>` +
        `<text class="tick" x="${margin.left - 6}" y="${Number(y(tick)) + 3.5}" text-anchor="end">${tick}</text>`,
    )
    .join('');
  const label = `Reliability of ${arm.label}: ${bins
    .map((bin) => `confidence ${fixed(bin.confidence, 2)}, accuracy ${fixed(bin.accuracy, 2)}`)
    .join('; ')}`;
  return `<figure class="reliability" style="--c: var(${colourVariable(number)})">
<figcaption><b>${escapeHtml(arm.label)}</b><span>ECE ${ece}</span></figcaption>
<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="${escapeHtml(label)}">
<rect class="frame" x="${x(0)}" y="${y(1)}" width="${Number(x(1)) - Number(x(0))}" height="${Number(y(0)) - Number(y(1))}"/>
<line class="perfect" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>${dots}${ticks}
<text class="axis" x="${x(0.5)}" y="${size - 4}" text-anchor="middle">confidence</text>
<text class="axis" transform="translate(9 ${y(0.5)}) rotate(-90)" text-anchor="middle">accuracy</text>
</svg>
</figure>`;
}
