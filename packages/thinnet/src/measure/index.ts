/** @file Measures: pure functions on arrays that say what dropout did. */
export { ablationMask } from './ablation.js';
export { inactiveShare, type UnitCorrelations, unitCorrelations } from './activations.js';
export { adaptiveCalibrationError } from './adaptive.js';
export { binaryCrossEntropy, binaryError, binaryScore } from './binary.js';
export type { Calibration, ReliabilityBin } from './calibration.js';
export { calibration } from './calibration.js';
export type { Labels, Numbers } from './check.js';
export type { Score } from './classification.js';
export { classificationError, classificationScore, crossEntropy } from './classification.js';
export { generalizationGap } from './gap.js';
export type { Interval, MeanEstimate } from './interval.js';
export { meanInterval } from './interval.js';
export type { PairedComparison, PairedTest } from './paired.js';
export { pairedComparison } from './paired.js';
export { meanSquaredError, regressionScore, rootMeanSquaredError } from './regression.js';
export { brierScore, negativeLogLikelihood } from './scoring.js';
export { softmax } from './softmax.js';
export { studentQuantile, studentTwoSided } from './student.js';
