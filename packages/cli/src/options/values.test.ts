import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.js';
import { commonDefaults } from './defaults.js';
import type { OptionEntry } from './table.js';
import { sharedOptions, trainingOptions } from './table.js';
import { layerWidths, oneOf, orWord, positiveInteger, positiveNumber } from './values.js';

describe('option values', () => {
  it('read back what they write: whole numbers, numbers, widths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (n) => {
        expect(positiveInteger.parse(positiveInteger.format(n), '')).toBe(n);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(positiveNumber.parse(positiveNumber.format(x), '')).toBe(x);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 })), (widths) => {
        expect(layerWidths.parse(layerWidths.format(widths), '')).toEqual(widths);
      }),
    );
  });

  it('of every option read back their default', () => {
    const table = { ...sharedOptions, ...trainingOptions } as unknown as Record<string, OptionEntry<unknown>>;
    for (const [key, value] of Object.entries(commonDefaults)) {
      const entry = table[key];
      if (entry) expect([key, entry.kind.parse(entry.kind.format(value), key)]).toEqual([key, value]);
    }
  });

  it.each(['0', '-1', '1.5', '', ' ', 'NaN', 'Infinity', '0x10', '1e', 'five', '1,2'])(
    'that are no count, such as %j, are refused in one line that names option and value',
    (text) => {
      const read = () => positiveInteger.parse(text, '--epochs');
      expect(read).toThrow(UsageError);
      expect(read).toThrow(`--epochs takes a whole number of at least 1, not ${JSON.stringify(text)}`);
    },
  );

  it.each(['1024,', ',', 'a', '10,0', '10;20', '1.5', '-3'])(
    'that are no widths, such as %j, are refused',
    (text) => {
      expect(() => layerWidths.parse(text, '--hidden')).toThrow(
        '--hidden takes layer widths such as 1024,1024',
      );
    },
  );

  it('that are one of a few names suggest the nearest', () => {
    expect(() => oneOf(['constant', 'step', 'cosine']).parse('cosin', '--schedule')).toThrow(
      '--schedule takes one of constant, step, cosine, not "cosin" (did you mean "cosine"?)',
    );
  });

  it('may be switched off by a word', () => {
    const maxNorm = orWord('none', positiveNumber);
    expect(maxNorm.parse('none', '')).toBeNull();
    expect(maxNorm.format(null)).toBe('none');
    expect(maxNorm.parse('2', '')).toBe(2);
  });
});
