/** @file The embedding: a row of a table for each token. */
import { ThinnetError } from '../error.js';
import { int } from '../onnx/attribute.js';
import { codeOf } from '../onnx/element.js';
import type { Init } from './init.js';
import { normalInit } from './init.js';
import type { Layer, LayerOptions } from './scope.js';

export interface EmbeddingOptions extends LayerOptions {
  /** How the table begins (default `normalInit(1)`, as PyTorch's). */
  readonly init?: Init;
}

/**
 * y = the table's rows at the tokens. Tokens are whole numbers from 0 to vocabulary − 1; features being float32, they
 * come as such and are cast.
 *
 * x [N, ...] → y [N, ..., width]; parameter `name.weight` [vocabulary, width]. Max-norm bounds each row.
 * Errors: vocabulary or width not a positive integer; while running, a token outside the vocabulary.
 */
export function embedding(vocabulary: number, width: number, options: EmbeddingOptions = {}): Layer {
  const { init = normalInit(1) } = options;
  return (x, scope) => {
    const name = scope.layerName('embedding', options);
    for (const [what, size] of Object.entries({ vocabulary, width }))
      if (!Number.isSafeInteger(size) || size < 1)
        throw new ThinnetError(`embedding "${name}": ${what} is ${size}; it must be a positive integer`);
    const table = scope.parameter({
      name: `${name}.weight`,
      shape: [vocabulary, width],
      role: 'weight',
      incomingAxes: [1],
      init,
      fans: { fanIn: vocabulary, fanOut: width },
    });
    const tokens = scope.builder.op('Cast', [x], { to: int(codeOf('int64')) }, { name: `${name}.tokens` });
    return scope.builder.op('Gather', [table, tokens], { axis: int(0) }, { name });
  };
}
