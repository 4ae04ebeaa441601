/** @file A unit's numbers with the sums written out. */
import { decimal } from '../../../components/numbers.js';
import { mean, std } from '../model/flowers.js';
import type { Mode, Pass, Question, Variant } from '../model/pass.js';
import { centimetres, gradientAt, sentBy, type UnitId, unitCounts, weightsInto } from './layers.js';

/** `name = terms = result`; terms are kept whole where the line breaks. */
export interface Line {
  readonly name: string;
  readonly terms: readonly string[];
  readonly result: string;
  /** In words, where there is something to say. */
  readonly says?: string;
}

/** More decimals than the drawing has, so that sums of six products come out. */
const number = (value: number): string => (value === 1 ? '1' : decimal(value, 3));
/** A factor in a product: negative numbers in brackets. */
const factor = (value: number): string => (value < 0 ? `(${number(value)})` : number(value));
/** Terms joined by their signs. */
const sum = (terms: readonly string[]): readonly string[] =>
  terms.map((term, i) => {
    if (i === 0) return term;
    return term.startsWith('−') ? `− ${term.slice(1)}` : `+ ${term}`;
  });

interface Context {
  readonly pass: Pass;
  readonly variant: Variant;
  readonly mode: Mode;
  readonly question: Question;
}

export function explain(id: UnitId, context: Context): readonly Line[] {
  if (id.layer === 0) return [inputLine(id, context)];
  return id.layer === 3 ? outputLines(id, context) : hiddenLines(id, context);
}

function inputLine({ unit }: UnitId, { pass, question }: Context): Line {
  const [from, by] = [mean[unit] ?? 0, std[unit] ?? 1];
  return {
    name: 'x',
    terms: [`(${decimal(centimetres(question.flower, unit), 1)} cm − ${number(from)} cm) / ${number(by)} cm`],
    result: number(pass.input[unit] ?? 0),
    says: 'Standardised: the distance from the mean over all flowers, in standard deviations.',
  };
}

function preactivationLine({ layer, unit }: UnitId, pass: Pass): Line {
  const weights = weightsInto(pass, layer);
  const out = unitCounts[layer] ?? 1;
  const products = sentBy(pass, layer - 1).map(
    (sent, i) => `${number(weights?.weight[i * out + unit] ?? 0)} · ${factor(sent)}`,
  );
  const value = [...pass.hidden, pass.output][layer - 1]?.preactivation[unit] ?? 0;
  return { name: 'z', terms: sum([...products, number(weights?.bias[unit] ?? 0)]), result: number(value) };
}

function hiddenLines(id: UnitId, { pass, variant, mode, question: { rate } }: Context): readonly Line[] {
  const { layer, unit } = id;
  const hidden = pass.hidden[layer - 1] as Pass['hidden'][number];
  const at = (values: readonly number[]) => values[unit] ?? 0;
  const [a, k] = [at(hidden.activation), at(hidden.factor)];
  const lines: Line[] = [
    preactivationLine(id, pass),
    { name: 'a', terms: [`tanh ${factor(at(hidden.preactivation))}`], result: number(a) },
    {
      name: 'ã',
      terms: [`${number(k)} · ${factor(a)}`],
      result: number(at(hidden.scaled)),
      says: factorInWords(k, variant, mode, rate),
    },
  ];
  const { back } = hidden;
  if (back === undefined) return lines;
  const next = weightsInto(pass, layer + 1)?.weight ?? [];
  const gradient = gradientAt(pass, layer + 1) ?? [];
  const products = gradient.map((g, i) => `${number(next[unit * gradient.length + i] ?? 0)} · ${factor(g)}`);
  return [
    ...lines,
    { name: '∂L/∂ã', terms: sum(products), result: number(at(back.scaled)) },
    {
      name: '∂L/∂a',
      terms: [`${number(k)} · ${factor(at(back.scaled))}`],
      result: number(at(back.activation)),
      says: k === 0 ? 'Dropped units get no gradient.' : 'The same factor as on the way forward.',
    },
    {
      name: '∂L/∂z',
      terms: [`(1 − ${factor(a)}²) · ${factor(at(back.activation))}`],
      result: number(at(back.preactivation)),
    },
  ];
}

function factorInWords(value: number, variant: Variant, mode: Mode, rate: number): string {
  const keep = String(Number((1 - rate).toFixed(2)));
  if (mode === 'inference')
    return variant === 'inverted'
      ? 'Nothing is left to do at inference.'
      : `At inference everything is multiplied by keep, ${keep}.`;
  if (value === 0) return 'Dropped in this step.';
  return variant === 'inverted' ? `Kept, and divided by keep, ${keep}.` : 'Kept as it is.';
}

function outputLines(id: UnitId, { pass }: Context): readonly Line[] {
  const { unit } = id;
  const { preactivation, probabilities, back } = pass.output;
  const isRight = unit === pass.target;
  const p = probabilities[unit] ?? 0;
  const exponentials = preactivation.map((z) => `exp ${factor(z)}`);
  const lines: Line[] = [
    preactivationLine(id, pass),
    {
      name: 'p',
      terms: [`exp ${factor(preactivation[unit] ?? 0)} /`, `(${exponentials.join(' + ')})`],
      result: number(p),
    },
  ];
  if (isRight)
    lines.push({
      name: 'L',
      terms: [`−ln ${number(p)}`],
      result: decimal(pass.loss, 3),
      says: 'The loss: this is the right class.',
    });
  if (back)
    lines.push({
      name: '∂L/∂z',
      terms: [`${number(p)} − ${isRight ? 1 : 0}`],
      result: number(back.preactivation[unit] ?? 0),
    });
  return lines;
}
