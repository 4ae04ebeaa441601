/** @file The drawing of a graph as an SVG file: its own styles, light and dark, no scripts, no fonts to load. */
import { ThinnetError } from 'thinnet';
import { escapeHtml } from '../report/escape.js';
import { type Box, boxesOf, type Drawn } from './boxes.js';
import { layoutOf, type Point, type Rectangle } from './layout.js';

const lineHeight = 16;
const padding = { x: 14, y: 9 };
/** Of the fonts below at 12 px; text is a little narrower or wider than that, and the padding takes it up. */
const characterWidth = { plain: 6.9, bold: 7.5 };
const captionHeight = 34;

const style = `
svg { --paper: #fdfdfc; --ink: #1c2126; --muted: #626c76; --line: #9aa3ab; --box: #f1f3f4; --edge: #c9cfd4; --site: #dcebf7; --site-edge: #0072b2; --warned: #fbe6d8; --warned-edge: #c44e00; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #14171a; --ink: #e7eaed; --muted: #98a2ac; --line: #6b757e; --box: #1f2429; --edge: #3a434b; --site: #12304a; --site-edge: #56b4e9; --warned: #46260f; --warned-edge: #f0934a; }
}
text { font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif; fill: var(--muted); text-anchor: middle; }
text.title { font-weight: 650; fill: var(--ink); }
text.caption { text-anchor: start; font-size: 13px; }
text.warning { font-weight: 600; fill: var(--warned-edge); }
rect { fill: var(--box); stroke: var(--edge); }
.boundary rect { fill: none; stroke: var(--line); stroke-dasharray: 4 3; }
.site rect { fill: var(--site); stroke: var(--site-edge); stroke-width: 2; }
.warned rect { fill: var(--warned); stroke: var(--warned-edge); stroke-width: 2; }
rect.paper { fill: var(--paper); stroke: none; }
path { fill: none; stroke: var(--line); stroke-width: 1.3; }
marker path { fill: var(--line); stroke: none; }
`.trim();

/** Placing that many takes a second or two, and more would go deeper than the stack. */
const mostBoxes = 1000;

/** The graph with its dropout sites in colour, and those with a warning in another. Errors: more boxes than can be drawn. */
export function drawGraph(drawn: Drawn): string {
  const all = boxesOf(drawn);
  if (all.boxes.length > mostBoxes)
    throw new ThinnetError(
      `graph "${drawn.graph.name}": it has ${all.boxes.length} boxes, and at most ${mostBoxes} can be drawn; leave out --svg`,
    );
  const sizes = new Map(all.boxes.map((box) => [box.id, sizeOf(box)]));
  const { width, height, places, lines } = layoutOf(all, (id) => sizes.get(id) as Rectangle);
  const caption = captionOf(drawn);
  const size = {
    width: Math.ceil(Math.max(width, 48 + 7.2 * caption.length)),
    height: Math.ceil(height + captionHeight),
  };
  const left = round((size.width - width) / 2);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img">`,
    `<title>${escapeHtml(caption)}</title>`,
    `<style>${style}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8Z"/></marker></defs>',
    `<rect class="paper" width="${size.width}" height="${size.height}"/>`,
    `<text class="caption" x="24" y="28">${escapeHtml(caption)}</text>`,
    `<g transform="translate(${left} ${captionHeight})">`,
    ...lines.map((points) => `<path d="${curve(points)}" marker-end="url(#arrow)"/>`),
    ...all.boxes.map((box) => boxSvg(box, places.get(box.id) as Rectangle)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function captionOf({ graph, sites, advice = [] }: Drawn): string {
  const parts = [graph.name, counted(sites.length, 'dropout site'), counted(advice.length, 'warning')];
  return parts.filter((part) => part !== '').join(' · ');
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

const sizeOf = ({ lines }: Box) => ({
  width: Math.max(64, ...lines.map((line, i) => line.length * widthIn(line, i) + 2 * padding.x)),
  height: lines.length * lineHeight + 2 * padding.y,
});

const isWarning = (line: string): boolean => line.startsWith('⚠');
const widthIn = (line: string, i: number): number =>
  i === 0 || isWarning(line) ? characterWidth.bold : characterWidth.plain;

function boxSvg({ look, lines, details }: Box, { x, y, width, height }: Rectangle): string {
  const [left, top] = [x - width / 2, y - height / 2].map(round);
  const radius = look === 'boundary' ? height / 2 : 6;
  const text = lines.map((line, i) => {
    const kind = i === 0 ? ' class="title"' : isWarning(line) ? ' class="warning"' : '';
    const baseline = round(y - height / 2 + padding.y + i * lineHeight + 12);
    return `<text${kind} x="${round(x)}" y="${baseline}">${escapeHtml(line)}</text>`;
  });
  const shape = `<rect x="${left}" y="${top}" width="${round(width)}" height="${round(height)}" rx="${round(radius)}"/>`;
  return `<g class="${look}"><title>${escapeHtml(details)}</title>${shape}${text.join('')}</g>`;
}

/** Through the points' midpoints, with the points as handles: no corners. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined) return '';
  const parts = [`M${at(first)}`];
  for (const [i, point] of rest.entries())
    parts.push(`Q${at(point)} ${at(middle(point, rest[i + 1] ?? last))}`);
  return [...parts, `L${at(last)}`].join('');
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
const round = (x: number): number => Math.round(10 * x) / 10;
