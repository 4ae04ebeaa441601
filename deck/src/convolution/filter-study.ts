/** @file The measurements behind the card `conv-gradient`, network by network. */
import {
  adam,
  balancedSubset,
  constant,
  crossEntropy,
  type Dataset,
  type Network,
  type NoiseSite,
  type Split,
  type TrainingPlan,
} from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { withParameters } from '../run.js';
import { type Job, sideBySide } from '../side-by-side.js';
import { type Trained, train } from '../train.js';
import { autocorrelations } from './autocorrelation.js';
import { type Comparison, compareGradients } from './compare-gradients.js';
import { explainedInMaps, explainedInUnits, type ReconstructionName } from './explained.js';
import { mapsOf } from './maps.js';
import { convolutional, denseLayer, fullyConnected, pointwise, type Widths } from './network.js';
import { featureMaps, inputOf, layerInput, subset } from './probe.js';

/** What is fixed before any run. */
export interface FilterSetting {
  /** A pair of networks each: one convolutional, one dense. */
  readonly seeds: readonly number[];
  readonly images: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lr: number;
  readonly widths: Widths;
  /** Of each hidden layer of the dense network. */
  readonly units: number;
  /** Of the dropout that the networks are trained with, and of what is reconstructed. */
  readonly rate: number;
  /** At which gradients are compared; `rate` and `highRate` are among them. */
  readonly rates: readonly number[];
  /** At which the gradient is expected to change. */
  readonly highRate: number;
  readonly batches: number;
  readonly masks: number;
  /** Training images to fit predictors on, and as many test images to judge them: of maps, which have many places, and of units. */
  readonly fitted: { readonly maps: number; readonly units: number };
}

/** Where the dropout is, and which. */
export const places = {
  convolution: { title: 'convolution, element-wise', arm: 'elementWise' },
  channels: { title: 'convolution, spatial', arm: 'spatial' },
  dense: { title: 'dense layer', arm: undefined },
} as const;

export type PlaceName = keyof typeof places;
export const placeNames = Object.keys(places) as PlaceName[];

/** Everything that one seed's pair of networks shows. */
export interface FilterRun {
  /** For each place and rate. */
  readonly comparisons: Readonly<Record<PlaceName, readonly Comparison[]>>;
  /** Correlation of neighbouring activations, and of the error signals of neighbouring outputs. */
  readonly activations: number;
  readonly errors: number;
  /** R² on held-out images. */
  readonly explained: Readonly<Record<ReconstructionName, number>>;
}

export async function filterRun(
  laboratory: Laboratory,
  setting: FilterSetting,
  seed: number,
  progress: (done: number, doing: string) => void,
): Promise<FilterRun> {
  const sample = await laboratory.sample('fashion-mnist');
  const images = balancedSubset(sample.train, setting.images, seed);
  // The trainer scores a test set after every epoch; nobody looks at the scores here, so it is as small as it can be.
  const watched = { train: images, test: balancedSubset(sample.test, sample.test.classes) };
  const { rate, rates, widths, units, batchSize, batches, masks } = setting;
  const networks = [
    convolutional('elementWise', rate, widths, images, seed),
    fullyConnected(rate, units, images, seed),
  ];
  const jobs = networks.map(
    (network): Job<Trained> => ({
      doing: 'training',
      run: (share) =>
        train(laboratory, planOf(setting, network, seed), watched, setting.epochs, (epoch) =>
          share(epoch / setting.epochs),
        ),
    }),
  );
  const [conv, fully] = (await sideBySide(laboratory, jobs, (done, doing) =>
    progress(0.6 * done, doing),
  )) as [Trained, Trained];

  const compare = (network: Network, layer: string, { parameters }: Trained) =>
    compareGradients(laboratory, withParameters(network, parameters), layer, images, {
      rates,
      batches,
      batchSize,
      masks,
      seed,
    });
  const withArm = (place: 'convolution' | 'channels') =>
    compare(convolutional(places[place].arm, rate, widths, images, seed), pointwise, conv);
  const convolution = await withArm('convolution');
  progress(0.7, 'gradients of the filter');
  const channels = await withArm('channels');
  progress(0.8, 'gradients of the filter');
  const dense = await compare(fully.network, denseLayer, fully);
  progress(0.9, 'gradients of the dense layer');

  const [filters, height, width] = inputOf(conv.network.graph, pointwise).shape as [number, number, number];
  const errors = mapsOf(convolution.errors, { channels: filters, height, width });
  return {
    comparisons: { convolution: convolution.byRate, channels: channels.byRate, dense: dense.byRate },
    errors: autocorrelations(errors, 1)[1] as number,
    ...(await whatIsKnown(laboratory, setting, seed, { train: images, test: sample.test }, conv, fully)),
  };
}

/** What neighbours and similar units know of activations, on images that no predictor was fitted to. */
async function whatIsKnown(
  laboratory: Laboratory,
  { fitted, units, rate, widths }: FilterSetting,
  seed: number,
  { train: images, test }: Split,
  { network: conv }: Trained,
  { network: fully }: Trained,
): Promise<Pick<FilterRun, 'activations' | 'explained'>> {
  const mapsFor = (set: Dataset) => featureMaps(laboratory, conv, subset(set, fitted.maps, seed));
  const unitsFor = async (set: Dataset) => ({
    units,
    values: await layerInput(laboratory, fully, denseLayer, subset(set, fitted.units, seed)),
  });
  const [fitMaps, testMaps] = [await mapsFor(images), await mapsFor(test)];
  const sites = {
    elementWise: conv.sites[0] as NoiseSite,
    spatial: convolutional('spatial', rate, widths, images, seed).sites[0] as NoiseSite,
  };
  const ofUnits = [await unitsFor(images), await unitsFor(test), seed, fully.sites[0] as NoiseSite] as const;
  return {
    activations: autocorrelations(testMaps, 1)[1] as number,
    explained: {
      ...explainedInMaps(laboratory, fitMaps, testMaps, seed, sites),
      ...explainedInUnits(laboratory, ...ofUnits),
    },
  };
}

const planOf = ({ lr, batchSize }: FilterSetting, network: Network, seed: number): TrainingPlan => ({
  network,
  loss: crossEntropy(),
  optimizer: adam(),
  schedule: constant(lr),
  batchSize,
  seed,
});
