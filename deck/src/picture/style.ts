/** @file The style of pictures. It takes --ink, --muted, --hairline and --panel from the page where it has them. */
import { colours } from './colours.js';

const variables = colours
  .map(({ light, dark }, i) => `--picture-${i}: light-dark(${light}, ${dark});`)
  .join(' ');

/** A style sheet for a page that has pictures; all its names begin with `picture`. */
export const pictureStyle = `
.picture {
  ${variables}
  --picture-low: light-dark(#b34700, #f0934a); --picture-zero: light-dark(#f1f2f3, #23292f); --picture-high: light-dark(#00568a, #6cc3f5);
  --picture-ink: var(--ink, light-dark(#1c2126, #e7eaed)); --picture-muted: var(--muted, light-dark(#626c76, #98a2ac));
  --picture-hairline: var(--hairline, light-dark(#e4e6e8, #2a3036));
  margin: 0; min-width: 0; font-variant-numeric: tabular-nums lining-nums;
}
.picture figcaption { margin: 0 0 .5rem; color: var(--picture-ink); font-size: .95rem; font-weight: 600; line-height: 1.4; text-wrap: pretty; }
.picture-frame { color: var(--picture-ink); min-width: 0; }
.picture-plot { color: var(--picture-muted); width: 100%; min-height: 220px; overflow: hidden; }
.picture-plot .uplot, .picture-plot .uplot * { box-sizing: border-box; }
.picture-plot .u-vt .u-cursor-x { border-bottom: 1px solid var(--picture-muted); }
.picture-plot .u-hz .u-cursor-x { border-right: 1px solid var(--picture-muted); }
.picture-legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 0 0 .3rem; padding: 0; list-style: none; font-size: .85rem; }
.picture-legend li { display: flex; align-items: center; gap: .45em; margin: 0; }
.picture-place, .picture-value { color: var(--picture-muted); }
.picture-value { min-width: 3em; }
.picture-swatch { flex: none; width: 1.1em; border-top: 3px solid currentColor; border-radius: 2px; forced-color-adjust: none; }
.picture-swatch.dashed { border-top-style: dashed; border-top-width: 2px; border-radius: 0; }
.picture-swatch.marked { width: .75em; height: .75em; margin: 0 .175em; border: 2px solid currentColor; border-radius: 50%; }
.picture-grid { display: grid; justify-content: start; width: 100%; container-type: inline-size; font-size: .8rem; }
.picture-grid canvas { width: 100%; display: block; image-rendering: pixelated; outline: 1px solid var(--picture-hairline); }
.picture-column { align-self: end; padding: 0 .15rem .25rem; color: var(--picture-muted); text-align: center; white-space: nowrap; }
.picture-column.turned { writing-mode: vertical-rl; justify-self: center; padding: .35rem 0 0; transform: rotate(180deg); text-align: start; }
.picture-row { display: flex; align-items: center; justify-content: flex-end; align-self: center; height: 0; width: max-content; max-width: 9rem; justify-self: end; padding-right: .5rem; color: var(--picture-muted); text-align: right; line-height: 1.1; }
.picture-grid .spare { visibility: hidden; }
.picture-cell { z-index: 1; forced-color-adjust: none; place-self: center; font-size: clamp(.5rem, calc(22cqw / var(--picture-columns)), .85rem); line-height: 1; }
.picture-scale { display: flex; align-items: center; gap: .5rem; margin-top: .5rem; color: var(--picture-muted); font-size: .8rem; }
.picture-ramp { forced-color-adjust: none; width: 7rem; height: .6rem; border-radius: 2px; outline: 1px solid var(--picture-hairline); }
.from-low .picture-ramp { background: linear-gradient(to right, var(--picture-low), var(--picture-zero)); }
.to-high .picture-ramp { background: linear-gradient(to right, var(--picture-zero), var(--picture-high)); }
.from-low.to-high .picture-ramp { background: linear-gradient(to right, var(--picture-low), var(--picture-zero), var(--picture-high)); }
.picture-numbers { margin-top: .5rem; font-size: .85rem; }
.picture-numbers summary { width: max-content; color: var(--picture-muted); cursor: pointer; }
.picture-table {
  max-width: 100%; max-height: 28rem; overflow: auto;
  --picture-behind: var(--behind, var(--paper, Canvas)); --picture-shadow: light-dark(rgb(28 33 38 / 34%), rgb(255 255 255 / 34%));
  /* A shadow where there is more; what scrolls along covers it at the ends. */
  background:
    linear-gradient(to right, var(--picture-behind) .6rem, transparent) left / .9rem 100% no-repeat local,
    linear-gradient(to left, var(--picture-behind) .6rem, transparent) right / .9rem 100% no-repeat local,
    linear-gradient(to right, var(--picture-shadow), transparent) left 1px top 1px / .6rem calc(100% - 2px) no-repeat scroll,
    linear-gradient(to left, var(--picture-shadow), transparent) right 1px top 1px / .6rem calc(100% - 2px) no-repeat scroll;
}
.picture-table table { display: table; width: auto; border-collapse: collapse; font-size: .9em; }
.picture-table th, .picture-table td { padding: .3rem 0 .3rem 1.1rem; color: var(--picture-ink); font-weight: 400; text-align: left; vertical-align: top; white-space: normal; }
/* Pages that show their own tables as blocks on phones do not mean these. */
.picture-table thead { display: table-header-group; }
.picture-table tbody { display: table-row-group; }
.picture-table tr { display: table-row; padding: 0; }
.picture-table :is(th, td) { display: table-cell; }
.picture-table td::before { content: none; }
.picture-table :is(th, td):first-child { padding-left: 0; }
.picture-table thead th { color: var(--picture-muted); vertical-align: bottom; border-bottom: 1px solid var(--picture-hairline); }
.picture-table tbody tr + tr > * { border-top: 1px solid var(--picture-hairline); }
.picture-table .number { text-align: right; white-space: nowrap; }
`;
