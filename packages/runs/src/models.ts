/** @file The layers of the models that are compared, each on one line. */
import type { ModelName } from './settings.js';

export const modelLayers: Readonly<Record<ModelName, string>> = {
  mlp: 'dense layers (--hidden, --activation)',
  cnn: 'conv 5×5×32, max-pool 2, conv 5×5×64, max-pool 2, dense 1024; relu',
  allconv: 'conv 3×3×16, 3×3×16 stride 2, 3×3×32, 3×3×32 stride 2, 3×3×64, 1×1×64, 1×1; relu',
  resnet20: 'ResNet-20: conv 3×3×16, three blocks each of 16, 32, 64 filters; batch normalisation, relu',
  vit: 'vision transformer: patches 4×4, width 64, 4 blocks of 4 heads and mlp 128',
  text: 'embedding of width 64, LSTM of 64 units and its last state, dense layer',
};
