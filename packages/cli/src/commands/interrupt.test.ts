import { afterEach, describe, expect, it, vi } from 'vitest';
import { Interruption } from '../exit.js';
import { onInterrupt } from './interrupt.js';

afterEach(() => void vi.restoreAllMocks());

const output = (isTTY: boolean) => {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream;
  return { stream, written };
};

describe('interruption', () => {
  it('first asks to stop, with the status that the shell expects', () => {
    for (const [signal, exitCode] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const interrupt = onInterrupt(output(false).stream);
      process.emit(signal, signal);
      expect(interrupt.signal.reason).toBeInstanceOf(Interruption);
      expect(interrupt.signal.reason).toMatchObject({ exitCode });
      interrupt.stop();
    }
  });

  it('at the second time gives the terminal its cursor back and ends the process by the signal', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const { stream, written } = output(true);
    onInterrupt(stream);
    process.emit('SIGINT', 'SIGINT');
    expect(kill).not.toHaveBeenCalled();
    process.emit('SIGINT', 'SIGINT');
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGINT');
    expect(written.at(-1)).toBe('\u001b[?25h');
    // With nobody listening the system's own handling ends the process.
    expect(process.listenerCount('SIGINT')).toBe(0);
  });
});
