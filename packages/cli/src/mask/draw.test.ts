import { createHash } from 'node:crypto';
import type { NoiseSite } from 'thinnet';
import { fillNoise, kinds } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.js';
import type { MaskChoice } from './draw.js';
import { drawMask } from './draw.js';
import { factsInWords, factsOf } from './facts.js';
import { maskKinds } from './kinds.js';
import type { MaskKindName } from './names.js';
import { maskKindNames } from './names.js';

const choice = (
  kind: MaskKindName,
  shape: readonly number[],
  changes: Partial<MaskChoice> = {},
): MaskChoice => ({
  kind,
  rate: 0.3,
  shape,
  blockSize: kind === 'dropblock' ? 3 : undefined,
  seed: 5,
  step: 7,
  site: 2,
  ...changes,
});

/** For each kind what is dropped from, and the noise that docs/kinds.md says its layer has for it. */
const cases: Readonly<Record<MaskKindName, { shape: number[]; noise: number[]; more?: object }>> = {
  dropout: { shape: [6, 5], noise: [6, 5] },
  standard: { shape: [6, 2, 5], noise: [6, 2, 5] },
  gaussian: { shape: [6, 50], noise: [6, 50] },
  alpha: { shape: [6, 5], noise: [6, 5], more: { part: 'scale' } },
  'feature-alpha': { shape: [2, 9, 4, 3], noise: [2, 9, 1, 1], more: { part: 'scale' } },
  spatial: { shape: [2, 9, 4], noise: [2, 9, 1] },
  dropblock: { shape: [2, 3, 9, 8], noise: [2, 3, 9, 8], more: { blockSize: 3 } },
  variational: { shape: [3, 4, 8], noise: [3, 1, 8] },
  depth: { shape: [20, 4, 3], noise: [20, 1, 1] },
  attention: { shape: [2, 2, 4, 4], noise: [2, 2, 4, 4] },
  batchwise: { shape: [6, 40], noise: [1, 40] },
  dropconnect: { shape: [7, 9], noise: [7, 9] },
  embedding: { shape: [30, 4], noise: [30, 1] },
  concrete: { shape: [6, 15], noise: [6, 15] },
  'variational-gaussian': { shape: [6, 15], noise: [6, 15] },
  standout: { shape: [6, 15], noise: [6, 15] },
};

it('the kinds are those of the library', () => {
  expect(maskKindNames.map((name) => maskKinds[name].kind).sort()).toEqual(Object.keys(kinds).sort());
});

describe.each(maskKindNames)('a mask of kind %s', (name) => {
  const { shape, noise: noiseShape, more } = cases[name];
  const mask = drawMask(choice(name, shape));
  const expected = new Float32Array(noiseShape.reduce((a, b) => a * b));
  const site = {
    id: 2,
    name: 'it',
    input: 'it',
    kind: maskKinds[name].kind,
    rate: 0.3,
    shape: noiseShape,
    ...more,
  };
  fillNoise(site as unknown as NoiseSite, { seed: 5, step: 7 }, expected);

  it("is the library's noise of that seed, step and site, in the shape of the kind's layer", () => {
    expect(mask.noiseShape).toEqual(noiseShape);
    expect(mask.noise).toEqual(expected);
  });

  it('has the facts that its numbers give', () => {
    const values = [...expected];
    const facts = factsOf(mask);
    const different = [...new Set(values)].sort((a, b) => a - b);
    expect(facts).toMatchObject({
      kind: name,
      shape,
      noiseShape,
      elements: expected.length,
      values: different.length > 8 ? null : different,
      least: different[0],
      largest: different.at(-1),
      mean: expect.closeTo(values.reduce((a, b) => a + b) / values.length, 12),
      sha256: createHash('sha256').update(new Uint8Array(expected.buffer)).digest('hex'),
    });
    const dropped = {
      mask: values.filter((value) => value === 0).length,
      uniform: values.filter((u) => u >= 0.7).length,
    };
    const { meaning } = maskKinds[name];
    const isNormal = meaning === 'gaussian' || meaning === 'normal';
    expect(facts.dropped).toBe(isNormal ? null : dropped[meaning] / values.length);
    expect(facts.fed === undefined).toBe(meaning === 'mask');
    expect(factsInWords(facts).join(' ')).toContain(facts.sha256.slice(0, 12));
  });
});

describe('masks at the edges', () => {
  it('at rate 0, where the layer is the identity, are all ones', () => {
    for (const kind of ['dropout', 'dropblock', 'dropconnect', 'gaussian', 'alpha'] as const) {
      const { noise } = drawMask(choice(kind, kind === 'dropblock' ? [1, 2, 5, 5] : [4, 5], { rate: 0 }));
      expect(new Set(noise)).toEqual(new Set([1]));
    }
  });

  it('at rate 1 are all zeros', () => {
    expect(factsOf(drawMask(choice('spatial', [4, 5, 3], { rate: 1 })))).toMatchObject({
      dropped: 1,
      values: [0],
      mean: 0,
    });
  });

  it('say which block there is on a map that is smaller than the block', () => {
    const facts = factsOf(drawMask(choice('dropblock', [1, 1, 9, 4], { blockSize: 7 })));
    expect(factsInWords(facts)[0]).toBe(
      'dropblock 0.3, block size 4: noise [1, 1, 9, 4] · seed 5, step 7, site 2',
    );
  });

  it('are described in one or two lines', () => {
    const facts = factsOf(drawMask(choice('spatial', [2, 9, 4, 4])));
    expect(factsInWords(facts)).toEqual([
      'spatial 0.3: noise [2, 9, 1, 1], broadcast to [2, 9, 4, 4] · seed 5, step 7, site 2',
      expect.stringMatching(
        /^18 elements · [\d.]+ % dropped · values 0, 1\.4286 · mean [\d.]+ · sha256 [0-9a-f]{12}$/,
      ),
    ]);
    const [, fed] = factsInWords(factsOf(drawMask(choice('variational-gaussian', [9, 4], { rate: 0.2 }))));
    expect(fed).toBe(
      'ε ~ N(0, 1), of which the layer makes factors 1 + √α·ε: where its rate is 0.2, α is 0.25',
    );
  });

  it.each([
    ['dropout', [4, 5], 1.5, 'rate is 1.5; it is the probability to drop'],
    ['dropout', [5], 0.3, '--shape 5 must be that of an activation, [N, ...], with 2 to 8 axes'],
    ['spatial', [4, 5], 0.3, 'must be [N, channels, ...] with 1 to 3 spatial axes'],
    ['dropblock', [4, 5, 6], 0.3, 'must be [N, channels, height, width]'],
    ['variational', [4, 5], 0.3, 'must be [N, time, features]'],
    ['attention', [4, 5], 0.3, 'must be attention weights'],
    ['dropconnect', [4, 5, 6], 0.3, '--shape 4,5,6 must be that of a weight, [in, units], with 2 axes'],
    ['embedding', [4], 0.3, 'must be that of a table of words, [vocabulary, units], with 2 axes'],
    ['gaussian', [4, 5], 1, 'its rate reaches 1'],
    ['concrete', [4, 5], 0, 'a learned rate must begin strictly between 0 and 1'],
    ['variational-gaussian', [4, 5], 0.5, 'it must begin above 0 and below 0.5'],
    ['standout', [4, 5], 1, 'strictly between 0 and 1'],
    ['dropout', [5000, 5000], 0.3, '--shape 5000,5000 has 25000000 elements; at most 16777216 are drawn'],
  ] as const)('of kind %s for %j at rate %d are refused', (kind, shape, rate, message) => {
    const draw = () => drawMask(choice(kind, shape, { rate }));
    expect(draw).toThrow(UsageError);
    expect(draw).toThrow(message);
    expect(draw).toThrow(/^[^\n]+$/);
  });
});
