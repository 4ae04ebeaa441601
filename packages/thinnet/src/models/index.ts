/** @file Models ready to use: each a layer that takes images or texts and gives logits. */
export { type AllConvolutionalOptions, allConvolutional } from './all-convolutional.js';
export type { DepthRates } from './depth.js';
export { type LeNetOptions, leNet } from './le-net.js';
export type { Placement } from './placement.js';
export { type ResNetOptions, resNet20 } from './res-net.js';
export { type TextClassifierOptions, textClassifier } from './text-classifier.js';
export { type VisionTransformerOptions, visionTransformer } from './vision-transformer.js';
