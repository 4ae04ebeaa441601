/** @file Ctrl-C: the first asks the command to stop, the second stops it. */
import { Interruption } from '../exit.js';

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Gives the signals back to the system. */
  stop(): void;
}

/** Aborts with an `Interruption` on SIGINT or SIGTERM; after that the next one ends the process at once. */
export function onInterrupt(output: NodeJS.WriteStream): Interrupt {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const handle = (signal: (typeof signals)[number]) => {
    if (!controller.signal.aborted) {
      output.write('\nStopping after the step at hand; once more to stop at once.\n');
      controller.abort(new Interruption(signal));
      return;
    }
    // Bars hide the cursor; nobody else will bring it back.
    if (output.isTTY) output.write('\u001b[?25h');
    stop();
    process.kill(process.pid, signal);
  };
  const stop = () => {
    for (const signal of signals) process.removeListener(signal, handle);
  };
  for (const signal of signals) process.on(signal, handle);
  return { signal: controller.signal, stop };
}
