/** @file What draws the pictures: uPlot, and the deck's drawing as one script. */
import { pictureStyle } from 'thinnet-deck/picture';
import { inlineScript, type UPlotAssets, uPlotAssets } from '../../report/index.js';

export interface CardsAssets {
  readonly uPlot: UPlotAssets;
  /** Sets the global `thinnetPicture`. */
  readonly pictures: string;
  readonly pictureStyle: string;
}

export async function cardsAssets(): Promise<CardsAssets> {
  const [uPlot, pictures] = await Promise.all([
    uPlotAssets(),
    inlineScript('thinnet-deck/picture/inline.js'),
  ]);
  return { uPlot, pictures, pictureStyle };
}
