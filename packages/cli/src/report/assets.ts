/** @file What pages that are a single file draw with: uPlot, and the project's own drawing as one script. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ThinnetError } from 'thinnet';
import type { ReportAssets, UPlotAssets } from './page.js';

const { resolve } = createRequire(import.meta.url);

/** uPlot's files, from where it is installed. */
export async function uPlotAssets(): Promise<UPlotAssets> {
  const root = dirname(resolve('uplot/package.json'));
  const read = (name: string) => readFile(join(root, name), 'utf8');
  const [script, style, licence] = await Promise.all([
    read('dist/uPlot.iife.min.js'),
    read('dist/uPlot.min.css'),
    read('LICENSE'),
  ]);
  return { script, style, licence };
}

/** A script that the build makes of a package, such as `thinnet-runs/draw/inline.js`. Error: it is not built. */
export async function inlineScript(name: string): Promise<string> {
  const path = resolve(name);
  return readFile(path, 'utf8').catch(() => {
    throw new ThinnetError(`${path} is missing, which draws the pictures; build it with npm run build`);
  });
}

/** All that goes into the report beside the run. */
export async function reportAssets(): Promise<ReportAssets> {
  const [uPlot, drawing] = await Promise.all([uPlotAssets(), inlineScript('thinnet-runs/draw/inline.js')]);
  return { uPlot, drawing };
}
