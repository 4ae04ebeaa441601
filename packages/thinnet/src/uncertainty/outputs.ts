/** @file What a network's outputs are, and the class probabilities that they stand for. */
import { ThinnetError } from '../error.js';
import { softmax } from '../measure/softmax.js';

/** How outputs are read as classes. */
export type OutputKind =
  /** One logit a class (cross-entropy): p = softmax. */
  | 'logits'
  /** One logit (binary cross-entropy): classes 0 and 1, p₁ = 1 / (1 + exp(−logit)). */
  | 'binaryLogit'
  /** One probability a class, as of networks that end with softmax. */
  | 'probabilities';

interface Reading {
  classes(outputs: number): number;
  /** Outputs [n, outputs] as probabilities [n, classes]. */
  probabilities(outputs: Float32Array, classes: number): Float64Array;
}

export const readings: Readonly<Record<OutputKind, Reading>> = {
  logits: { classes: severalClasses, probabilities: softmax },
  binaryLogit: {
    classes: (outputs) => {
      if (outputs === 1) return 2;
      throw new ThinnetError(
        `the network has ${outputs} outputs; 'binaryLogit' is for 1 (for one logit a class use 'logits')`,
      );
    },
    probabilities: (outputs) =>
      Float64Array.from({ length: 2 * outputs.length }, (_, i) => {
        const logit = outputs[i >> 1] as number;
        return 1 / (1 + Math.exp(i % 2 === 1 ? -logit : logit));
      }),
  },
  probabilities: { classes: severalClasses, probabilities: (outputs) => Float64Array.from(outputs) },
};

function severalClasses(outputs: number): number {
  if (outputs >= 2) return outputs;
  throw new ThinnetError(
    `the network has ${outputs} output; classes need 2 or more (one logit for two classes: outputs 'binaryLogit'; a number: regress)`,
  );
}
