/** @file Card: dropout encourages more robust features. */
import { balancedSubset, pairedComparison } from 'thinnet';
import type { Card, Result } from '../card.js';
import { compared } from '../finding.js';
import { percent, show } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { type Arm, type Extent, fullExtent, type Pair, trainedPairs } from '../measurements/pairs.js';
import { noises, removedShares, robustnessOf } from '../measurements/robustness.js';
import { type LayerOfUnits, shownUnits, unitsOf } from '../measurements/units.js';
import type { LinePicture } from '../picture.js';
import { result } from '../result.js';
import { hinton, srivastava } from '../sources.js';

const arms = ['without', 'with'] as const satisfies readonly Arm[];

/** For each arm, each seed: a number for each strength of a disturbance. */
type Curves = Record<Arm, (readonly number[])[]>;

interface Measured {
  readonly removed: Curves;
  readonly noisy: Curves;
  readonly units: Record<Arm, (readonly LayerOfUnits[])[]>;
}

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

async function measure(laboratory: Laboratory, pairs: readonly Pair[], probes: number): Promise<Measured> {
  const measured: Measured = {
    removed: { without: [], with: [] },
    noisy: { without: [], with: [] },
    units: { without: [], with: [] },
  };
  for (const [i, pair] of pairs.entries())
    for (const [k, arm] of arms.entries()) {
      const images = balancedSubset(pair.data.test, probes, pair.seed);
      const { removed, noisy } = await robustnessOf(laboratory, pair, arm, images);
      measured.removed[arm].push(removed);
      measured.noisy[arm].push(noisy);
      measured.units[arm].push(await unitsOf(laboratory, pair[arm], images));
      laboratory.progress(
        0.7 + (0.3 * (2 * i + k + 1)) / (2 * pairs.length),
        `seed ${pair.seed}, ${arm} dropout`,
      );
    }
  return measured;
}

function lines(curves: Curves, x: readonly number[], title: string, xLabel: string): LinePicture {
  const at = (arm: Arm, i: number) => curves[arm].map((curve) => curve[i] as number);
  return {
    type: 'lines',
    title,
    xLabel,
    yLabel: 'accuracy',
    x,
    lines: arms.map((arm) => ({
      name: `${arm} dropout`,
      y: x.map((_, i) => mean(at(arm, i))),
      low: x.map((_, i) => Math.min(...at(arm, i))),
      high: x.map((_, i) => Math.max(...at(arm, i))),
    })),
  };
}

/** The card's experiment, at its full extent or at less. */
export async function experiment(laboratory: Laboratory, extent: Extent = fullExtent): Promise<Result> {
  const seeds = extent.seeds.length;
  const pairs = await trainedPairs(laboratory, extent, (done, doing) =>
    laboratory.progress(0.7 * done, doing),
  );
  const { removed, noisy, units } = await measure(laboratory, pairs, extent.probes);
  const points = (share: number) => `${show(100 * share, 3)} points`;
  const paired = (of: (arm: Arm) => readonly number[]) => pairedComparison(of('without'), of('with'));
  // The undisturbed accuracy, the first of each curve, is the card "what".
  const disturbed = (curves: Curves) => (arm: Arm) => curves[arm].map((curve) => mean(curve.slice(1)));
  const half = removedShares.indexOf(0.5);
  const atHalf = (arm: Arm) => removed[arm].map((curve) => curve[half] as number);
  const correlation = (layer: number) => (arm: Arm) =>
    units[arm].map((found) => found[layer]?.correlation as number);
  const inactive = (layer: number) => (arm: Arm) =>
    units[arm].map((found) => found[layer]?.inactive as number);
  const both = (of: (arm: Arm) => readonly number[], format: (x: number) => string) =>
    `${format(mean(of('with')))} against ${format(mean(of('without')))}`;
  const two = (x: number) => show(x, 3);
  const share = (x: number) => percent(x, 3);
  return result('features', {
    summary: `With half of the hidden units removed, networks trained with dropout classified ${both(atHalf, share)} of the images rightly; with noise on the pixels ${both(disturbed(noisy), share)}. Units at rest: ${both(inactive(0), share)} (first layer), ${both(inactive(1), share)} (second); mean |correlation| of units: ${both(correlation(0), two)} and ${both(correlation(1), two)}.`,
    findings: [
      compared(
        'accuracy with 10 to 90 % of the hidden units removed, with − without dropout',
        paired(disturbed(removed)),
        'higher',
        points,
      ),
      compared(
        'accuracy with half of them removed, with − without dropout',
        paired(atHalf),
        'higher',
        points,
      ),
      compared(
        'accuracy with noise on the pixels, with − without dropout',
        paired(disturbed(noisy)),
        'higher',
        points,
      ),
      ...[0, 1].map((layer) =>
        compared(
          `share of inactive units, hidden layer ${layer + 1}, with − without dropout`,
          paired(inactive(layer)),
          'higher',
          points,
        ),
      ),
      compared(
        'mean |correlation| of two units, hidden layer 1, with − without dropout',
        paired(correlation(0)),
        'lower',
      ),
      compared(
        'mean |correlation| of two units, hidden layer 2, with − without dropout',
        paired(correlation(1)),
        'higher',
      ),
    ],
    pictures: [
      lines(
        removed,
        removedShares,
        `Accuracy as hidden units are removed (${seeds} seeds)`,
        'share of the units of each hidden layer removed',
      ),
      lines(
        noisy,
        noises,
        `Accuracy as noise is added to the pixels (${seeds} seeds)`,
        'standard deviation of the noise, of 255',
      ),
      ...arms.map((arm) => ({
        type: 'grid' as const,
        title: `Correlations of ${shownUnits} units of the first hidden layer, trained ${arm} dropout`,
        rows: shownUnits,
        columns: shownUnits,
        values: units[arm][0]?.[0]?.corner ?? [],
      })),
    ],
    numbers: Object.fromEntries(
      arms.flatMap((arm) => [
        [`removed.${arm}`, removed[arm].flat()],
        [`noisy.${arm}`, noisy[arm].flat()],
        ...[0, 1].flatMap((layer) => [
          [`correlation${layer + 1}.${arm}`, correlation(layer)(arm)],
          [`inactive${layer + 1}.${arm}`, inactive(layer)(arm)],
        ]),
      ]),
    ),
  });
}

export const features: Card = {
  id: 'features',
  section: 'overview',
  question: 'What does dropout do to the features that a network learns?',
  answer:
    'It encourages more robust features, which generalise better. A neuron that cannot count on its neighbours being there must be useful by itself, so knowledge is spread over many neurons: the network goes on working when some are missing, or ' +
    'when its input is disturbed.',
  slip:
    'Less co-adaptation is not the same as less correlation. As measured here, units of the first hidden layer correlate less with dropout, but those of the second *more*: where any unit may be missing, ' +
    'it pays to have several that say the same. Activations also become sparser, which nobody asked for.',
  formula: String.raw`\text{correlation of a layer} = \frac{2}{H (H - 1)} \sum_{i < j} \bigl|\operatorname{Corr}(a_i, a_j)\bigr|`,
  sources: [
    srivastava('section 2 (co-adaptation); section 7.1 (features); section 7.2 (sparsity)'),
    hinton('first page: preventing complex co-adaptations'),
  ],
  claim:
    'Networks trained with dropout lose less accuracy when hidden units are removed or the input is noisy; their units are more often at rest. Two units correlate less in the first hidden layer, more in the second.',
  method:
    'Takes the networks of the card “What is dropout”, and sets 0 to 90 % of the units of both hidden layers to 0 (three random choices each), or adds normal noise to the pixels; then looks at the units themselves: mean absolute correlation, share ' +
    'at rest. Differences over the seeds with paired 95 % t intervals.',
  cost: 14,
  experiment: (laboratory) => experiment(laboratory),
};
