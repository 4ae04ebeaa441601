/** @file Arithmetic on axis lengths, symbolic ones included: sums of products in a canonical spelling, such as `2*N*T + 1`. */
import type { Dim } from '../onnx/model.js';

/** Coefficients by product: key '' is the constant, 'N*T' the product of two symbols (sorted, joined by '*'). */
type Sum = Map<string, number>;

/** a + b; `N + N` is `2*N`. */
export const addDims = (a: Dim, b: Dim): Dim =>
  typeof a === 'number' && typeof b === 'number' ? a + b : show(plus(parse(a), parse(b), 1));

/** a − b; `N - N` is 0. */
export const subtractDims = (a: Dim, b: Dim): Dim =>
  typeof a === 'number' && typeof b === 'number' ? a - b : show(plus(parse(a), parse(b), -1));

/** a · b; `N` times `T` is `N*T`. */
export function multiplyDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a * b + 0; // no −0
  if (a === 1) return b;
  return b === 1 ? a : show(times(parse(a), parse(b)));
}

/** The product of all axes: the number of elements. */
export const productOf = (dims: readonly Dim[]): Dim =>
  dims.reduce<Dim>((product, dim) => multiplyDims(product, dim), 1);

/** a / b where b divides a exactly whatever the symbols stand for; undefined otherwise. */
export function divideDims(a: Dim, b: Dim): Dim | undefined {
  if (a === b) return b === 0 ? undefined : 1;
  const divisor = parse(b);
  const lead = leading(divisor);
  if (lead === undefined) return undefined;
  let rest = parse(a);
  let quotient: Sum = new Map();
  for (let top = leading(rest); top !== undefined; top = leading(rest)) {
    const coefficient = (rest.get(top) as number) / (divisor.get(lead) as number);
    const factors = without(factorsOf(top), factorsOf(lead));
    if (factors === undefined || !Number.isInteger(coefficient)) return undefined;
    const term: Sum = new Map([[factors.join('*'), coefficient]]);
    quotient = plus(quotient, term, 1);
    rest = plus(rest, times(divisor, term), -1);
  }
  return show(quotient);
}

/** ⌊a / b⌋, as `floor((N + 1)/2)` where nothing better is known. */
export function floorDivideDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return Math.floor(a / b);
  const exact = divideDims(a, b);
  if (exact !== undefined) return exact;
  if (typeof b === 'string') return `floor(${bracket(a)}/${bracket(b)})`;
  const whole: Sum = new Map();
  const part: Sum = new Map();
  for (const [key, coefficient] of parse(a)) {
    whole.set(key, Math.floor(coefficient / b));
    part.set(key, coefficient - Math.floor(coefficient / b) * b);
  }
  if (typeof show(part) === 'number') return show(whole); // what is left of the constant is less than b
  const shared = [...part.values()].reduce(gcd, b);
  for (const [key, coefficient] of part) part.set(key, coefficient / shared);
  return show(plus(whole, new Map([[`floor(${bracket(show(part))}/${b / shared})`, 1]]), 1));
}

/** ⌈a / b⌉ for a positive number b. */
export const ceilDivideDims = (a: Dim, b: number): Dim => floorDivideDims(addDims(a, b - 1), b);

export function minDims(a: Dim, b: Dim): Dim {
  return extreme('min', a, b);
}

export function maxDims(a: Dim, b: Dim): Dim {
  return extreme('max', a, b);
}

/** The length that an axis has once its symbols have lengths; undefined where one is missing. */
export function evaluateDim(dim: Dim, lengths: Readonly<Record<string, number>>): number | undefined {
  const length = substituteDim(dim, lengths);
  return typeof length === 'number' ? length : undefined;
}

/** The axis with the symbols that have lengths replaced: `N*T + N` is `8*T + 8` where N is 8. */
export function substituteDim(dim: Dim, lengths: Readonly<Record<string, number>>): Dim {
  if (typeof dim === 'number') return dim;
  const given = Object.hasOwn(lengths, dim) ? lengths[dim] : undefined;
  if (given !== undefined) return given;
  const sum = parse(dim);
  const isAtom = sum.get(dim) === 1 && factorsOf(dim).length === 1;
  return isAtom ? substituteCall(dim, lengths) : substituteSum(sum, lengths);
}

function substituteSum(sum: Sum, lengths: Readonly<Record<string, number>>): Dim {
  let total: Dim = 0;
  for (const [key, coefficient] of sum)
    total = addDims(
      total,
      multiplyDims(coefficient, productOf(factorsOf(key).map((factor) => substituteDim(factor, lengths)))),
    );
  return total;
}

/** A symbol, or `floor(a/b)`, `min(a, b)`, `max(a, b)`. */
function substituteCall(atom: string, lengths: Readonly<Record<string, number>>): Dim {
  const [, name, body] = /^(floor|min|max)\((.*)\)$/s.exec(atom) ?? [];
  if (name === undefined || body === undefined) return atom;
  const operands = split(body, name === 'floor' ? '/' : ', ').map((part) =>
    substituteDim(literal(part), lengths),
  );
  const [a, b] = operands;
  if (a === undefined || b === undefined || operands.length !== 2) return atom;
  return calls[name as keyof typeof calls](a, b);
}

const calls = { floor: floorDivideDims, min: minDims, max: maxDims };

function extreme(name: 'min' | 'max', a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return Math[name](a, b);
  const difference = subtractDims(a, b);
  if (typeof difference === 'number') return difference > 0 === (name === 'max') ? a : b;
  const [first, second] = typeof a === 'number' || (typeof b === 'string' && b < a) ? [b, a] : [a, b];
  return `${name}(${first}, ${second})`;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** An operand without the brackets that hold it together. */
function literal(text: string): Dim {
  const inner = /^\((.*)\)$/s.exec(text)?.[1];
  const bare = inner !== undefined && isBalanced(inner) ? inner : text;
  return /^-?\d+$/.test(bare) ? Number(bare) : bare;
}

const bracket = (dim: Dim): string =>
  /[ */]/.test(String(dim)) && !/^\w+\([^()]*\)$/.test(String(dim)) ? `(${dim})` : String(dim);

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** Splits at a separator outside all brackets. */
function split(text: string, separator: string): string[] {
  if (!text.includes(separator) || !isBalanced(text)) return [text];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')') depth--;
    if (depth > 0 || !text.startsWith(separator, i)) continue;
    parts.push(text.slice(start, i));
    start = i + separator.length;
    i = start - 1;
  }
  return [...parts, text.slice(start)];
}

const factorsOf = (key: string): string[] => (key === '' ? [] : split(key, '*'));

function parse(dim: Dim): Sum {
  if (typeof dim === 'number') return new Map(dim === 0 ? [] : [['', dim]]);
  let sum: Sum = new Map();
  for (const positive of split(dim, ' + '))
    for (const [i, term] of split(positive, ' - ').entries())
      sum = plus(sum, parseProduct(term), i === 0 ? 1 : -1);
  return sum;
}

function parseProduct(term: string): Sum {
  let coefficient = 1;
  const symbols: string[] = [];
  for (const factor of split(term, '*'))
    if (/^-?\d+$/.test(factor)) coefficient *= Number(factor);
    else symbols.push(factor);
  return new Map([[symbols.sort().join('*'), coefficient]]);
}

function plus(a: Sum, b: Sum, sign: number): Sum {
  const sum = new Map(a);
  for (const [key, coefficient] of b) {
    const total = (sum.get(key) ?? 0) + sign * coefficient;
    if (total === 0) sum.delete(key);
    else sum.set(key, total);
  }
  return sum;
}

function times(a: Sum, b: Sum): Sum {
  let product: Sum = new Map();
  for (const [x, m] of a)
    for (const [y, n] of b)
      product = plus(product, new Map([[[...factorsOf(x), ...factorsOf(y)].sort().join('*'), m * n]]), 1);
  return product;
}

/** Multiset difference; undefined where `b` is not contained in `a`. */
function without(a: readonly string[], b: readonly string[]): string[] | undefined {
  const rest = [...a];
  for (const factor of b) {
    const at = rest.indexOf(factor);
    if (at < 0) return undefined;
    rest.splice(at, 1);
  }
  return rest;
}

/** Higher degrees first, then by the alphabet; an order that multiplication respects, so that long division ends. */
function compare(a: string, b: string): number {
  const [x, y] = [factorsOf(a), factorsOf(b)];
  if (x.length !== y.length) return y.length - x.length;
  const differs = x.findIndex((factor, i) => factor !== y[i]);
  return differs < 0 ? 0 : (x[differs] as string) < (y[differs] as string) ? -1 : 1;
}

const leading = (sum: Sum): string | undefined => [...sum.keys()].sort(compare)[0];

function show(sum: Sum): Dim {
  const keys = [...sum.keys()].filter((key) => sum.get(key) !== 0).sort(compare);
  if (keys.every((key) => key === '')) return sum.get('') ?? 0;
  let text = '';
  for (const key of keys) {
    const coefficient = sum.get(key) as number;
    const size = text === '' ? coefficient : Math.abs(coefficient);
    const term = key === '' ? `${size}` : size === 1 ? key : `${size}*${key}`;
    text += text === '' ? term : `${coefficient < 0 ? ' - ' : ' + '}${term}`;
  }
  return text;
}
