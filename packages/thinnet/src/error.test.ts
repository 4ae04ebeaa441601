/** @file Errors for people. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinnetError } from './error.js';

describe('ThinnetError', () => {
  it('keeps the message, the cause and its name', () => {
    const cause = new Error('inner');
    const error = new ThinnetError('rate is 1.5; give 0 to 1', { cause });
    expect(error).toMatchObject({ name: 'ThinnetError', message: 'rate is 1.5; give 0 to 1', cause });
  });

  it('is one line without control characters, whatever names it quotes', () => {
    expect(new ThinnetError('node "a\nb\u001b[2J"').message).toBe('node "a\\u000ab\\u001b[2J"');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(new ThinnetError(name).message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
