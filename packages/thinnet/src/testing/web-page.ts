/** @file The page of the tests of `thinnet/web`, and what Node makes of the same plans. */
import { fileURLToPath } from 'node:url';
import { nodeRuntime } from '../runtime/node/ort.js';
import { localEngine } from '../train/local-engine.js';
import { trainerOver } from '../train/trainer.js';
import { type BrowserPage, type Bundle, bundle, openPage, type PageOptions } from './browser.js';
import { passes, type WebPlan, webPlans } from './web-plans.js';

let built: Promise<Bundle> | undefined;

/** The bundle: the page, `worker.js` beside it, and `own.js`, a worker of the page's own. */
export const webBundle = (): Promise<Bundle> => {
  built ??= bundle('web-entry.ts', {
    worker: 'thinnet/web/worker',
    own: fileURLToPath(new URL('web-worker-entry.ts', import.meta.url)),
  });
  return built;
};

export async function openWebPage(options: Omit<PageOptions, 'files'> = {}): Promise<BrowserPage> {
  const { code, files } = await webBundle();
  return openPage(code, { ...options, files });
}

/** Losses, predictions and passes by onnxruntime-node, on one thread. */
export async function inNode(name: WebPlan, epochs: number) {
  const { plan, data } = webPlans[name]();
  const trainer = trainerOver(await localEngine({ ...plan, threads: 1 }, data, nodeRuntime), plan, data);
  const losses: number[] = [];
  for await (const _ of trainer.fit({ epochs, onProgress: ({ loss }) => losses.push(loss) }));
  const outputs = await trainer.predict('test');
  const thinned = await trainer.thinned('test', passes);
  await trainer.close();
  return { losses, outputs, passes: thinned };
}

/** The largest |a − b| of two lists of one length; infinite where their lengths differ. */
export const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length
    ? Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0)
    : Number.POSITIVE_INFINITY;

/** The mean of the first and of the last three numbers. */
export const ends = (xs: readonly number[]): readonly [number, number] => {
  const mean = (part: readonly number[]) => part.reduce((a, b) => a + b, 0) / part.length;
  return [mean(xs.slice(0, 3)), mean(xs.slice(-3))];
};
