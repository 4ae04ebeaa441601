/** @file What must agree between a checkpoint and the run that resumes it. */
import { ThinnetError } from '../error.js';
import { sha256 } from './checkpoint.js';
import type { TrainingPlan } from './plan.js';
import type { TrainingData } from './trainer-types.js';

/** A short text or digest per part of a run. `stepsPerRun` and `threads` are left out: they do not define the run. */
export async function fingerprint(plan: TrainingPlan, data: TrainingData): Promise<Record<string, string>> {
  const { network } = plan;
  const initial = network.graph.initializers.map(({ name, dims, data }) => ({
    name,
    dims,
    data: Array.from(data.slice(0, 8), String),
  }));
  const sizes = [data.train, data.test, data.validation].map((set) =>
    set ? `${set.name} ${set.length}` : 'none',
  );
  return {
    network: await digest({
      nodes: network.graph.nodes,
      sites: network.sites,
      parameters: network.parameters,
      statistics: network.statistics,
      initial,
    }),
    loss: JSON.stringify(plan.loss),
    optimizer: JSON.stringify(plan.optimizer),
    schedule: JSON.stringify(plan.schedule),
    'max-norm': String(plan.maxNorm ?? 'none'),
    'gradient clipping': String(plan.clipNorm ?? 'none'),
    'batch size': String(plan.batchSize),
    seed: String(plan.seed),
    'planned rate changes': plan.rateChanges?.length ? JSON.stringify(plan.rateChanges) : 'none',
    data: sizes.join(', '),
  };
}

/** Errors: a part that differs, named with both values. */
export function checkFingerprint(
  saved: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): void {
  // A part that a checkpoint does not have yet is one that its run did not use.
  const differing = Object.keys(wanted).filter((part) => (saved[part] ?? 'none') !== wanted[part]);
  if (differing.length === 0) return;
  const details = differing.map((part) =>
    part === 'network' ? part : `${part} (${saved[part]} there, ${wanted[part]} now)`,
  );
  throw new ThinnetError(`the checkpoint belongs to another run: it differs in ${details.join(', ')}`);
}

const digest = (value: unknown): Promise<string> =>
  sha256(new TextEncoder().encode(JSON.stringify(value, plain)));

/** Makes bigints and typed arrays fit for JSON. */
function plain(_: string, x: unknown): unknown {
  if (typeof x === 'bigint') return `${x}n`;
  return ArrayBuffer.isView(x) ? Array.from(x as Uint8Array, String) : x;
}
