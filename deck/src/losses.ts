/** @file What single examples contribute to a score. */
import { classificationScore, type Dataset } from 'thinnet';

export interface ExampleScores {
  /** Cross-entropy of each example. */
  readonly losses: readonly number[];
  /** Whether each is classified wrongly. */
  readonly wrong: readonly boolean[];
}

/** Loss and error of each example, from logits [examples, classes]. */
export function exampleScores(logits: Float32Array, { labels, length, classes }: Dataset): ExampleScores {
  const scores = Array.from({ length }, (_, i) =>
    classificationScore(
      logits.subarray(i * classes, (i + 1) * classes),
      (labels as Int32Array).subarray(i, i + 1),
      classes,
    ),
  );
  return { losses: scores.map(({ loss }) => loss), wrong: scores.map(({ error }) => error === 1) };
}
