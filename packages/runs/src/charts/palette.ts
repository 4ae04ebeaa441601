/** @file The colours of arms: they stay apart for colour-blind eyes (after Okabe & Ito 2008), on white and on black. */

export interface Colour {
  readonly light: string;
  readonly dark: string;
}

/** The first arm, against which the others are compared, is neutral. */
const colours: readonly Colour[] = [
  { light: '#59636e', dark: '#a9b4c0' },
  { light: '#0072b2', dark: '#56b4e9' },
  { light: '#c44e00', dark: '#f0934a' },
  { light: '#007a58', dark: '#3fc79a' },
  { light: '#a8477f', dark: '#e39ac5' },
  { light: '#7a6400', dark: '#d9c23c' },
];

/** The arm's colour; beyond the sixth arm they begin again. */
export const colourOf = (arm: number): Colour => colours[arm % colours.length] as Colour;

/** The name of the CSS variable that has the arm's colour, in the scheme of the page. */
export const colourVariable = (arm: number): string => `--arm-${arm % colours.length}`;

/** The CSS variables --arm-0, --arm-1, … of so many arms; `scheme` picks one of the two sets. */
export const colourVariables = (arms: number, scheme: keyof Colour): string =>
  colours
    .slice(0, arms)
    .map((colour, arm) => `${colourVariable(arm)}: ${colour[scheme]};`)
    .join(' ');
