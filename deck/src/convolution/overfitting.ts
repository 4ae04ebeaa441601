/** @file The experiment of the card `conv`: what the arms do to training and to overfitting. */
import type { Result } from '../card.js';
import { percent, show, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { result } from '../result.js';
import { type MaskFacts, maskFacts, noiseMaps } from './masks.js';
import { type ArmName, armNames, arms, convolutional, type DropoutName, dropoutNames } from './network.js';
import { overfittingFindings } from './overfitting-findings.js';
import { overfittingPictures } from './overfitting-pictures.js';
import { endGap, levelGap, mean } from './run-measures.js';
import { allRuns, type Run, type Runs, type Setting } from './runs.js';

const maskExamples = 200;

export async function overfitting(laboratory: Laboratory, setting: Setting): Promise<Result> {
  const masks = await masksOf(laboratory, setting);
  const runs = await allRuns(laboratory, setting);
  const each = (arm: ArmName, measure: (run: Run) => number) => runs[arm].map(measure);
  return result('conv', {
    summary: summaryOf(runs, setting),
    findings: overfittingFindings(runs, masks, setting),
    pictures: await overfittingPictures(laboratory, setting, runs, masks),
    numbers: Object.fromEntries([
      ...armNames.flatMap((arm) => [
        ...whereAll(
          `steps.${arm}`,
          runs[arm].map(({ steps }) => steps),
        ),
        [`reached.${arm}`, runs[arm].filter(({ steps }) => steps !== undefined).length],
        ...whereAll(`gapAtEqualLoss.${arm}`, runs[arm].map(levelGap)),
        [`gap.${arm}`, each(arm, endGap)],
        [`trainLoss.${arm}`, each(arm, ({ train }) => train.loss)],
        [`testLoss.${arm}`, each(arm, ({ test }) => test.loss)],
        [`testError.${arm}`, each(arm, ({ test }) => test.error)],
        [`autocorrelation.${arm}`, each(arm, ({ autocorrelation }) => autocorrelation[1] as number)],
      ]),
      ...dropoutNames.flatMap((arm) => [
        [`dropped.${arm}`, masks[arm].dropped],
        [`neighboursDropped.${arm}`, masks[arm].neighboursDropped],
      ]),
    ]),
  });
}

/** A measure's entry among the numbers, where every run has it. */
const whereAll = (name: string, values: readonly (number | undefined)[]) =>
  values.every((x) => x !== undefined) ? [[name, values] as const] : [];

async function masksOf(
  laboratory: Laboratory,
  { rate, widths }: Setting,
): Promise<Readonly<Record<DropoutName, MaskFacts>>> {
  const { train } = await laboratory.sample('fashion-mnist');
  const facts = dropoutNames.map((arm) => {
    const [site] = convolutional(arm, rate, widths, train, 0).sites;
    if (site === undefined) throw new Error(`${arm} has no noise site at rate ${rate}`);
    const shape = { examples: maskExamples, channels: widths[2], height: 7, width: 7 };
    return [arm, maskFacts(noiseMaps(laboratory, site, shape, { seed: 1, step: 0 }))] as const;
  });
  return Object.fromEntries(facts) as Record<DropoutName, MaskFacts>;
}

function summaryOf(runs: Runs, { seeds, images, limit }: Setting): string {
  const of = (measure: (run: Run) => number, format: (x: number) => string) =>
    armNames.map((arm) => `${arms[arm].title} ${format(mean(runs[arm].map(measure)))}`).join(', ');
  const correlation = mean(runs.none.map(({ autocorrelation }) => autocorrelation[1] as number));
  const steps = ({ none, elementWise }: Runs) => {
    const [without, having] = [none, elementWise].map((all) => all.map((run) => run.steps ?? Number.NaN)) as [
      number[],
      number[],
    ];
    const [from, to] = [mean(without), mean(having)];
    return Number.isNaN(from + to)
      ? `not every run came down to a training loss of ${limit}`
      : `element-wise dropout took ${whole(Math.round(to))} steps to a training loss of ${limit} instead of ${whole(Math.round(from))}`;
  };
  return (
    `Over ${seeds.length} seeds on ${whole(images)} images neighbouring activations correlated by ${show(correlation, 2)}; ${steps(runs)}; ` +
    `gaps in the end: ${of(endGap, (x) => show(x, 3))}; test errors: ${of(
      ({ test }) => test.error,
      (x) => percent(x, 3),
    )}.`
  );
}
