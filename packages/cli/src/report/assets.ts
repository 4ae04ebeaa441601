/** @file uPlot's files, from where it is installed. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ReportAssets } from './page.js';

/** What goes into the report of uPlot: its code, its style and its licence. */
export async function reportAssets(): Promise<ReportAssets> {
  const root = dirname(createRequire(import.meta.url).resolve('uplot/package.json'));
  const read = (name: string) => readFile(join(root, name), 'utf8');
  const [script, style, licence] = await Promise.all([
    read('dist/uPlot.iife.min.js'),
    read('dist/uPlot.min.css'),
    read('LICENSE'),
  ]);
  return { script, style, licence };
}
