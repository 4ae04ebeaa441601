import { balancedSubset, type Network, type NoiseSite } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { faults } from '../faults/index.js';
import { nodeLaboratory } from '../node/index.js';
import { featuresOf } from '../predict.js';
import { floats, numbersOf, runOnce } from '../run.js';
import { compareGradients, cosine } from './compare-gradients.js';
import { gradientProgram, ports } from './filter-gradient.js';
import { type ArmName, convolutional, denseLayer, fullyConnected, pointwise } from './network.js';
import { featureMaps } from './probe.js';

const laboratory = nodeLaboratory();
const [examples, channels, area] = [10, 5, 49] as const;
const { train } = await laboratory.sample('fashion-mnist');
const images = balancedSubset(train, examples, 1);
const conv = (arm: ArmName, rate = 0.5): Network => convolutional(arm, rate, [2, 3, channels], images, 4);

/** The program's outputs for the images under a given noise. */
async function gradientsUnder(network: Network, layer: string, noise: Float32Array, dims: readonly number[]) {
  const targets = new Float32Array(examples * 10);
  for (const [i, label] of images.labels.entries()) targets[10 * i + label] = 1;
  const results = await runOnce(laboratory, gradientProgram(laboratory, network, layer), {
    [ports.features]: floats([examples, ...images.shape], featuresOf(images)),
    [ports.targets]: floats([examples, 10], targets),
    [(network.sites[0] as NoiseSite).input]: floats(dims, noise),
  });
  const read = (name: keyof typeof ports) => numbersOf(results, ports[name]);
  return {
    without: read('without'),
    whole: read('whole'),
    held: read('held'),
    arriving: read('arriving'),
    errors: read('errors'),
  };
}

/** 0 or 2, in a pattern without a period that fits the maps. */
const pattern = (length: number) =>
  Float32Array.from({ length }, (_, i) => ((i * i + 3 * i) % 7 < 3 ? 0 : 2));
const length = examples * channels * area;
const dims = [examples, channels, 7, 7];

describe('the gradients of a filter behind dropout', () => {
  it('are all the same where nothing is dropped', async () => {
    const found = await gradientsUnder(
      conv('elementWise'),
      pointwise,
      new Float32Array(length).fill(1),
      dims,
    );
    expect(cosine(found.without, found.whole)).toBeCloseTo(1, 6);
    expect(cosine(found.without, found.held)).toBeCloseTo(1, 6);
  });

  it('are Σ over examples and places of error signal · masked activation, where error signals are held', async () => {
    const network = conv('elementWise');
    const noise = pattern(length);
    const { held, errors } = await gradientsUnder(network, pointwise, noise, dims);
    const { values } = await featureMaps(laboratory, network, images);
    expect(held).toHaveLength(channels * channels);
    for (let m = 0; m < channels; m++)
      for (let c = 0; c < channels; c++) {
        let expected = 0;
        for (let n = 0; n < examples; n++)
          for (let p = 0; p < area; p++) {
            const at = (n * channels + c) * area + p;
            expected +=
              (errors[(n * channels + m) * area + p] as number) *
              (values[at] as number) *
              (noise[at] as number);
          }
        expect(held[m * channels + c]).toBeCloseTo(expected, 5);
      }
  });

  it('reach nothing of what is dropped, and something elsewhere', async () => {
    const noise = pattern(length);
    const { arriving } = await gradientsUnder(conv('elementWise'), pointwise, noise, dims);
    expect(arriving.filter((g, at) => noise[at] === 0 && g !== 0)).toHaveLength(0);
    expect(arriving.filter((g, at) => noise[at] !== 0 && g !== 0).length).toBeGreaterThan(0);
  });

  it('are 0 for channels that spatial dropout takes from every example', async () => {
    const noise = Float32Array.from({ length: examples * channels }, (_, i) => (i % channels === 2 ? 0 : 1));
    const { whole, held, without } = await gradientsUnder(conv('spatial'), pointwise, noise, [
      examples,
      channels,
      1,
      1,
    ]);
    for (let m = 0; m < channels; m++)
      for (const gradient of [whole, held]) expect(gradient[m * channels + 2]).toBe(0);
    expect(without.some((g, at) => at % channels === 2 && g !== 0)).toBe(true);
  });

  it('are those of a dense layer too', async () => {
    const network = fullyConnected(0.5, 6, images, 2);
    const found = await gradientsUnder(network, denseLayer, pattern(examples * 6), [examples, 6]);
    expect(found.whole).toHaveLength(36);
    expect(found.held).toHaveLength(36);
    expect(cosine(found.held, found.without)).toBeLessThan(1);
  });
});

describe('comparing gradients', () => {
  const draws = { rates: [0, 0.5], batches: 1, batchSize: examples, masks: 3, seed: 1 };

  it('finds no difference at rate 0, and one at 0.5, larger where whole channels go', async () => {
    const compare = (arm: 'elementWise' | 'spatial') =>
      compareGradients(laboratory, conv(arm), pointwise, images, draws);
    const [element, spatial] = [await compare('elementWise'), await compare('spatial')];
    for (const { byRate } of [element, spatial]) {
      const [none, half] = byRate;
      expect(none?.held).toBeCloseTo(1, 6);
      expect(none?.whole).toBeCloseTo(1, 6);
      expect(none?.agreement).toBeCloseTo(1, 6);
      expect(none?.dropped).toBe(0);
      expect(half?.held).toBeLessThan(1);
      expect(half?.silent).toBe(half?.dropped);
      expect(half?.elements).toBe(3 * length);
    }
    expect(spatial.byRate[1]?.held).toBeLessThan(element.byRate[1]?.held as number);
    expect(element.errors).toHaveLength(length);
  });

  it('gives the same numbers again', async () => {
    const once = () => compareGradients(laboratory, conv('elementWise'), pointwise, images, draws);
    expect(await once()).toEqual(await once());
  });

  it('finds out a gradient that goes past the masks', async () => {
    const faulty = nodeLaboratory({ dropout: faults.gradientNotMasked.dropout });
    const { byRate } = await compareGradients(faulty, conv('elementWise'), pointwise, images, draws);
    expect(byRate[1]?.silent).toBeLessThan(byRate[1]?.dropped as number);
  });
});

describe('the cosine', () => {
  it('is 1 for the same direction, 0 for perpendicular vectors and for none', () => {
    expect(cosine(Float32Array.of(1, 2), Float32Array.of(2, 4))).toBeCloseTo(1, 12);
    expect(cosine(Float32Array.of(1, 0), Float32Array.of(0, 5))).toBe(0);
    expect(cosine(Float32Array.of(0, 0), Float32Array.of(0, 5))).toBe(0);
  });
});
