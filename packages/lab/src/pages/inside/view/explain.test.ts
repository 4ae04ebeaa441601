import { nodeRuntime } from 'thinnet/node';
import { describe, expect, it } from 'vitest';
import { Looker } from '../model/look.js';
import { type Mode, modes, type Passes, type Question, type Variant, variants } from '../model/pass.js';
import { explain, type Line } from './explain.js';
import { type UnitId, unitCounts } from './layers.js';

const questions: readonly Question[] = [
  { rate: 0.3, seed: 5, step: 0, flower: 0 },
  { rate: 0.75, seed: 3, step: 7, flower: 2 },
];

const units: readonly UnitId[] = unitCounts.flatMap((count, layer) =>
  Array.from({ length: count }, (_, unit) => ({ layer, unit })),
);

const value = (text: string): number => Number(text.replace(/[()]/g, '').replace('−', '-'));

/** What the printed terms of a sum of products give, as a reader would compute it. */
const sumOf = ({ terms }: Line): number =>
  terms.reduce((total, term) => {
    const [, sign = '', rest = ''] = /^([+−] )?(.*)$/.exec(term) ?? [];
    return total + (sign === '− ' ? -1 : 1) * rest.split(' · ').reduce((product, x) => product * value(x), 1);
  }, 0);

const lineOf = (passes: Passes, question: Question, variant: Variant, mode: Mode, id: UnitId) => {
  const lines = explain(id, { pass: passes[variant][mode], variant, mode, question });
  return (name: string) => lines.find((line) => line.name === name);
};

describe('the sums that are written out', () => {
  it.each(questions)('give what they are said to give, but for the last digit: %j', async (question) => {
    const passes = await new Looker(nodeRuntime).look(question);
    let checked = 0;
    for (const variant of variants)
      for (const mode of modes)
        for (const id of units)
          for (const name of ['z', 'ã', '∂L/∂ã']) {
            const line = lineOf(passes, question, variant, mode, id)(name);
            if (line === undefined) continue;
            checked++;
            // Seven terms, each of two numbers of size 1 (factors of up to 4) that are off by at most 0.0005.
            expect(Math.abs(sumOf(line) - value(line.result))).toBeLessThan(0.006);
          }
    expect(checked).toBeGreaterThan(100);
  });
});
