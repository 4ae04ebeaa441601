/** @file All arms of a run, compiled one after the other: all of them, or none. */
import type { Runtime } from 'thinnet';
import type { Prepared } from '../experiment/plan.js';
import type { Settings } from '../settings/settings.js';
import { ArmRun } from './arm-run.js';

export interface OpenArmsOptions {
  readonly settings: Settings;
  readonly prepared: Prepared;
  readonly runtime: Runtime;
  /** Told what is being done. */
  readonly stage: (words: string) => void;
  readonly signal: AbortSignal;
}

/** Where one cannot be opened, those before it are closed again. Errors: those of `ArmRun.open`; the signal's reason. */
export async function openArms(options: OpenArmsOptions): Promise<readonly ArmRun[]> {
  const { settings, prepared, runtime, stage, signal } = options;
  const arms: ArmRun[] = [];
  try {
    for (const number of settings.arms.keys()) {
      stage(`Compiling arm ${number + 1} of ${settings.arms.length}`);
      arms.push(await ArmRun.open(settings, number, prepared, runtime));
      signal.throwIfAborted();
    }
    return arms;
  } catch (error) {
    for (const arm of arms) await arm.close();
    throw error;
  }
}
