/** @file A recurrent network for texts. */
import { ThinnetError } from '../error.js';
import { sequential } from '../nn/compose.js';
import { dense } from '../nn/dense.js';
import { embedding } from '../nn/dropout/embedding.js';
import { dropout } from '../nn/dropout.js';
import { checkLayer } from '../nn/layer-options.js';
import { lstm } from '../nn/recurrent/lstm.js';
import type { Layer } from '../nn/scope.js';
import type { Rate } from '../noise/schedule.js';
import type { KeysOf } from '../options/check.js';

export interface TextClassifierOptions {
  /** How many words there are; a text's words are numbers from 0 to vocabulary − 1. */
  readonly vocabulary: number;
  /** Outputs (default 2). */
  readonly classes?: number;
  /** Length of a word's vector (default 64). */
  readonly width?: number;
  /** Units of the LSTM (default 64). */
  readonly units?: number;
  /** The rate at which a word is dropped wherever it occurs in the mini-batch. */
  readonly embeddingDropout?: Rate;
  /** The rate of dropout on what the LSTM reads, one mask for all time steps. */
  readonly inputDropout?: Rate;
  /** The rate of dropout on the LSTM's state from step to step, one mask for all time steps. */
  readonly recurrentDropout?: Rate;
  /** The rate of dropout on the last state, `state.dropout`, ahead of the dense layer. */
  readonly stateDropout?: Rate;
  /** Takes the place of all layers behind the LSTM: a function of its last state, [N, units]. */
  readonly head?: Layer;
}

const keys: KeysOf<TextClassifierOptions> = {
  vocabulary: true,
  classes: true,
  width: true,
  units: true,
  embeddingDropout: true,
  inputDropout: true,
  recurrentDropout: true,
  stateDropout: true,
  head: true,
};

/**
 * A classifier of texts, with the four dropouts of Gal & Ghahramani 2016, "A theoretically grounded application of dropout in
 * recurrent neural networks" (arXiv:1512.05287), sections 4 and 5:
 *
 *     embedding 64 – LSTM 64, its last state – dense classes
 *
 * x [N, T], word numbers of texts of one length → logits [N, classes]; vocabulary · 64 + 33,024 + 130 parameters at the default sizes.
 * Texts are padded at the front with a word of their own, so that the last state has read the end. Layers are named `embedding`,
 * `lstm` and `output`.
 *
 *     network({ input: [80], seed: 1 }, textClassifier({ vocabulary: 5000, recurrentDropout: 0.25 }))
 *
 * Errors: sizes that are no positive integers; rates outside [0, 1]; x not [N, T]; `head` together with what it takes the place of.
 */
export function textClassifier(options: TextClassifierOptions): Layer {
  checkLayer('textClassifier', options, keys);
  const { vocabulary, width = 64, units = 64 } = options;
  return sequential(
    embedding(vocabulary, width, { name: 'embedding', rate: options.embeddingDropout ?? 0 }),
    lstm(units, {
      name: 'lstm',
      dropout: options.inputDropout ?? 0,
      recurrentDropout: options.recurrentDropout ?? 0,
    }),
    headOf(options),
  );
}

function headOf({ classes, stateDropout, head }: TextClassifierOptions): Layer {
  if (head !== undefined) {
    if (classes !== undefined || stateDropout !== undefined)
      throw new ThinnetError(
        'textClassifier: head takes the place of the dense layer, so that classes and stateDropout have no use; leave them out',
      );
    return head;
  }
  return sequential(
    dropout(stateDropout ?? 0, { name: 'state.dropout' }),
    dense(classes ?? 2, { name: 'output' }),
  );
}
