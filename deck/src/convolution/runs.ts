/** @file The runs behind the card `conv`: every arm trained under every seed, and scored by the mean program. */
import {
  adam,
  balancedSubset,
  cosine,
  crossEntropy,
  type Dataset,
  type Epoch,
  type Network,
  type Score,
  type Split,
  type TrainingPlan,
} from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { scoreOf } from '../predict.js';
import { type Job, sideBySide } from '../side-by-side.js';
import { train } from '../train.js';
import { autocorrelations } from './autocorrelation.js';
import { crossing, valueAt } from './crossing.js';
import { type ArmName, armNames, arms, convolutional, type Widths } from './network.js';
import { featureMaps, subset } from './probe.js';

/** What is fixed before any run. */
export interface Setting {
  readonly seeds: readonly number[];
  /** Training images of a seed, as many of each class, drawn by the seed. */
  readonly images: number;
  /** Test images that are scored after every epoch, for the curves; in the end all are. */
  readonly watched: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** At the first step; half a cosine brings it to 0. */
  readonly lr: number;
  readonly rate: number;
  readonly widths: Widths;
  /** The training loss to which steps are counted. */
  readonly limit: number;
  /** Training losses at which gaps are compared. */
  readonly levels: readonly number[];
  /** The largest distance at which elements of the maps are compared. */
  readonly lags: number;
}

export interface Run {
  /** Trained. */
  readonly network: Network;
  readonly epochs: readonly Epoch[];
  /** Steps to the limit; undefined where training ended above it. */
  readonly steps: number | undefined;
  /** Test loss − training loss when the training loss came down to each level; undefined where it never did. */
  readonly gaps: readonly (number | undefined)[];
  /** In the end, by the mean program: of all training images and of all test images. */
  readonly train: Score;
  readonly test: Score;
  /** Of the maps that dropout works on, for each lag, on test images. */
  readonly autocorrelation: readonly number[];
}

/** For each arm a run a seed. */
export type Runs = Readonly<Record<ArmName, readonly Run[]>>;

/** How many test images the maps are looked at for. */
const mapImages = 200;

export async function allRuns(laboratory: Laboratory, setting: Setting): Promise<Runs> {
  const sample = await laboratory.sample('fashion-mnist');
  const jobs = setting.seeds.flatMap((seed) => {
    const data = { ...sample, train: balancedSubset(sample.train, setting.images, seed) };
    return armNames.map(
      (arm): Job<Run> => ({
        doing: `seed ${seed}, ${arms[arm].title}`,
        run: (progress) =>
          oneRun(laboratory, setting, arm, seed, data, (epoch) => progress(epoch / setting.epochs)),
      }),
    );
  });
  const runs = await sideBySide(laboratory, jobs, laboratory.progress);
  return Object.fromEntries(
    armNames.map((arm, i) => [arm, runs.filter((_, job) => job % armNames.length === i)]),
  ) as Record<ArmName, Run[]>;
}

async function oneRun(
  laboratory: Laboratory,
  setting: Setting,
  arm: ArmName,
  seed: number,
  { train: images, test }: Split,
  onEpoch: (epoch: number) => void,
): Promise<Run> {
  const plan = planOf(setting, arm, images, seed);
  const watched = { train: images, test: subset(test, setting.watched) };
  const { network, epochs } = await train(laboratory, plan, watched, setting.epochs, onEpoch);
  const program = laboratory.dropout.meanProgram(network);
  const maps = await featureMaps(laboratory, network, subset(test, mapImages));
  const trainLosses = epochs.map((epoch) => epoch.train.loss);
  const testLosses = epochs.map((epoch) => epoch.test.loss);
  const times = setting.levels.map((level) => crossing(level, trainLosses));
  const end = crossing(setting.limit, trainLosses);
  return {
    network,
    epochs,
    steps: end && end * Math.ceil(images.length / setting.batchSize),
    gaps: times.map((time, i) => time && valueAt(time, testLosses) - (setting.levels[i] as number)),
    train: await scoreOf(laboratory, program, images),
    test: await scoreOf(laboratory, program, test),
    autocorrelation: autocorrelations(maps, setting.lags),
  };
}

function planOf(setting: Setting, arm: ArmName, images: Dataset, seed: number): TrainingPlan {
  const { rate, widths, lr, epochs, batchSize } = setting;
  return {
    network: convolutional(arm, rate, widths, images, seed),
    loss: crossEntropy(),
    optimizer: adam(),
    schedule: cosine(lr, epochs * Math.ceil(images.length / batchSize)),
    batchSize,
    seed,
  };
}
