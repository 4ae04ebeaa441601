/** @file A report of figures that follow from the number of the arm and the seed. */
import { type ArmResults, type PairResult, summarise } from 'thinnet-runs';
import { fallingEpochs } from '../../../thinnet/src/testing/epochs.js';
import { resolveSettings } from '../options/resolve.js';
import type { Report } from '../report/index.js';

/** What HTML must not take for markup. */
export const evil = `</script><img src=x onerror=alert(1)>"'&`;

export function pair(arm: string, seed: number, epochs: number): PairResult {
  return {
    arm,
    seed,
    epochs: fallingEpochs(seed, epochs),
    train: { loss: 0.1, error: 0.01 },
    test: { loss: 0.3 + seed / 100, error: 0.1 + seed / 100 },
    calibration: {
      ece: 0.02,
      bins: [
        { count: 0, confidence: 0, accuracy: 0 },
        { count: 10 * seed, confidence: 0.75, accuracy: seed / 4 },
      ],
    },
    examplesPerSecond: 1000,
  };
}

export function reportWith(labels: readonly string[], seeds = [1, 2]): Report {
  const arms: ArmResults[] = labels.map((label, i) => ({
    spec: label,
    label,
    folder: `arm-${i}`,
    results: seeds.map((seed) => pair(label, seed + i, 5)),
  }));
  return {
    config: {
      format: 1,
      versions: { thinnet: '0.1.0', 'onnxruntime-node': '1.30.0', node: '20', platform: 'linux-x64' },
      command: `thinnet compare --data '${evil}'`,
      data: { name: evil, digest: 'sha256:abc', train: 20, test: 40, shape: [2], classes: 3 },
      given: {},
      settings: resolveSettings({ arms: labels }),
      arms: [],
    },
    arms,
    summary: summarise(arms),
    sentences: [`It lowered ${evil} by 4.2 %.`],
    examples: 'examples',
  };
}
