/** @file What shows how far a comparison is. */

import type { Epoch, Progress } from 'thinnet';
import type { PairResult } from 'thinnet-runs';

export interface BeginEvent {
  readonly arm: string;
  readonly seed: number;
}

export interface StepEvent {
  readonly arm: string;
  readonly seed: number;
  readonly step: Progress;
}

export interface EpochEvent {
  readonly arm: string;
  readonly seed: number;
  readonly epoch: Epoch;
}

export interface FinishedEvent {
  readonly arm: string;
  readonly seed: number;
  readonly result: PairResult;
  /** It was done in an earlier session of the run. */
  readonly isFromBefore: boolean;
}

export interface ProgressView {
  /** A run begins; others may be under way. Its data are prepared from now on. */
  begin(event: BeginEvent): void;
  step(event: StepEvent): void;
  epoch(event: EpochEvent): void;
  finished(event: FinishedEvent): void;
  /** Leaves the terminal as it should be; nothing is shown after it. */
  stop(): void;
}

/** What will be done, known at the start. */
export interface Extent {
  /** The arms' labels. */
  readonly arms: readonly string[];
  readonly seeds: readonly number[];
  readonly epochs: number;
  /** What the data consist of, such as images. */
  readonly examples: string;
}

export const noProgress: ProgressView = { begin() {}, step() {}, epoch() {}, finished() {}, stop() {} };

/** Shows everything in several views. */
export function allOf(...views: readonly ProgressView[]): ProgressView {
  const each = (show: (view: ProgressView) => void) => {
    for (const view of views) show(view);
  };
  return {
    begin: (event) => each((view) => view.begin(event)),
    step: (event) => each((view) => view.step(event)),
    epoch: (event) => each((view) => view.epoch(event)),
    finished: (event) => each((view) => view.finished(event)),
    stop: () => each((view) => view.stop()),
  };
}
