/** @file The table of gradient rules: it says what can be trained. */

import { ThinnetError } from '../error.js';
import type { Node } from '../onnx/model.js';
import { isStandard } from '../onnx/standard.js';
import type { Rule } from './rule.js';
import { activation } from './rules/activation.js';
import { conv } from './rules/conv.js';
import { einsum } from './rules/einsum.js';
import { elementwise } from './rules/elementwise.js';
import { indexing } from './rules/indexing.js';
import { matmul } from './rules/matmul.js';
import { movement } from './rules/movement.js';
import { normalize } from './rules/normalize.js';
import { pool } from './rules/pool.js';
import { reduce } from './rules/reduce.js';
import { enlarging } from './rules/resize.js';
import { scan } from './rules/scan.js';
import { scatter } from './rules/scatter.js';
import { slice } from './rules/slice.js';
import { softmax } from './rules/softmax.js';

/** Rules by operator of the standard domain, ai.onnx. */
export const rules = {
  ...elementwise,
  ...activation,
  ...softmax,
  ...matmul,
  ...einsum,
  ...conv,
  ...pool,
  ...normalize,
  ...reduce,
  ...scan,
  ...movement,
  ...enlarging,
  ...slice,
  ...indexing,
  ...scatter,
} satisfies Record<string, Rule>;

/** An operator that has a gradient. */
export type DifferentiableOperator = keyof typeof rules;

const recurrent =
  'it is trained where importing can write it out: a fixed number of time steps, usual activations, layout 0; no sequence lengths, peepholes or clip';

/** Operators that have none by intention, and what to do instead. */
const refusals: Readonly<Record<string, string>> = {
  Dropout: 'lower it to a noise site first: its own mask cannot be known to the gradient',
  LSTM: recurrent,
  GRU: recurrent,
  RNN: recurrent,
};

/** The operators through which gradients flow, sorted. */
export const differentiableOperators = (): DifferentiableOperator[] =>
  (Object.keys(rules) as DifferentiableOperator[]).sort();

export const hasRule = (node: Node): boolean => isStandard(node) && Object.hasOwn(rules, node.op);

/** The rule of a node's operator; a ThinnetError where there is none. */
export function ruleOf(node: Node): Rule {
  if (hasRule(node)) return rules[node.op as DifferentiableOperator];
  const standard = isStandard(node);
  const operator = standard ? node.op : `${node.domain}.${node.op}`;
  const remedy = standard ? refusals[node.op] : undefined;
  throw new ThinnetError(
    `node "${node.name}": operator "${operator}" has no gradient; ` +
      (remedy ??
        'differentiableOperators() lists those that have one, and docs/gradients.md says how to add it'),
  );
}
