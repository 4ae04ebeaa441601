/** @file Checkpoints as bytes: a safetensors file whose metadata say where training stood. */
import { ThinnetError } from '../error.js';
import type { State } from './engine.js';
import type { RateChange } from './rates.js';
import { readSafetensors, writeSafetensors } from './safetensors.js';
import { sha256Hex, sha256OfText } from './sha256.js';
import type { Epoch } from './trainer-types.js';

/** The best epoch so far by validation loss, and the parameters it had. */
export interface Best {
  readonly epoch: number;
  readonly loss: number;
  readonly state: State;
}

export interface Checkpoint {
  /** What the run was, by part; a resumed run must agree (see `fingerprint`). */
  readonly plan: Readonly<Record<string, string>>;
  readonly history: readonly Epoch[];
  readonly state: State;
  /** Rates that changed while training ran, and those that the plan changes. */
  readonly rateChanges: readonly RateChange[];
  readonly best?: Best;
}

/** Version 1 knew data by their names and lengths alone. */
const version = '2';

/** A checkpoint as bytes, with a SHA-256 over tensors and metadata. */
export async function writeCheckpoint({
  plan,
  history,
  state,
  rateChanges,
  best,
}: Checkpoint): Promise<Uint8Array> {
  const tensors = { ...prefixed('state:', state), ...(best ? prefixed('best:', best.state) : {}) };
  const content = JSON.stringify({
    plan,
    history,
    ...(rateChanges.length > 0 ? { rateChanges } : {}),
    ...(best ? { best: { epoch: best.epoch, loss: best.loss } } : {}),
  });
  const digest = await digestOf(content, tensors);
  return writeSafetensors(tensors, { format: 'thinnet-checkpoint', version, digest, content });
}

/** Errors: not a checkpoint, a newer version, cut short or altered bytes. */
export async function readCheckpoint(bytes: Uint8Array): Promise<Checkpoint> {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.format !== 'thinnet-checkpoint')
    throw new ThinnetError('not a checkpoint of Thinnet: a safetensors file of something else');
  if (metadata.version !== version)
    throw new ThinnetError(
      `the checkpoint is of version ${metadata.version}; this Thinnet reads version ${version}: begin the run anew, or go on with the Thinnet that wrote it`,
    );
  const content = metadata.content ?? '';
  if ((await digestOf(content, tensors)) !== metadata.digest)
    throw new ThinnetError('the checkpoint is corrupt: its contents do not match its digest');
  const {
    plan,
    history,
    rateChanges = [],
    best,
  } = JSON.parse(content) as Omit<Checkpoint, 'best' | 'rateChanges'> & {
    rateChanges?: readonly RateChange[];
    best?: Omit<Best, 'state'>;
  };
  const state = unprefixed('state:', tensors);
  return {
    plan,
    history,
    state,
    rateChanges,
    ...(best ? { best: { ...best, state: unprefixed('best:', tensors) } } : {}),
  };
}

const prefixed = (prefix: string, state: State): State =>
  Object.fromEntries(Object.entries(state).map(([name, data]) => [prefix + name, data]));

const unprefixed = (prefix: string, tensors: State): State =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, data]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), data]] : [],
    ),
  );

async function digestOf(content: string, tensors: State): Promise<string> {
  const parts = [await sha256OfText(content)];
  for (const [name, { buffer, byteOffset, byteLength }] of Object.entries(tensors))
    parts.push(await sha256OfText(name), await sha256Hex(new Uint8Array(buffer, byteOffset, byteLength)));
  return sha256OfText(parts.join());
}
