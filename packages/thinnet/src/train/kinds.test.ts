/** @file Every kind of dropout trains on real data, and leaves nothing of itself in the exported model. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Value } from '../graph/value.js';
import { relu, selu, softmax } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { add, residual, sequential } from '../nn/compose.js';
import { dense } from '../nn/dense.js';
import { alphaDropout, featureAlphaDropout } from '../nn/dropout/alpha.js';
import { attentionDropout } from '../nn/dropout/attention.js';
import { batchwiseDropout } from '../nn/dropout/batchwise.js';
import { concreteDropout } from '../nn/dropout/concrete.js';
import { dropBlock } from '../nn/dropout/drop-block.js';
import { dropConnect } from '../nn/dropout/drop-connect.js';
import { dropPath } from '../nn/dropout/drop-path.js';
import { embedding } from '../nn/dropout/embedding.js';
import { spatialDropout } from '../nn/dropout/spatial.js';
import { standout } from '../nn/dropout/standout.js';
import { variationalDropout } from '../nn/dropout/variational.js';
import { variationalGaussianDropout } from '../nn/dropout/variational-gaussian.js';
import { dropout, gaussianDropout, standardDropout } from '../nn/dropout.js';
import { lecunNormal, normalInit } from '../nn/init.js';
import { flatten, reshape } from '../nn/reshape.js';
import type { Layer } from '../nn/scope.js';
import { standardize } from '../nn/standardize.js';
import { linearDepthRates } from '../noise/schedule.js';
import type { NoiseKind } from '../noise/site.js';
import { ints } from '../onnx/attribute.js';
import { readModel } from '../onnx/read.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { asWords, smallMnist } from '../testing/mnist.js';
import { floats } from '../testing/noise.js';
import { runGraph } from '../testing/run.js';
import { localEngine } from './local-engine.js';
import { crossEntropy } from './loss.js';
import { adam } from './optimizer.js';
import type { TrainingPlan } from './plan.js';
import { exportModel } from './predict-program.js';
import { constant } from './schedule.js';
import { scoreOf } from './score.js';
import type { TrainingData } from './trainer-types.js';

const examples = 1000;
const epochs = 6;

const pixels = standardize(33.3, 78.6);
const hidden = sequential(pixels, flatten(), dense(64), relu());
const scaled = sequential(pixels, flatten(), dense(64, { init: lecunNormal() }), selu());
const last = dense(10);

/** Self-attention of one head over the image's rows [N, 28, 28], with dropout of its weights, around a shortcut. */
const attention =
  (rate: number): Layer =>
  (x, scope) => {
    const b = scope.builder;
    const [query, key, value] = [0, 1, 2].map(() => dense(16)(x, scope));
    const scores = b.op('MatMul', [query, b.op('Transpose', [key], { perm: ints([0, 2, 1]) })]);
    const weights = softmax()(b.op('Mul', [scores, b.scalar(0.25)]), scope);
    const attended = b.op('MatMul', [attentionDropout(rate)(weights, scope), value]);
    return add(value as Value, attended, scope);
  };

/** A network on images [28, 28], or on words, for each kind. */
const networks: { readonly [K in NoiseKind]: readonly Layer[] } = {
  dropout: [hidden, dropout(0.3), last],
  standard: [hidden, standardDropout(0.3), last],
  spatial: [hidden, reshape([16, 2, 2]), spatialDropout(0.2), flatten(), last],
  dropblock: [
    pixels,
    reshape([1, 28, 28]),
    dropBlock(0.2, { blockSize: 4 }),
    flatten(),
    dense(64),
    relu(),
    last,
  ],
  gaussian: [hidden, gaussianDropout(0.3), last],
  alpha: [scaled, alphaDropout(0.1), last],
  featureAlpha: [scaled, reshape([32, 2]), featureAlphaDropout(0.1), flatten(), last],
  batchwise: [hidden, batchwiseDropout(0.3), last],
  dropconnect: [pixels, flatten(), dropConnect(64, 0.3), relu(), last],
  embedding: [embedding(392, 4, { rate: 0.2, init: normalInit(0.1) }), flatten(), last],
  variational: [pixels, dense(32), relu(), variationalDropout(0.2), flatten(), last],
  depth: [
    hidden,
    ...linearDepthRates(2, 0.4).map((rate) => residual(dense(64), relu(), dropPath(rate))),
    last,
  ],
  attention: [pixels, attention(0.1), flatten(), last],
  concrete: [hidden, concreteDropout(0.2, { examples, lengthScale: 0.1 }, last)],
  variationalGaussian: [hidden, variationalGaussianDropout(0.2, { examples }), last],
  standout: [pixels, flatten(), dense(64), standout(relu()), last],
};

describe('on 1,000 images of MNIST', () => {
  let images: TrainingData;
  beforeAll(async () => {
    images = await smallMnist(examples, 500);
  });

  it.each(Object.keys(networks) as NoiseKind[])(
    '%s trains to an error below 0.2, and its mean program holds no noise',
    async (kind) => {
      const words = kind === 'embedding';
      const data = words ? { train: asWords(images.train), test: asWords(images.test) } : images;
      const plan: TrainingPlan = {
        network: network({ input: data.train.shape, seed: 3 }, ...networks[kind]),
        loss: crossEntropy(),
        optimizer: adam(),
        schedule: constant(0.004),
        batchSize: 50,
        seed: 1,
        stepsPerRun: 20,
        threads: 1,
      };
      expect(new Set(plan.network.sites.map((site) => site.kind))).toEqual(new Set([kind]));

      const engine = await localEngine(plan, data, nodeRuntime);
      try {
        for (let epoch = 0; epoch < epochs; epoch++)
          await engine.train({ epoch, first: 0, count: examples / plan.batchSize });
        const outputs = await engine.predict('test');
        expect(scoreOf(plan.loss, outputs, data.test).error).toBeLessThan(0.2);

        const state = await engine.state();
        for (const { name } of plan.network.parameters.filter((parameter) =>
          parameter.name.endsWith('.logit'),
        ))
          expect(state[name]).not.toEqual(plan.network.graph.initializers.find((t) => t.name === name)?.data);

        // The exported file: one input, no noise, nothing that only noise needs, the same predictions.
        const { graph } = readModel(exportModel(plan.network, state));
        expect(graph.inputs.map((info) => info.name)).toEqual(['x']);
        const names = [...graph.nodes, ...graph.initializers].map(({ name }) => name);
        const text = JSON.stringify([names, graph.nodes.map(({ op, inputs }) => [op, inputs])]);
        for (const trace of ['noise', 'penalty', 'logit', '"Dropout"']) expect(text).not.toContain(trace);
        const size = data.test.shape.reduce((a, b) => a * b, 1);
        const x = floats([20, ...data.test.shape], data.test.features.subarray(0, 20 * size));
        const { y } = await runGraph(graph, { x });
        for (const [i, value] of (y!.data as Float32Array).entries())
          expect(value).toBeCloseTo(outputs[i] as number, 3);
      } finally {
        await engine.close();
      }
    },
  );
});
