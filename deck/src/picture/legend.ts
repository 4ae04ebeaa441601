/** @file The names of the series with their colours, and the values under the pointer. */
import { colourNumber, isDashed } from './colours.js';
import { colourOf, make } from './dom.js';

export interface Legend {
  readonly element: HTMLElement;
  /** The series' colour in the page's present colour scheme. */
  colour(series: number): string;
  /** Writes where the pointer is, and a text for each series. */
  read(place: string, values: readonly string[]): void;
}

/** What marks a series besides its colour. */
const kindOf = (series: number, isMarked: boolean): string => {
  if (isMarked) return ' marked';
  return isDashed(series) ? ' dashed' : '';
};

/** `place` and `values` are shown until the pointer says otherwise. Series that `isMarked` names are rings. */
export function legendOf(
  names: readonly string[],
  isMarked: (series: number) => boolean = () => false,
): Legend {
  const place = make('li', { class: 'picture-place' });
  const swatches = names.map((_, i) =>
    make('span', {
      class: `picture-swatch${kindOf(i, isMarked(i))}`,
      style: `color: var(--picture-${colourNumber(i, names.length)})`,
    }),
  );
  const values = names.map(() => make('span', { class: 'picture-value' }));
  const items = names.map((name, i) =>
    make('li', {}, swatches[i] as HTMLElement, make('span', {}, name), ' ', values[i] as HTMLElement),
  );
  return {
    element: make('ul', { class: 'picture-legend' }, place, ...items),
    colour: (series) => colourOf(swatches[series] as HTMLElement),
    read(where, texts) {
      place.textContent = where;
      for (const [i, value] of values.entries()) value.textContent = texts[i] ?? '';
    },
  };
}
