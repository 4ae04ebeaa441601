/** @file What draws one type of picture into its frame. */
import type uPlot from 'uplot';
import type { Picture } from '../picture.js';

/** What the drawing takes from its page. */
export interface PictureTools {
  /** The plotting library; its style sheet `uPlot.min.css` belongs into the page. */
  readonly uPlot: typeof uPlot;
}

/** A picture on the page. */
export interface Drawing {
  /** Draws it again: in the page's present colours and in the width of its frame. */
  redraw(): void;
  /** Lets go of what it holds. */
  destroy(): void;
}

/** Puts the picture into an empty frame that is on the page. */
export type Draw<P extends Picture> = (frame: HTMLElement, picture: P, tools: PictureTools) => Drawing;
