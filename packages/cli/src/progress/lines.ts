/** @file Progress as plain lines, for output that is no terminal: a line a finished seed, and now and then one between. */
import { count, percent } from 'thinnet-runs';
import { duration, Position } from './position.js';
import type { BeginEvent, Extent, ProgressView } from './view.js';

export interface LineOptions {
  readonly write: (line: string) => void;
  /** Seconds of silence after which an epoch within a seed is worth a line. */
  readonly interval?: number;
  /** The time in seconds. */
  readonly now?: () => number;
}

export function progressLines(extent: Extent, options: LineOptions): ProgressView {
  const { write, interval = 15, now = () => performance.now() / 1000 } = options;
  const position = new Position(extent, now);
  let last = now();
  const say = (line: string) => {
    last = now();
    write(line);
  };
  const where = ({ arm, seed }: BeginEvent) =>
    `${arm}, seed ${position.numberOf(seed)} of ${extent.seeds.length}`;
  const left = () => {
    const seconds = position.remaining();
    return seconds === undefined || seconds === 0 ? '' : `, about ${duration(seconds)} left`;
  };
  return {
    begin: (event) => position.begin(event),
    step: (event) => position.step(event),
    epoch(event) {
      position.epoch(event);
      // After the last epoch the seed's own line follows.
      if (now() - last < interval || event.epoch.epoch === extent.epochs) return;
      const { epoch, test, examplesPerSecond } = event.epoch;
      say(
        `${where(event)}, epoch ${epoch} of ${extent.epochs}: test error ${percent(test.error)}, ` +
          `${count(examplesPerSecond)} ${extent.examples}/s${left()}`,
      );
    },
    finished(event) {
      position.finished(event);
      const { result, isFromBefore } = event;
      const { length } = result.epochs;
      say(
        `${where(event)}: test error ${percent(result.test.error)} after ${length} ${length === 1 ? 'epoch' : 'epochs'}` +
          (isFromBefore
            ? ' (from before)'
            : `, ${count(result.examplesPerSecond)} ${extent.examples}/s${left()}`),
      );
    },
    stop() {},
  };
}
