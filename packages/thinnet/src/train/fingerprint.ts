/** @file What must agree between a checkpoint and the run that resumes it. */
import type { Dataset } from '../data/dataset.js';
import { ThinnetError } from '../error.js';
import type { TrainingPlan } from './plan.js';
import { sha256OfArray, sha256OfText } from './sha256.js';
import type { TrainingData } from './trainer-types.js';

/** A short text or digest per part of a run. `stepsPerRun` and `threads` are left out: they do not define the run. */
export async function fingerprint(plan: TrainingPlan, data: TrainingData): Promise<Record<string, string>> {
  const { network } = plan;
  const initial = [];
  for (const { name, dims, data } of network.graph.initializers)
    initial.push({ name, dims, data: ArrayBuffer.isView(data) ? await sha256OfArray(data) : data });
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
    'training set': await describe(data.train),
    'test set': await describe(data.test),
    'validation set': data.validation ? await describe(data.validation) : 'none',
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

/** A set by its name, what it holds, and the beginning of a digest over all of it. */
async function describe({ name, length, shape, classes, features, labels }: Dataset): Promise<string> {
  const contents = [await sha256OfArray(features), await sha256OfArray(labels)];
  const all = await digest({ shape, classes, types: [features, labels].map(elementType), contents });
  const examples = `${length} examples of shape [${shape.join(', ')}]`;
  return `"${name}": ${examples}, ${classes === 0 ? 'regression' : `${classes} classes`}, SHA-256 ${all.slice(0, 16)}`;
}

const elementType = (array: Dataset['features' | 'labels']): string =>
  array instanceof Float32Array ? 'float32' : array instanceof Int32Array ? 'int32' : 'uint8';

const digest = (value: unknown): Promise<string> => sha256OfText(JSON.stringify(value, plain));

/** Makes bigints and typed arrays fit for JSON. */
function plain(_: string, x: unknown): unknown {
  if (typeof x === 'bigint') return `${x}n`;
  return ArrayBuffer.isView(x) ? Array.from(x as Uint8Array, String) : x;
}
