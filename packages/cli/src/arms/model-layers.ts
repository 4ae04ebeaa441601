/** @file Each model's layers, with an arm's dropout in their places. */

import type { Layer } from 'thinnet';
import * as thinnet from 'thinnet';
import { ThinnetError } from 'thinnet';
import type { ActivationName, ModelName } from 'thinnet-runs';
import type { InitName, Parts } from './parts.js';

/** For each activation the library's layer, and how the weights in front of it begin. */
const activations: Readonly<
  Record<ActivationName, { readonly layer: () => Layer; readonly init: InitName }>
> = {
  relu: { layer: () => thinnet.relu(), init: 'heNormal' },
  'leaky-relu': { layer: () => thinnet.leakyRelu(), init: 'heNormal' },
  elu: { layer: () => thinnet.elu(), init: 'heNormal' },
  selu: { layer: () => thinnet.selu(), init: 'lecunNormal' },
  gelu: { layer: () => thinnet.gelu(), init: 'heNormal' },
  tanh: { layer: () => thinnet.tanh(), init: 'glorotNormal' },
  sigmoid: { layer: () => thinnet.sigmoid(), init: 'glorotNormal' },
};

/**
 * Flatten, then [input dropout,] dense, activation for each hidden width, and [dropout,] dense to the classes; each
 * dropout is in front of the dense layer that reads what it drops, since some kinds concern that layer's weights.
 */
function mlp({ settings: { hidden, activation }, input, ...arm }: Parts): readonly Layer[] {
  const { layer, init } = activations[activation];
  const dropout = (number: number) => (number === 0 ? 'input.dropout' : `hidden${number}.dropout`);
  return [
    ...(input.shape.length > 1 ? [thinnet.flatten()] : []),
    ...hidden.flatMap((units, i) => [
      ...arm.dense({ number: i, units, name: `hidden${i + 1}`, init, dropout: dropout(i), isFirst: i === 0 }),
      arm.activation(layer(), dropout(i + 1)),
    ]),
    ...arm.dense({
      number: hidden.length,
      units: input.classes,
      name: 'output',
      init: 'glorotNormal',
      dropout: dropout(hidden.length),
      isFirst: hidden.length === 0,
    }),
  ];
}

/** Two convolutions lie before the dense layers, so that those are numbers 2 and 3. */
function cnn({ input, maps, ...arm }: Parts): readonly Layer[] {
  const dropout = 'dense1.dropout';
  const head = thinnet.sequential(
    thinnet.flatten(),
    thinnet.dense(1024, { name: 'dense1' }),
    arm.activation(thinnet.relu(), dropout),
    ...arm.dense({ number: 3, units: input.classes, name: 'output', init: 'heNormal', dropout }),
  );
  return [thinnet.leNet({ mapDropout: maps, head })];
}

const allconv = ({ input, maps }: Parts): readonly Layer[] => [
  thinnet.allConvolutional({ classes: input.classes, mapDropout: maps }),
];

/** The dense layer's number only sets its weights apart from all others. */
function resnet20({ input, maps, ...arm }: Parts): readonly Layer[] {
  const head = arm.dense({
    number: 100,
    units: input.classes,
    name: 'output',
    init: 'heNormal',
    dropout: 'features.dropout',
  });
  // ResNet-20's blocks, three of each of three stages; the library refuses rates for any other number.
  const depthDropout = arm.branches(3 * 3);
  return [thinnet.resNet20({ mapDropout: maps, depthDropout, head: thinnet.sequential(...head) })];
}

const vitBlocks = 4;

const vit = ({ input, ...arm }: Parts): readonly Layer[] => [
  thinnet.visionTransformer({
    classes: input.classes,
    depth: vitBlocks,
    dropout: arm.rateAt('dense'),
    mlpDropout: arm.rateAt('dense'),
    attentionDropout: arm.rateAt('attention'),
    depthDropout: arm.branches(vitBlocks),
  }),
];

/** An embedding and the LSTM's three parameters come first: the dense layer's number only sets its weights apart from theirs. */
function text({ input: { classes, words }, ...arm }: Parts): readonly Layer[] {
  if (words === undefined)
    throw new ThinnetError('the model text takes texts; name their column with --text');
  const head = arm.dense({
    number: 100,
    units: classes,
    name: 'output',
    init: 'glorotNormal',
    dropout: 'state.dropout',
  });
  return [
    thinnet.textClassifier({
      vocabulary: words,
      embeddingDropout: arm.rateAt('words'),
      inputDropout: arm.rateAt('inputs'),
      recurrentDropout: arm.rateAt('state'),
      head: thinnet.sequential(...head),
    }),
  ];
}

export const modelLayers: Readonly<Record<ModelName, (parts: Parts) => readonly Layer[]>> = {
  mlp,
  cnn,
  allconv,
  resnet20,
  vit,
  text,
};
