import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { keysOf } from './keys.js';

function terminal() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    setRawMode(isRaw: boolean) {
      modes.push(isRaw);
      return input;
    },
  });
  const keys = keysOf(input as unknown as NodeJS.ReadStream);
  return { input, keys, modes };
}

describe('keys', () => {
  it('are characters and names, one by one, also those that were pressed early', async () => {
    const { input, keys } = terminal();
    input.write('1e \rq\u001b[A');
    expect([await keys.next(), await keys.next(), await keys.next(), await keys.next()]).toEqual([
      '1',
      'e',
      'space',
      'return',
    ]);
    expect([await keys.next(), await keys.next()]).toEqual(['q', 'up']);
    const later = keys.next();
    input.write('x');
    expect(await later).toBe('x');
  });

  it('that end a program are an interruption, as is the end of the input', async () => {
    const { input, keys } = terminal();
    input.write('\u0003\u0004');
    expect([await keys.next(), await keys.next()]).toEqual(['interrupt', 'interrupt']);
    input.end();
    expect(await keys.next()).toBe('interrupt');
  });

  it('are left to the next who waits once nobody waits any more', async () => {
    const { input, keys } = terminal();
    const waiting = new AbortController();
    const unheard = keys.next(waiting.signal);
    waiting.abort();
    expect(await unheard).toBeUndefined();
    expect(await keys.next(waiting.signal)).toBeUndefined();
    input.write('a');
    expect(await keys.next()).toBe('a');
  });

  it('are read in raw mode until they are closed', () => {
    const { input, keys, modes } = terminal();
    expect(modes).toEqual([true]);
    keys.close();
    expect([modes, input.isPaused(), input.listenerCount('keypress')]).toEqual([[true, false], true, 0]);
  });
});
