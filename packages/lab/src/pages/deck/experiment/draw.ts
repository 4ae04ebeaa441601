/** @file The deck's drawing with uPlot; loaded with the first picture. */
import type { Picture } from 'thinnet-deck';
import { mountPicture, pictureStyle } from 'thinnet-deck/picture';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

let isStyled = false;

/** Draws into an element on the page. Gives what takes it off again. */
export function draw(element: HTMLElement, picture: Picture): () => void {
  if (!isStyled) {
    isStyled = true;
    const style = document.createElement('style');
    style.textContent = pictureStyle;
    document.head.append(style);
  }
  const drawing = mountPicture(element, picture, { uPlot });
  return () => drawing.destroy();
}
