/** @file The page's worker: trains a network or takes a trained one, and asks it. */
import type { Split } from 'thinnet';
import type { WebRuntime } from 'thinnet/web';
import { loadSample } from '../../data/samples.js';
import { prepare } from '../../experiment/plan.js';
import { sharedRuntime } from '../../runtime/open.js';
import type { Download } from '../../runtime/shared.js';
import type { CallContext } from '../../worker/protocol.js';
import { serve } from '../../worker/serve.js';
import type { Answer, Sweep } from './network/answers.js';
import { AskedNetwork } from './network/asked.js';
import type { NetworkSource, Parameters } from './network/source.js';
import { type TrainingProgress, trained } from './network/train.js';

export type OpenProgress = { readonly download: Download } | { readonly training: TrainingProgress };

/** A network that can be asked. */
export interface OpenedNetwork {
  readonly parameters: Parameters;
}

/** The test images, bytes [n, 28, 28] row-major, and their digits. */
export interface TestImages {
  readonly images: Uint8Array;
  readonly labels: Int32Array;
}

let split: Promise<Split> | undefined;
let asked: AskedNetwork | undefined;
/** Networks are opened one after the other. */
let opening: Promise<unknown> = Promise.resolve();

/** Hears how much of the images has come. */
let onShare: (share: number) => void = () => undefined;

const mnist = (): Promise<Split> => {
  split ??= loadSample('mnist', undefined, (share) => onShare(share));
  split.catch(() => {
    split = undefined;
  });
  return split;
};

const network = (): AskedNetwork => {
  if (asked === undefined) throw new Error('the worker was asked before a network was opened');
  return asked;
};

async function open(
  source: NetworkSource,
  runtime: WebRuntime,
  { report, signal }: CallContext<OpenProgress>,
): Promise<OpenedNetwork> {
  signal.throwIfAborted();
  const prepared = prepare(source.settings, await mnist());
  const learn = () => trained(source, prepared, runtime, (training) => report({ training }), signal);
  const parameters = source.parameters ?? (await learn());
  await asked?.release();
  asked = undefined;
  asked = await AskedNetwork.open(source, parameters, prepared, runtime);
  return { parameters };
}

const services = {
  async images(_: undefined, { report }: CallContext<number>): Promise<TestImages> {
    onShare = report;
    const { test } = await mnist();
    return { images: Uint8Array.from(test.features), labels: Int32Array.from(test.labels) };
  },

  open(source: NetworkSource, context: CallContext<OpenProgress>): Promise<OpenedNetwork> {
    // Asked for at once: who waits for another network is told of the download meanwhile.
    const runtime = sharedRuntime((download) => context.report({ download }));
    const opened = Promise.all([runtime, opening]).then(([started]) => open(source, started, context));
    opening = opened.catch(() => undefined);
    return opened;
  },

  ask: (image: Float32Array): Promise<Answer> => network().ask(image),
  sweep: (image: Float32Array): Promise<Sweep> => network().sweep(image),
};
export type UncertaintyServices = typeof services;

serve(services);
