/** @file The mean of T draws nears the mean over all masks as 1/√T. */
import { describe, expect, it } from 'vitest';
import { softmax } from '../measure/softmax.js';
import { relu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { dense } from '../nn/dense.js';
import { dropout } from '../nn/dropout.js';
import { thinnedProgram } from '../nn/programs.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { floats } from '../testing/noise.js';
import { chiSquareTail, normalTail } from '../testing/probability.js';
import { withGraph } from '../testing/run.js';
import { monteCarlo } from './compiled.js';
import { predictiveEntropy } from './entropy.js';

const LEVEL = 1e-4;
const [units, classes, rate] = [6, 3, 0.4];
const net = network({ input: [4], seed: 8 }, dense(units), relu(), dropout(rate), dense(classes));
const x = Float32Array.of(0.9, -1.4, 0.3, 2);

/** Probabilities of each class by each of the 64 masks, and how likely the mask is. */
async function everyMask() {
  const masks = 2 ** units;
  const noise = Float32Array.from({ length: masks * units }, (_, i) =>
    (Math.floor(i / units) >> (i % units)) & 1 ? 1 / (1 - rate) : 0,
  );
  const site = net.sites[0]!;
  const features = Float32Array.from({ length: masks * 4 }, (_, i) => x[i % 4] as number);
  const outputs = await withGraph(thinnedProgram(net), (program) =>
    program.run({ x: floats([masks, 4], features), [site.input]: floats([masks, units], noise) }),
  );
  const probabilities = softmax(outputs.y?.data as Float32Array, classes);
  return Array.from({ length: masks }, (_, mask) => {
    const kept = mask.toString(2).replaceAll('0', '').length;
    return {
      weight: (1 - rate) ** kept * rate ** (units - kept),
      probabilities: probabilities.slice(mask * classes, (mask + 1) * classes),
    };
  });
}

describe('draws of a network with 64 masks', () => {
  it('are off by σ/√T: standardised errors of each T over 60 seeds are chi-square distributed, at level 1e-4', async () => {
    const masks = await everyMask();
    expect(masks.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    const exact = (c: number) => masks.reduce((sum, m) => sum + m.weight * (m.probabilities[c] as number), 0);
    const variance = (c: number) =>
      masks.reduce((sum, m) => sum + m.weight * ((m.probabilities[c] as number) - exact(c)) ** 2, 0);

    const sizes = [16, 64, 256, 1024];
    const seeds = 60;
    const errors = new Map(sizes.map((T) => [T, [] as number[]]));
    for (const T of sizes)
      for (let seed = 0; seed < seeds; seed++) {
        const mc = await monteCarlo(net, undefined, nodeRuntime, {
          seed,
          draws: T,
          threads: 1,
          rowsPerRun: 1024,
        });
        const { probabilities } = await mc.classify(x);
        await mc.release();
        errors.get(T)?.push(((probabilities[0] as number) - exact(0)) / Math.sqrt(variance(0) / T));
      }
    for (const [T, standardised] of errors) {
      const statistic = standardised.reduce((sum, z) => sum + z * z, 0);
      const upper = chiSquareTail(statistic, seeds);
      // Both sides: errors that fall slower than 1/√T, or faster.
      expect(Math.min(upper, 1 - upper), `T = ${T}`).toBeGreaterThan(LEVEL / (2 * sizes.length));
      const mean = standardised.reduce((sum, z) => sum + z, 0) / Math.sqrt(seeds);
      expect(normalTail(mean), `bias at T = ${T}`).toBeGreaterThan(LEVEL / sizes.length);
    }
  });

  it('have the predictive entropy and the mutual information of all masks up to σ/√T, at level 1e-4', async () => {
    const masks = await everyMask();
    const over = (value: (mask: (typeof masks)[number]) => number) =>
      masks.reduce((sum, mask) => sum + mask.weight * value(mask), 0);
    const mean = Array.from({ length: classes }, (_, c) => over((m) => m.probabilities[c] as number));
    const entropyOf = (p: ArrayLike<number>) => predictiveEntropy(Array.from(p), classes)[0] as number;
    // What a draw adds to each measure to first order: the gradient of H(p̄) in p is −ln p − 1, and Σ p is 1.
    const crossEntropy = ({ probabilities }: { probabilities: Float32Array | Float64Array }) =>
      mean.reduce((sum, p, c) => sum - Math.log(p) * (probabilities[c] as number), 0);
    const draws = 20_000;
    const mc = await monteCarlo(net, undefined, nodeRuntime, {
      seed: 1,
      draws,
      threads: 1,
      rowsPerRun: 2048,
    });
    const seen = await mc.classify(x);
    await mc.release();
    const measures = {
      entropy: crossEntropy,
      expectedEntropy: (mask) => entropyOf(mask.probabilities),
      mutualInformation: (mask) => crossEntropy(mask) - entropyOf(mask.probabilities),
    } satisfies Record<string, (mask: (typeof masks)[number]) => number>;
    expect(over(measures.entropy)).toBeCloseTo(entropyOf(mean), 6);
    for (const [name, value] of Object.entries(measures)) {
      const exact = over(value);
      const deviation = Math.sqrt(over((mask) => (value(mask) - exact) ** 2));
      const z = ((seen[name as keyof typeof measures][0] as number) - exact) / (deviation / Math.sqrt(draws));
      expect(normalTail(z), name).toBeGreaterThan(LEVEL / 3);
    }
  });
});
