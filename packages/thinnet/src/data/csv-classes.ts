/** @file Class names to class numbers. */
import { ThinnetError } from '../error.js';
import { sharedInt32 } from './shared.js';

const isNumber = (name: string): boolean => Number.isFinite(Number(name));

/**
 * The distinct names in order: numbers by value if all are numbers, else by code unit, so the order is the same
 * on every machine.
 */
export function sortClassNames(names: Iterable<string>): string[] {
  const distinct = [...new Set(names)];
  return distinct.every(isNumber)
    ? distinct.sort((a, b) => Number(a) - Number(b))
    : distinct.sort((a, b) => (a < b ? -1 : 1));
}

/**
 * Class names for classification. Errors: fewer than two; one in each row; numbers that aren't whole (targets of a regression?) or that
 * are written in two ways, such as 1 and 1.0. `regression` says how numbers are learned as targets; null where they cannot be.
 */
export function classNamesOf(
  values: readonly string[],
  column: string,
  source: string,
  regression: string | null,
): string[] {
  const names = sortClassNames(values);
  if (names.length < 2)
    throw new ThinnetError(
      `${source}: label "${column}" is "${names[0]}" in every row; at least 2 classes are needed`,
    );
  if (names.length > 2 && names.length === values.length)
    throw new ThinnetError(
      `${source}: label "${column}" is different in every row, so nothing can be learned about a class; name another column${regression === null ? '' : `, or ${regression}`}`,
    );
  if (!names.every(isNumber)) return names;
  const broken = names.find((name) => !Number.isInteger(Number(name)));
  if (broken !== undefined)
    throw new ThinnetError(
      `${source}: label "${column}" holds ${broken}, which numbers no class; ${regression === null ? 'name a column of classes' : `for targets ${regression}`}`,
    );
  names.forEach((name, i) => {
    if (i > 0 && Number(name) === Number(names[i - 1]))
      throw new ThinnetError(
        `${source}: label "${column}" writes one number as ${names[i - 1]} and as ${name}; write it one way`,
      );
  });
  return names;
}

/** What an error says of a label. */
interface LabelColumn {
  readonly label: string;
  /** The file. */
  readonly name: string;
  /** The training set of which it is the test set. */
  readonly like: { readonly name: string } | undefined;
  /** The line of an example. */
  readonly line: (example: number) => number;
}

/** The place of each value in `names`. Errors: a value that is none of them. */
export function numberClasses(
  values: readonly string[],
  names: readonly string[],
  { label, name, like, line }: LabelColumn,
): Int32Array {
  const numbers = new Map(names.map((each, i) => [each, i]));
  const labels = sharedInt32(values.length);
  values.forEach((value, i) => {
    const number = numbers.get(value);
    if (number === undefined)
      throw new ThinnetError(
        `${name}: line ${line(i)}, label "${label}" is "${value}", a class that ${like?.name} doesn't have (${names.join(', ')})`,
      );
    labels[i] = number;
  });
  return labels;
}
