/** @file Type and shape inference: one rule per operator, tabled in `infer/`, and the dispatcher that calls them. */

import { ThinnetError } from '../error.js';
import type { DataType, Shape } from '../onnx/model.js';
import { isStandard } from '../onnx/standard.js';
import { control } from './infer/control.js';
import { elementwise } from './infer/elementwise.js';
import { indexing } from './infer/indexing.js';
import { products } from './infer/matmul.js';
import { movement } from './infer/movement.js';
import { layers } from './infer/nn.js';
import { reductions } from './infer/reduce.js';
import { resizing } from './infer/resize.js';
import type { Finding, InferContext, Inferred, OperatorRule, Rules } from './infer/rule.js';
import { sources } from './infer/sources.js';
import { showShape } from './shape.js';

export type { InferContext, InferRule, Inferred } from './infer/rule.js';

/** Rules by operator (standard domain). */
const rules: Rules = {
  ...elementwise,
  ...products,
  ...reductions,
  ...movement,
  ...resizing,
  ...indexing,
  ...sources,
  ...layers,
  ...control,
};

/** The operators whose outputs' types and shapes can be inferred. */
export const inferredOperators: readonly string[] = Object.keys(rules).sort();

/** What the caller knows of a node's outputs beyond what rules say. */
export interface Known {
  /** Shapes that the caller vouches for; they must not contradict the rule. */
  readonly shapes?: readonly (Shape | undefined)[] | undefined;
  /** Types and shapes from a file, believed only where no rule knows better. */
  readonly hints?:
    | readonly ({ readonly type: DataType; readonly shape?: Shape | undefined } | undefined)[]
    | undefined;
}

/**
 * Types and shapes of a node's outputs.
 *
 * @throws ThinnetError with the node's name and operator, where an input is missing or does not fit, or a shape stays unknown
 */
export function inferNode(context: InferContext, known: Known = {}): readonly Inferred[] {
  const { node } = context;
  try {
    const rule = isStandard(node) ? rules[node.op] : undefined;
    if (rule) checkInputs(context, rule);
    const findings = rule?.infer(context) ?? [];
    return node.outputs.map((name, i) => settle(name, findings[i], known.shapes?.[i], known.hints?.[i], i));
  } catch (error) {
    if (!(error instanceof ThinnetError)) throw error;
    const place = `node "${node.name}" (${node.op})`;
    throw error.message.startsWith(place)
      ? error
      : new ThinnetError(`${place}: ${error.message}`, { cause: error });
  }
}

function checkInputs({ node, inputs }: InferContext, { least, most }: OperatorRule): void {
  if (inputs.length > most) throw new ThinnetError(`takes at most ${most} inputs, but has ${inputs.length}`);
  for (let i = 0; i < least; i++)
    if (inputs[i] === undefined)
      throw new ThinnetError(
        `input ${i} of ${least} is missing (given: ${node.inputs.join(', ') || 'none'})`,
      );
}

/** One output from what the rule, the caller and the file say, in this order of trust. */
function settle(
  name: string,
  finding: Finding | undefined,
  given: Shape | undefined,
  hint: NonNullable<Known['hints']>[number],
  i: number,
): Inferred {
  const type = finding?.type ?? hint?.type;
  if (type === undefined) {
    if (name === '') return { type: 'float32', shape: [] };
    throw new ThinnetError(`no rule says what its output ${i} ("${name}") is`);
  }
  const inferred = finding?.shape && refine(finding.shape, hint?.shape, name);
  const shape = given && inferred ? agree(inferred, given, name) : (inferred ?? given ?? hint?.shape);
  if (shape === undefined && name === '') return { type, shape: [] };
  if (shape === undefined)
    throw new ThinnetError(`the shape of "${name}" depends on computed data; give it in \`shapes\``);
  return { type, shape, elements: finding?.elements };
}

/** The caller's shape, where it does not contradict the rule's. */
function agree(inferred: Shape, given: Shape, name: string): Shape {
  const clash =
    inferred.length !== given.length ||
    inferred.some((dim, i) => typeof dim === 'number' && typeof given[i] === 'number' && dim !== given[i]);
  if (clash)
    throw new ThinnetError(`"${name}" was said to be ${showShape(given)}, but is ${showShape(inferred)}`);
  return given.map((dim, i) => (typeof inferred[i] === 'number' ? inferred[i] : dim));
}

/** What a file says of axes for which the rule could only make up a symbol. */
const refine = (inferred: Shape, hint: Shape | undefined, name: string): Shape =>
  hint?.length === inferred.length
    ? inferred.map((dim, axis) => (dim === `${name}.${axis}` ? (hint[axis] ?? dim) : dim))
    : inferred;
