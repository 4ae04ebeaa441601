/** @file Everything public that runs anywhere. What needs Node is in `thinnet/node`, what needs a browser in `thinnet/web`. */
export * from './data/index.js';
export { ThinnetError } from './error.js';
export * from './grad/index.js';
export * from './graph/index.js';
export {
  ablationMask,
  adaptiveCalibrationError,
  binaryScore,
  brierScore,
  type Calibration,
  calibration,
  classificationError,
  classificationScore,
  generalizationGap,
  type Interval,
  inactiveShare,
  type Labels,
  type MeanEstimate,
  meanInterval,
  type Numbers,
  negativeLogLikelihood,
  type PairedComparison,
  type PairedTest,
  pairedComparison,
  type ReliabilityBin,
  regressionScore,
  type Score,
  // `softmax` is the layer.
  softmax as classProbabilities,
  type UnitCorrelations,
  unitCorrelations,
} from './measure/index.js';
export * from './models/index.js';
export * from './nn/index.js';
export * from './noise/index.js';
export * from './onnx/index.js';
export type { Feeds, LoadOptions, Program, Runtime } from './runtime/runtime.js';
export * from './train/index.js';
export * from './uncertainty/index.js';
