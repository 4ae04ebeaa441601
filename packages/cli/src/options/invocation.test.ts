import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invocation, quoted } from './invocation.js';

describe('a command that is printed', () => {
  it('can be typed as it was called', () => {
    expect(invocation('start')).toBe('npm start --');
    expect(invocation('npx')).toBe('npx thinnet compare');
    expect(invocation('')).toBe('thinnet compare');
  });

  it('has its words quoted so that a shell reads them as they are', () => {
    const word = fc.string({ unit: fc.constantFrom(...'a/- \'"$`\\*é') });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const shell = `for word in ${words.map(quoted).join(' ')}; do printf '%s\\n' "$word"; done`;
        expect(execFileSync('sh', ['-c', shell], { encoding: 'utf8' })).toBe(
          words.map((each) => `${each}\n`).join(''),
        );
      }),
      { numRuns: 30 },
    );
    expect(quoted('runs/a-0.5')).toBe('runs/a-0.5');
    expect(quoted('my runs/a')).toBe("'my runs/a'");
  });
});
