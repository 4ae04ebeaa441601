/** @file A picture on a page: drawn in the page's colours and width, with its numbers as a table beside it. */
import type { Picture } from '../picture.js';
import { drawBars } from './bars.js';
import { make } from './dom.js';
import type { Draw, Drawing, PictureTools } from './draw.js';
import { drawGrid } from './grid.js';
import { drawLines } from './lines.js';
import { inWords, numbersOf } from './numbers.js';
import { drawTable, tableOf } from './table.js';

type Of<T extends Picture['type']> = Extract<Picture, { readonly type: T }>;

const draws: { readonly [T in Picture['type']]: Draw<Of<T>> } = {
  lines: drawLines,
  bars: drawBars,
  grid: drawGrid,
  table: drawTable,
};

/** The numbers behind a fold, made when it is opened: a grid may have thousands. */
function fold(picture: Picture): HTMLElement {
  const details = make('details', { class: 'picture-numbers' }, make('summary', {}, 'Numbers'));
  details.addEventListener(
    'toggle',
    () => details.append(tableOf({ title: `Numbers: ${picture.title}`, ...numbersOf(picture) })),
    { once: true },
  );
  return details;
}

/**
 * Draws the picture as the last child of `element`, which must be on the page. It follows the width of `element` and the
 * page's colour scheme (the CSS property `color-scheme`, by the system's setting or by attributes of the root element)
 * until it is destroyed, which also takes it off the page. The page needs `pictureStyle` and uPlot's style sheet.
 */
export function mountPicture(element: HTMLElement, picture: Picture, tools: PictureTools): Drawing {
  const isTable = picture.type === 'table';
  const frame = make('div', {
    class: 'picture-frame',
    ...(isTable ? {} : { role: 'img', 'aria-label': inWords(picture) }),
  });
  const figure = make(
    'figure',
    { class: `picture picture-${picture.type}` },
    make('figcaption', {}, picture.title),
    frame,
    ...(isTable ? [] : [fold(picture)]),
  );
  element.append(figure);
  const drawing = (draws[picture.type] as Draw<Picture>)(frame, picture, tools);

  let width = frame.clientWidth;
  const size = new ResizeObserver(() => {
    if (frame.clientWidth === width) return;
    width = frame.clientWidth;
    drawing.redraw();
  });
  size.observe(frame);
  const redraw = () => drawing.redraw();
  const isDark = matchMedia('(prefers-color-scheme: dark)');
  isDark.addEventListener('change', redraw);
  const theme = new MutationObserver(redraw);
  theme.observe(document.documentElement, { attributes: true });
  return {
    redraw,
    destroy() {
      size.disconnect();
      theme.disconnect();
      isDark.removeEventListener('change', redraw);
      drawing.destroy();
      figure.remove();
    },
  };
}
