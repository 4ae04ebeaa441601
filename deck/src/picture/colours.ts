/** @file Colours of curves and bars: they stay apart for colour-blind eyes (after Okabe & Ito 2008), on white and on black. */

export interface Colour {
  readonly light: string;
  readonly dark: string;
}

/** The first is neutral: of several it is what the others are compared with. */
export const colours: readonly Colour[] = [
  { light: '#59636e', dark: '#a9b4c0' },
  { light: '#0072b2', dark: '#56b4e9' },
  { light: '#c44e00', dark: '#f0934a' },
  { light: '#007a58', dark: '#3fc79a' },
  { light: '#a8477f', dark: '#e39ac5' },
  { light: '#7a6400', dark: '#d9c23c' },
];

/** Number of the colour of one of `count` series; a single one needs no neutral colour, and beyond six they begin again. */
export const colourNumber = (series: number, count: number): number =>
  (count === 1 ? 1 : series) % colours.length;

/** Whether the series shares its colour with an earlier one, and is dashed to stay apart. */
export const isDashed = (series: number): boolean => Math.floor(series / colours.length) % 2 === 1;
