/** @file Small random datasets whose labels can be learned. */
import type { Dataset } from '../data/dataset.js';
import { fillNormal } from '../noise/random.js';

export interface RandomDatasetOptions {
  readonly length: number;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly seed: number;
}

/** Standard normal features; the label is the class whose random direction (the same for every seed) fits best. */
export function randomDataset({ length, shape, classes, seed }: RandomDatasetOptions): Dataset {
  const width = shape.reduce((a, b) => a * b, 1);
  const features = new Float32Array(length * width);
  fillNormal(features, seed, 0, 0, 1);
  const directions = new Float32Array(classes * width);
  fillNormal(directions, 12345, 1, 0, 1);
  const labels = Int32Array.from({ length }, (_, i) => {
    const scores = Array.from({ length: classes }, (_, c) => {
      let score = 0;
      for (let j = 0; j < width; j++)
        score += (features[i * width + j] as number) * (directions[c * width + j] as number);
      return score;
    });
    return scores.indexOf(Math.max(...scores));
  });
  return { name: `random-${seed}`, length, shape, features, labels, classes };
}
