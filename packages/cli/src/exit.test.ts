import { readFileSync } from 'node:fs';
import { ThinnetError } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { exitOf } from './exit.js';
import { UsageError } from './usage-error.js';

function failing(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

describe('how an error ends the command', () => {
  it("a user's mistake is one line: status 2 for the command line, 1 for the rest", () => {
    expect(exitOf(new UsageError('x'))).toEqual({ message: 'thinnet: x', exitCode: 2 });
    expect(exitOf(new ThinnetError('y'))).toEqual({ message: 'thinnet: y', exitCode: 1 });
    expect(exitOf(failing(() => readFileSync('/no/such')))).toEqual({
      message: 'thinnet: /no/such: no such file or folder; check the path',
      exitCode: 1,
    });
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(exitOf(full)).toEqual({
      message: 'thinnet: no space left on the device; make room, or choose another place',
      exitCode: 1,
    });
    expect(exitOf(failing(() => new Float32Array(2 ** 50))).message).toMatch(
      /^thinnet: there is not enough memory[^\n]+$/,
    );
  });

  it('a defect shows its stack and asks for a report', () => {
    const { message, exitCode } = exitOf(new TypeError('undefined is not a function'));
    expect(exitCode).toBe(1);
    expect(message).toMatch(
      /^thinnet: this is a defect of thinnet; please report it[^\n]+\nTypeError: undefined is not a function\n +at /,
    );
    expect(exitOf('odd').message).toContain('odd');
    expect(exitOf(Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG' })).message).toContain('defect');
  });
});
