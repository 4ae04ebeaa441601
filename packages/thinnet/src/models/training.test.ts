/** @file Each model learns real data through the trainer, and is exported without a trace of dropout. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../data/dataset.js';
import { standardization } from '../data/standardize.js';
import { balancedSubset } from '../data/subset.js';
import { network } from '../nn/build.js';
import type { Layer } from '../nn/scope.js';
import { standardize } from '../nn/standardize.js';
import { readModel } from '../onnx/read.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { asWords } from '../testing/mnist.js';
import { sample } from '../testing/samples.js';
import { localEngine } from '../train/local-engine.js';
import { crossEntropy } from '../train/loss.js';
import { adam } from '../train/optimizer.js';
import { constant } from '../train/schedule.js';
import { trainerOver } from '../train/trainer.js';
import { allConvolutional } from './all-convolutional.js';
import { leNet } from './le-net.js';
import { resNet20 } from './res-net.js';
import { textClassifier } from './text-classifier.js';
import { visionTransformer } from './vision-transformer.js';

/** The loss of a guess among ten classes. */
const chance = Math.log(10);

let images: Dataset;
beforeAll(async () => {
  images = balancedSubset(await sample('mnist', 'train'), 160, 1);
});

/** Trains on 160 digits and gives the mean loss of each epoch, as training saw it, and the exported model. */
async function trained(train: Dataset, layers: readonly Layer[], lr: number, epochs: number) {
  const plan = {
    network: network({ input: train.shape, seed: 1 }, ...layers),
    loss: crossEntropy(),
    optimizer: adam(),
    schedule: constant(lr),
    batchSize: 32,
    seed: 1,
    stepsPerRun: 5,
    threads: 1,
  };
  expect(plan.network.sites.length).toBeGreaterThan(0);
  const data = { train, test: balancedSubset(train, 10) };
  const trainer = trainerOver(await localEngine(plan, data, nodeRuntime), plan, data);
  const losses: number[] = [];
  for await (const { thinnedLoss } of trainer.fit({ epochs })) losses.push(thinnedLoss);
  const model = readModel(await trainer.export());
  await trainer.close();
  return { losses, model };
}

describe('models', () => {
  it.each<[string, Layer, number, number]>([
    ['leNet', leNet({ mapDropout: 0.1, denseDropout: 0.5 }), 0.001, 4],
    ['allConvolutional', allConvolutional({ mapDropout: 0.1 }), 0.005, 14],
    ['resNet20', resNet20({ depthDropout: 0.2 }), 0.003, 4],
    [
      'visionTransformer',
      visionTransformer({ depth: 2, attentionDropout: 0.1, mlpDropout: 0.1, depthDropout: 0.1 }),
      0.005,
      12,
    ],
  ])(
    '%s learns to read digits, and its export has the features for its only input',
    async (_, layer, lr, epochs) => {
      const { mean, std } = standardization(images);
      const { losses, model } = await trained(images, [standardize(mean, std), layer], lr, epochs);
      expect(losses.at(-1)).toBeLessThan(0.85 * chance);
      expect(losses.at(-1)).toBeLessThan(losses[0] as number);
      expect(model.graph.inputs.map(({ name }) => name)).toEqual(['x']);
      expect(model.graph.nodes.filter(({ op }) => op === 'Dropout')).toEqual([]);
    },
  );

  it('textClassifier learns digits written as words', async () => {
    const words = asWords(images);
    // Every seventh word: a short text, so that the unrolled network stays small.
    const length = 28;
    const features = Float32Array.from(
      { length: words.length * length },
      (_, i) => words.features[Math.floor(i / length) * 196 + 7 * (i % length)] as number,
    );
    const layer = textClassifier({
      vocabulary: 392,
      classes: 10,
      embeddingDropout: 0.05,
      inputDropout: 0.1,
      recurrentDropout: 0.1,
    });
    const { losses, model } = await trained({ ...words, shape: [length], features }, [layer], 0.01, 10);
    expect(losses.at(-1)).toBeLessThan(0.85 * chance);
    expect(model.graph.inputs.map(({ name }) => name)).toEqual(['x']);
  });
});
