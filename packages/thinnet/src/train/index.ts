/** @file What the rest of Thinnet, and its users, take from `train/`. */
export type { Engine, SetName, State, TrainRun } from './engine.js';
export { localEngine } from './local-engine.js';
export { binaryCrossEntropy, crossEntropy, type Loss, meanSquaredError } from './loss.js';
export {
  type AdamOptions,
  adam,
  adamW,
  type Optimizer,
  type SgdOptions,
  sgd,
  type WeightDecay,
} from './optimizer.js';
export type { ThinnedPasses } from './passes.js';
export { defaultStepsPerRun, type TrainingPlan } from './plan.js';
export { exportModel } from './predict-program.js';
export type { PredictorOptions } from './predictor.js';
export type { RateChange } from './rates.js';
export { constant, cosine, learningRate, type Schedule, stepDecay, warmUp } from './schedule.js';
export { type Stacked, type StateTensor, type StepProgram, stepProgram } from './step-program.js';
export { trainerOver } from './trainer.js';
export type {
  CheckpointStore,
  EarlyStopping,
  Epoch,
  FitOptions,
  Progress,
  Trainer,
  TrainingData,
} from './trainer-types.js';
