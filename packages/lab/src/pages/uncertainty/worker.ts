/** @file The page's worker: trains a network or takes a trained one, and asks it. */
import type { Split } from 'thinnet';
import type { WebRuntime } from 'thinnet/web';
import { loadSample } from '../../data/samples.js';
import { prepare } from '../../experiment/plan.js';
import { type Download, openRuntime } from '../../runtime/open.js';
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
let runtime: Promise<WebRuntime> | undefined;
let asked: AskedNetwork | undefined;
/** Networks are opened one after the other. */
let opening: Promise<unknown> = Promise.resolve();

const mnist = (): Promise<Split> => {
  split ??= loadSample('mnist');
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
  { report, signal }: CallContext<OpenProgress>,
): Promise<OpenedNetwork> {
  signal.throwIfAborted();
  runtime ??= openRuntime('wasm', (download) => report({ download }));
  runtime.catch(() => {
    runtime = undefined;
  });
  const [data, started] = await Promise.all([mnist(), runtime]);
  const prepared = prepare(source.settings, data);
  const learn = () => trained(source, prepared, started, (training) => report({ training }), signal);
  const parameters = source.parameters ?? (await learn());
  await asked?.release();
  asked = undefined;
  asked = await AskedNetwork.open(source, parameters, prepared, started);
  return { parameters };
}

const services = {
  async images(_: undefined): Promise<TestImages> {
    const { test } = await mnist();
    return { images: Uint8Array.from(test.features), labels: Int32Array.from(test.labels) };
  },

  open(source: NetworkSource, context: CallContext<OpenProgress>): Promise<OpenedNetwork> {
    const opened = opening.then(() => open(source, context));
    opening = opened.catch(() => undefined);
    return opened;
  },

  ask: (image: Float32Array): Promise<Answer> => network().ask(image),
  sweep: (image: Float32Array): Promise<Sweep> => network().sweep(image),
};
export type UncertaintyServices = typeof services;

serve(services);
