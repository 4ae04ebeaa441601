/** @file What draws the pictures: uPlot, and the deck's drawing as one script. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ThinnetError } from 'thinnet';
import { pictureStyle } from 'thinnet-deck/picture';
import { type ReportAssets, reportAssets } from '../../report/index.js';

export interface CardsAssets {
  readonly uPlot: ReportAssets;
  /** Sets the global `thinnetPicture`. */
  readonly pictures: string;
  readonly pictureStyle: string;
}

export async function cardsAssets(): Promise<CardsAssets> {
  const [uPlot, pictures] = await Promise.all([reportAssets(), drawing()]);
  return { uPlot, pictures, pictureStyle };
}

async function drawing(): Promise<string> {
  const name = 'thinnet-deck/picture/inline.js';
  const path = createRequire(import.meta.url).resolve(name);
  return readFile(path, 'utf8').catch(() => {
    throw new ThinnetError(`${path} is missing, which draws the pictures; build it with npm run build`);
  });
}
