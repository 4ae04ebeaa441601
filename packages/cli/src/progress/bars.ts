/** @file Progress as bars in a terminal, one for each arm, over seeds × epochs. */

import type { SingleBar } from 'cli-progress';
import cliProgress from 'cli-progress';
import { count, percent } from 'thinnet-runs';
import { duration, Position } from './position.js';
import type { BeginEvent, Extent, ProgressView } from './view.js';

export interface BarState {
  readonly arm: string;
  /** The widest label among the arms. */
  readonly labelWidth: number;
  /** 0 to 1. */
  readonly fraction: number;
  /** The seeds at work, such as `2` or `2,3`. */
  readonly seed: string;
  readonly seeds: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number | undefined;
  readonly testError: number | undefined;
  readonly speed: number | undefined;
  readonly remaining: number | undefined;
}

/** One bar's line, at most `columns` wide: what is least needed goes first when there is little room. */
export function barLine(state: BarState, columns: number): string {
  const label = state.arm.padEnd(state.labelWidth);
  const head = `${label}  `;
  const { loss, testError, speed, remaining } = state;
  const fields = [
    `seed ${state.seed}/${state.seeds} epoch ${String(state.epoch).padStart(String(state.epochs).length)}/${state.epochs}`,
    testError === undefined ? '' : `test ${percent(testError).padStart(7)}`,
    state.fraction >= 1 ? 'done' : remaining === undefined ? '' : `${duration(remaining)} left`,
    loss === undefined ? '' : `loss ${loss.toFixed(4)}`,
    speed === undefined ? '' : `${count(speed)}/s`.padStart(9),
  ];
  // From the least important to the most.
  const droppable = [4, 3, 2, 1];
  const shown = new Set(fields.keys());
  const tail = () =>
    [0, 3, 1, 4, 2]
      .filter((i) => shown.has(i) && fields[i] !== '')
      .map((i) => `  ${fields[i]}`)
      .join('');
  const barWidth = () => columns - head.length - tail().length - 1;
  for (const field of droppable) if (barWidth() < 10) shown.delete(field);
  const width = Math.max(0, Math.min(32, barWidth()));
  const filled = Math.round(Math.min(1, state.fraction) * width);
  return `${head}${'█'.repeat(filled)}${'░'.repeat(width - filled)}${tail()}`.slice(
    0,
    Math.max(1, columns - 1),
  );
}

export function progressBars(extent: Extent, stream: NodeJS.WriteStream): ProgressView {
  const position = new Position(extent);
  const columns = () => stream.columns ?? 80;
  const multi = new cliProgress.MultiBar({
    stream,
    fps: 8,
    hideCursor: true,
    // Ctrl-C is handled by the command.
    gracefulExit: false,
    emptyOnZero: true,
    format: (_options, _params, payload: BarState) => barLine(payload, columns()),
  });
  const labelWidth = Math.min(28, Math.max(...extent.arms.map((arm) => arm.length)));
  const states = new Map<string, BarState>();
  const bars = new Map<string, SingleBar>();
  for (const arm of extent.arms) {
    const label = arm.length > labelWidth ? `${arm.slice(0, labelWidth - 1)}…` : arm;
    const state: BarState = {
      arm: label,
      labelWidth,
      fraction: 0,
      seed: '0',
      seeds: extent.seeds.length,
      epoch: 0,
      epochs: extent.epochs,
      loss: undefined,
      testError: undefined,
      speed: undefined,
      remaining: undefined,
    };
    states.set(arm, state);
    bars.set(arm, multi.create(1, 0, state));
  }
  const show = ({ arm, seed }: BeginEvent, change: Partial<BarState>) => {
    const { done, total, seeds, epochs } = position.of(arm);
    const fraction = total === 0 ? 1 : done / total;
    const place = { fraction, seed: seeds.join(','), epoch: Math.floor(epochs) };
    // Of several seeds at once the figures are those of the first.
    const figures = position.numberOf(seed) === seeds[0] ? change : {};
    states.set(arm, { ...(states.get(arm) as BarState), ...place, ...figures });
    // One bar alone says how long all will take: that of the run that has been at work for longest.
    const teller = position.first ?? arm;
    const remaining = position.remaining();
    for (const [each, bar] of bars) {
      const state = states.get(each) as BarState;
      // Not to the very end: a bar that is full stops redrawing, though its last figures are still to come.
      bar.update(Math.min(0.999, state.fraction), each === teller ? { ...state, remaining } : state);
    }
  };
  return {
    begin(event) {
      position.begin(event);
      show(event, {});
    },
    step(event) {
      position.step(event);
      const { loss, examplesPerSecond } = event.step;
      show(event, { loss, speed: examplesPerSecond });
    },
    epoch(event) {
      position.epoch(event);
      show(event, { testError: event.epoch.test.error, speed: event.epoch.examplesPerSecond });
    },
    finished(event) {
      position.finished(event);
      show(event, { testError: event.result.test.error, speed: event.result.examplesPerSecond });
    },
    stop() {
      multi.stop();
    },
  };
}
