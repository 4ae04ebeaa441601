/** @file What the rest of Thinnet, and its users, take from `nn/`. */
export {
  type AxisOptions,
  elu,
  gelu,
  leakyRelu,
  logSoftmax,
  relu,
  type SlopeOptions,
  selu,
  sigmoid,
  softmax,
  softplus,
  tanh,
} from './activations.js';
export { type Advice, type AdviceName, type AdviseOptions, adviceNames, adviseOn } from './advice/advice.js';
export type { WarnOptions } from './advice/warn.js';
export { classToken, type LearnedTokenOptions, positionalEmbedding } from './attention/embeddings.js';
export { type AttentionOptions, multiHeadAttention } from './attention/multi-head.js';
export { type PatchEmbeddingOptions, patchEmbedding } from './attention/patch-embedding.js';
export { type TransformerBlockOptions, transformerBlock } from './attention/transformer-block.js';
export { type NetworkOptions, network } from './build.js';
export { add, block, residual, sequential } from './compose.js';
export {
  type ConvOptions,
  conv1d,
  conv2d,
  conv3d,
  type DepthwiseOptions,
  depthwiseConv2d,
  separableConv2d,
} from './conv.js';
export { type DenseOptions, dense } from './dense.js';
export { alphaDropout, featureAlphaDropout } from './dropout/alpha.js';
export { attentionDropout } from './dropout/attention.js';
export { batchwiseDropout } from './dropout/batchwise.js';
export { type ConcreteDropoutOptions, concreteDropout } from './dropout/concrete.js';
export { type DropBlockOptions, dropBlock } from './dropout/drop-block.js';
export { dropConnect } from './dropout/drop-connect.js';
export { dropPath } from './dropout/drop-path.js';
export { type EmbeddingOptions, embedding } from './dropout/embedding.js';
export type { LearnedNoiseOptions } from './dropout/learned.js';
export { spatialDropout } from './dropout/spatial.js';
export { type StandoutOptions, standout } from './dropout/standout.js';
export { type VariationalDropoutOptions, variationalDropout } from './dropout/variational.js';
export {
  type VariationalGaussianOptions,
  variationalGaussianDropout,
} from './dropout/variational-gaussian.js';
export { type DropoutOptions, dropout, gaussianDropout, standardDropout } from './dropout.js';
export { fromOnnx, type ImportOptions } from './import.js';
export * from './init.js';
export { orthogonal } from './init-orthogonal.js';
export type { Network, Parameter, Statistic } from './network.js';
export {
  type BatchNormOptions,
  batchNorm,
  groupNorm,
  type LayerNormOptions,
  layerNorm,
  type NormOptions,
} from './normalize.js';
export { rmsNorm } from './normalize-rms.js';
export { atTime, maxOverTime, meanOverTime } from './over-time.js';
export {
  type AveragePoolOptions,
  avgPool,
  globalAvgPool,
  globalMaxPool,
  maxPool,
  type PoolOptions,
} from './pool.js';
export { meanProgram, thinnedProgram } from './programs.js';
export { bidirectional, type Direction } from './recurrent/bidirectional.js';
export { type GruOptions, gru } from './recurrent/gru.js';
export { type LstmOptions, lstm } from './recurrent/lstm.js';
export type { RecurrentOptions } from './recurrent/options.js';
export { type SimpleRnnOptions, simpleRnn } from './recurrent/simple-rnn.js';
export { flatten, reshape } from './reshape.js';
export { type ResidualBlockOptions, residualBlock } from './residual-block.js';
export {
  type Layer,
  type LayerOptions,
  type NoiseOptions,
  type ParameterOptions,
  type ReplacedKind,
  Scope,
} from './scope.js';
export { standardize } from './standardize.js';
export type { PerAxis, WindowOptions } from './window.js';
