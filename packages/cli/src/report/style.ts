/** @file The page's style: calm, readable on a phone, light and dark. */
import { colourVariables } from 'thinnet-runs';

export const style = (arms: number): string => `
:root {
  color-scheme: light dark;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace;
  --paper: #fdfdfc; --ink: #1c2126; --muted: #626c76; --hairline: #e4e6e8; --panel: #f5f6f6;
  ${colourVariables(arms, 'light')}
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --ink: #e7eaed; --muted: #98a2ac; --hairline: #2a3036; --panel: #1b1f23;
    ${colourVariables(arms, 'dark')}
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 var(--sans); font-variant-numeric: tabular-nums lining-nums;
}
main { max-width: 58rem; margin: 0 auto; padding: 3.5rem 1.5rem 4rem; }
header p.kicker { margin: 0 0 .5rem; color: var(--muted); font-size: .875rem; }
h1 { margin: 0 0 1.25rem; font-size: 1.9rem; line-height: 1.2; font-weight: 650; letter-spacing: -.015em; text-wrap: balance; }
p.sentence { margin: 0; max-width: 44rem; font-size: 1.2rem; line-height: 1.5; text-wrap: pretty; }
p.sentence + p.sentence { margin-top: .7rem; }
section { margin-top: 3.25rem; }
h2 { margin: 0 0 .35rem; font-size: 1.15rem; line-height: 1.3; font-weight: 650; letter-spacing: -.005em; }
p.note { margin: 0 0 1.1rem; max-width: 44rem; color: var(--muted); font-size: .9rem; }
.swatch { display: inline-block; flex: none; width: 1.1em; height: 0; border-top: 3px solid var(--c); border-radius: 2px; vertical-align: .25em; }
.swatch.dashed { border-top-style: dashed; border-top-width: 2px; border-radius: 0; }

table { width: 100%; border-collapse: collapse; font-size: .95rem; }
th, td { padding: .55rem 0 .55rem 1.25rem; text-align: right; white-space: nowrap; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; text-align: left; }
thead th { color: var(--muted); font-size: .85rem; vertical-align: bottom; border-bottom: 1px solid var(--hairline); }
tbody tr + tr > * { border-top: 1px solid var(--hairline); }
tbody th { font-weight: 600; white-space: normal; }
tbody th .swatch { margin-right: .55em; }
.spread { color: var(--muted); font-size: .88em; }

.differences { list-style: none; margin: 0; padding: 0; }
.differences li { display: grid; grid-template-columns: 9.5rem 1fr auto; gap: 0 1.25rem; align-items: center; padding: .55rem 0; }
.differences li + li { border-top: 1px solid var(--hairline); }
.differences b { font-weight: 600; }
.track { position: relative; display: block; height: 2rem; }
.track i { position: absolute; top: 50%; }
.track .zero { left: 50%; top: 0; height: 100%; border-left: 1px solid var(--muted); }
.track .range { height: 8px; margin-top: -4px; border-radius: 4px; background: var(--c); opacity: .28; }
.track .seed { width: 5px; height: 5px; margin: -2.5px 0 0 -2.5px; border-radius: 50%; background: var(--c); opacity: .75; }
.track .mean { width: 3px; height: 18px; margin: -9px 0 0 -1.5px; border-radius: 2px; background: var(--c); }
.figure { text-align: right; white-space: nowrap; }
.figure small { display: block; color: var(--muted); font-size: .82rem; line-height: 1.3; }

figure { margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: 0 0 .3rem; padding: 0; list-style: none; font-size: .9rem; }
.legend li { display: flex; align-items: center; gap: .5em; }
.legend .epoch { color: var(--muted); min-width: 4.6em; }
.legend .value { color: var(--muted); min-width: 3.6em; }
.chart { width: 100%; height: 280px; }
p.axis-note { margin: 0; padding-left: 56px; color: var(--muted); font-size: .82rem; }
@media (max-width: 535px) { .chart { height: 220px; } }
.uplot, .uplot *, .uplot *::before, .uplot *::after { box-sizing: border-box; }
.u-hz .u-cursor-x { border-right: 1px solid var(--muted); }

.reliabilities { display: grid; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: 1.5rem 2rem; }
.reliability figcaption { display: flex; justify-content: space-between; gap: 1em; margin-bottom: .3rem; font-size: .9rem; }
.reliability b { font-weight: 600; }
.reliability figcaption span { color: var(--muted); white-space: nowrap; }
.reliability svg { display: block; width: 100%; max-width: 18rem; overflow: visible; }
.frame { fill: none; stroke: var(--hairline); }
.perfect { stroke: var(--muted); stroke-width: .8; stroke-dasharray: 3 3; }
.stem { stroke: var(--c); stroke-width: 1.2; opacity: .55; }
.reliability circle { fill: var(--c); fill-opacity: .55; stroke: var(--c); stroke-width: .8; }
.tick, .axis { fill: var(--muted); font: 9.5px var(--sans); }

dl.settings { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.5rem; margin: 0; font-size: .93rem; }
dl.settings dt { color: var(--muted); }
dl.settings dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0 0 1rem; padding: .9rem 1.1rem; border-radius: 8px; background: var(--panel); font: .86rem/1.6 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.option { display: inline-block; max-width: 100%; white-space: pre-wrap; vertical-align: top; }
button { font: inherit; font-size: .875rem; color: var(--ink); background: var(--panel); border: 1px solid var(--hairline); border-radius: 6px; padding: .3rem .8rem; margin: 0 0 1rem; cursor: pointer; }
button:hover { border-color: var(--muted); }
button:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
code { font: .92em var(--mono); }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--hairline); color: var(--muted); font-size: .85rem; }

@media (forced-colors: active) {
  .track i, .swatch, .reliability svg { forced-color-adjust: none; }
  .track .zero, .perfect { border-color: GrayText; stroke: GrayText; }
  .frame { stroke: GrayText; }
  .tick, .axis { fill: CanvasText; }
}

@media (max-width: 44rem) {
  body { font-size: 15.5px; }
  main { padding: 1.75rem 1.1rem 3rem; }
  h1 { font-size: 1.45rem; }
  p.sentence { font-size: 1.08rem; }
  section { margin-top: 2.5rem; }
  table, tbody, tbody tr, tbody th, tbody td { display: block; }
  thead { display: none; }
  tbody tr { padding: .8rem 0; }
  tbody tr + tr { border-top: 1px solid var(--hairline); }
  tbody tr + tr > * { border-top: 0; }
  tbody th { padding: 0 0 .3rem; }
  tbody td { display: flex; justify-content: space-between; padding: .14rem 0; }
  tbody td::before { content: attr(data-label); color: var(--muted); }
  .differences li { grid-template-columns: 1fr auto; }
  .differences .track { grid-column: 1 / -1; grid-row: 2; margin-top: .3rem; }
  .legend { flex-direction: column; }
  .legend .value { margin-left: auto; text-align: right; }
  .reliabilities { grid-template-columns: 1fr 1fr; gap: 1.25rem .9rem; }
  .reliability figcaption { flex-direction: column; gap: 0; }
  dl.settings { grid-template-columns: 1fr; gap: 0; }
  dl.settings dd { margin-bottom: .5rem; }
}
`;
