/** @file A grid of numbers as shades: squares on a canvas, labels and written numbers above it. */
import type { GridPicture } from '../picture.js';
import { colourOf, make } from './dom.js';
import type { Draw } from './draw.js';
import { numberText } from './format.js';
import { isDark, type Rgb, rangeOf, shade } from './shades.js';

/** The widest that a square is drawn, in pixels. */
function sideOf({ columns, written, columnLabels }: GridPicture): number {
  if (written) return 56;
  if (columns <= 12 || columnLabels !== undefined) return 34;
  return Math.max(2, Math.min(16, Math.round(448 / columns)));
}

/** Squares of fewer pixels have no room for a number; it is in the table. */
const smallestWritten = 24;

/** Pixels that a label needs along its row of labels. */
const labelSide = 13;

/** Labels above and beside the squares; where these are small, `fit` turns those above and leaves out those without room. */
function labelsOf({ rowLabels = [], columnLabels = [] }: GridPicture) {
  const longest = Math.max(0, ...columnLabels.map((label) => label.length));
  const above = columnLabels.map((label, i) =>
    make('span', { class: 'picture-column', style: `grid-area: 1 / ${i + 2}` }, label),
  );
  const beside = rowLabels.map((label, i) =>
    make('span', { class: 'picture-row', style: `grid-area: ${i + 2} / 1` }, label),
  );
  const thin = (labels: readonly HTMLElement[], every: number) => {
    for (const [i, label] of labels.entries()) label.classList.toggle('spare', i % every !== 0);
  };
  return {
    elements: [...above, ...beside],
    fit(square: number) {
      for (const label of above) label.classList.toggle('turned', 7 * longest > square);
      thin(above, Math.max(1, Math.ceil(labelSide / square)));
      thin(beside, Math.max(1, Math.ceil(labelSide / square)));
    },
  };
}

const rgb = (element: Element): Rgb =>
  (colourOf(element).match(/[\d.]+/g) ?? []).slice(0, 3).map(Number) as unknown as Rgb;

export const drawGrid: Draw<GridPicture> = (frame, picture) => {
  const { rows, columns, values, written } = picture;
  const side = sideOf(picture);
  const canvas = make('canvas', {
    width: columns,
    height: rows,
    style: `grid-area: 2 / 2 / span ${rows} / span ${columns}; aspect-ratio: ${columns} / ${rows}`,
  });
  const cells = written
    ? values.map((value, i) =>
        make(
          'span',
          {
            class: 'picture-cell',
            style: `grid-area: ${Math.floor(i / columns) + 2} / ${(i % columns) + 2}`,
          },
          numberText(value, 3),
        ),
      )
    : [];
  const range = rangeOf(values);
  const ends = ['low', 'zero', 'high'].map((name) => make('i', { style: `color: var(--picture-${name})` }));
  const scale = make(
    'div',
    { class: `picture-scale${range.from < 0 ? ' from-low' : ''}${range.to > 0 ? ' to-high' : ''}` },
    numberText(range.from),
    make('span', { class: 'picture-ramp' }, ...ends),
    numberText(range.to),
  );
  const labels = labelsOf(picture);
  frame.append(
    make(
      'div',
      {
        class: 'picture-grid',
        style:
          `grid-template: auto repeat(${rows}, 1fr) / auto repeat(${columns}, minmax(0, ${side}px)); ` +
          `--picture-columns: ${columns}`,
      },
      ...labels.elements,
      canvas,
      ...cells,
    ),
    scale,
  );
  const paint = () => {
    const square = Math.max(1, canvas.clientWidth / columns);
    labels.fit(square);
    for (const cell of cells) cell.classList.toggle('spare', square < smallestWritten);
    const [low, zero, high] = ends.map(rgb) as [Rgb, Rgb, Rgb];
    const context = canvas.getContext('2d');
    if (context === null) return;
    const image = context.createImageData(columns, rows);
    for (let i = 0; i < rows * columns; i++) {
      const value = values[i] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      const colour = shade(value, range, low, zero, high);
      image.data.set([...colour, 255], 4 * i);
      const cell = cells[i];
      if (cell !== undefined) cell.style.color = isDark(colour) ? '#fff' : '#000';
    }
    context.putImageData(image, 0, 0);
  };
  paint();
  return { redraw: paint, destroy() {} };
};
