/** @file What the page knows of a run, and how the worker's events change it. */
import type { Epoch } from 'thinnet';
import { type ArmRateChange, armLabels, type Settings } from '../settings/settings.js';
import { goingOf } from './done.js';
import type { FrameEvent, Opened, Opening, TrainingEvent } from './events.js';

export type Phase = 'opening' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

export interface ArmState {
  readonly label: string;
  readonly history: readonly Epoch[];
  /** Steps taken. */
  readonly step: number;
  /** Latest loss through thinned networks. */
  readonly loss?: number;
  /** Of a step, smoothed. */
  readonly milliseconds?: number;
  /** Why it could not go on. */
  readonly failed?: string;
}

export interface RunState {
  readonly id: string;
  readonly settings: Settings;
  readonly phase: Phase;
  /** Whether a pause has been asked for that has not come yet. */
  readonly isPausing: boolean;
  /** What is being done before the first step. */
  readonly opening?: Opening;
  readonly opened?: Opened;
  readonly arms: readonly ArmState[];
  readonly frame?: FrameEvent;
  readonly warnings: readonly string[];
  /** Why it failed; `isDefect` where it is nothing that the visitor did. */
  readonly error?: { readonly words: string; readonly isDefect: boolean };
}

export const isUnderWay = ({ phase }: RunState): boolean =>
  phase === 'opening' || phase === 'running' || phase === 'paused';

const smoothed = (before: number | undefined, now: number): number =>
  before === undefined ? now : 0.7 * before + 0.3 * now;

type Reducers = {
  readonly [K in TrainingEvent['type']]: (
    state: RunState,
    event: Extract<TrainingEvent, { type: K }>,
  ) => RunState;
};

const withArm = (
  state: RunState,
  number: number,
  change: (arm: ArmState) => Partial<ArmState>,
): RunState => ({
  ...state,
  arms: state.arms.map((arm, i) => (i === number ? { ...arm, ...change(arm) } : arm)),
});

const reducers: Reducers = {
  steps: (state, { arm, step, loss, milliseconds }) =>
    withArm(state, arm, (before) => ({
      step,
      loss,
      milliseconds: smoothed(before.milliseconds, milliseconds),
    })),
  frame: (state, frame) => ({ ...state, frame }),
  history: (state, { arm, history }) =>
    withArm(state, arm, ({ step }) => ({ history, step: Math.max(step, history.at(-1)?.step ?? 0) })),
  epoch: (state, { arm, epoch }) =>
    withArm(state, arm, ({ history }) => ({
      history: [...history.filter((other) => other.epoch < epoch.epoch), epoch],
    })),
  // One that was under way when the visitor let it go on says nothing any more.
  level: (state) =>
    state.phase === 'paused' || state.isPausing ? { ...state, phase: 'paused', isPausing: false } : state,
  failed: (state, { arm, words }) => withArm(state, arm, () => ({ failed: words })),
  warning: (state, { words }) => ({ ...state, warnings: [...state.warnings, words] }),
};

/** The state after an event. */
export const after = (state: RunState, event: TrainingEvent): RunState =>
  (reducers[event.type] as (state: RunState, event: TrainingEvent) => RunState)(state, event);

/** The state once rates were set: they are the settings', and the arms' names tell of them. */
export function withChanges(state: RunState, changes: readonly ArmRateChange[]): RunState {
  const settings = { ...state.settings, changes };
  const labels = armLabels(settings);
  const named = <A extends { readonly label: string }>(arms: readonly A[]): readonly A[] =>
    arms.map((arm, i) => ({ ...arm, label: labels[i] ?? arm.label }));
  const { opened } = state;
  return {
    ...{ ...state, settings, arms: named(state.arms) },
    ...(opened ? { opened: { ...opened, arms: named(opened.arms) } } : {}),
  };
}

/** Share of all steps that have been taken, 0 to 1. */
export function shareDone({ arms, opened, settings }: RunState): number {
  const all = (opened?.stepsPerEpoch ?? 0) * settings.epochs;
  const going = goingOf(arms);
  if (all === 0 || going.length === 0) return 0;
  return going.reduce((sum, { step }) => sum + Math.min(1, step / all), 0) / going.length;
}
