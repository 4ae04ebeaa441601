/** @file What a drawing of a graph consists of: boxes and the values that run between them. */
import { type Advice, type Graph, type Node, type Shape, showShape } from 'thinnet';
import type { InspectedSite } from './inspection.js';
import { rateInWords } from './words.js';

export interface Box {
  readonly id: string;
  readonly look: 'boundary' | 'node' | 'site' | 'warned';
  /** The first line is the title. */
  readonly lines: readonly string[];
  /** All that is known of it, shown when it is pointed at. */
  readonly details: string;
}

export interface Boxes {
  readonly boxes: readonly Box[];
  /** From box to box, by their ids. */
  readonly edges: readonly (readonly [string, string])[];
}

export interface Drawn {
  readonly graph: Graph;
  readonly sites: readonly InspectedSite[];
  readonly advice: readonly Advice[] | undefined;
}

/**
 * A box for each feature input, output and node between them. Parameters, constants and what is computed from them alone
 * have none; noise is the mark of the node that it goes into.
 */
export function boxesOf({ graph, sites, advice = [] }: Drawn): Boxes {
  const constants = new Set(graph.initializers.map(({ name }) => name));
  const noise = new Map(sites.map((site) => [site.mark, site]));
  const shapes = new Map(
    [...graph.inputs, ...graph.values, ...graph.outputs].map(({ name, shape }) => [name, shape] as const),
  );
  const features = graph.inputs.filter(({ name }) => !constants.has(name) && !noise.has(name));
  const sources = new Map(features.map(({ name }) => [name, `input ${name}`]));
  const nodes = graph.nodes.map((node, i) => ({ node, id: `node ${i}` }));
  for (const { node, id } of nodes)
    if (readBy(node).some((name) => sources.has(name)))
      for (const name of node.outputs) if (name !== '') sources.set(name, id);

  const shown = new Set(features.map(({ name }) => `input ${name}`));
  const edges = new Map<string, readonly [string, string]>();
  const connect = (name: string, to: string): void => {
    const from = sources.get(name);
    if (from === undefined) return;
    shown.add(from);
    edges.set(`${from} → ${to}`, [from, to]);
  };
  for (const { name } of graph.outputs) connect(name, `output ${name}`);
  for (const { node, id } of [...nodes].reverse())
    if (shown.has(id)) for (const name of readBy(node)) connect(name, id);

  const show = (name: string): string => showOf(shapes.get(name));
  const boxes = [
    ...features.map(({ name }) => boundary(`input ${name}`, name, 'input', show(name))),
    ...nodes
      .filter(({ id }) => shown.has(id))
      .map(({ node, id }) => {
        const site = [...node.inputs, ...node.outputs.slice(0, 1)]
          .map((name) => noise.get(name))
          .find((found) => found !== undefined);
        const shape = show(node.outputs[0] ?? '');
        return site ? siteBox(id, site, shape, advice) : nodeBox(id, node, shape);
      }),
    ...graph.outputs.map(({ name }) => boundary(`output ${name}`, name, 'output', show(name))),
  ];
  return { boxes, edges: [...edges.values()].reverse() };
}

const showOf = (shape: Shape | undefined): string => (shape ? showShape(shape) : '');

/** What a node reads, its subgraphs included. */
function readBy(node: Node): readonly string[] {
  const inner = Object.values(node.attributes).flatMap((attribute) =>
    attribute.type === 'graph'
      ? [...attribute.value.nodes.flatMap(readBy), ...attribute.value.outputs.map(({ name }) => name)]
      : [],
  );
  return [...node.inputs, ...inner];
}

const box = (id: string, look: Box['look'], lines: readonly string[], details: readonly string[]): Box => ({
  id,
  look,
  lines: lines.filter((line) => line !== '').map(shortened),
  details: details.filter((line) => line !== '').join('\n'),
});

const boundary = (id: string, name: string, what: string, shape: string): Box =>
  box(id, 'boundary', [name, shape], [`${what} ${name}`, shape]);

const nodeBox = (id: string, { name, op, domain, inputs, outputs }: Node, shape: string): Box =>
  box(
    id,
    'node',
    [op, name, shape],
    [
      `${domain === '' ? '' : `${domain}.`}${op} ${name}`,
      `of ${inputs.filter((each) => each !== '').join(', ')}`,
      `to ${outputs.filter((each) => each !== '').join(', ')} ${shape}`,
    ],
  );

function siteBox(id: string, site: InspectedSite, shape: string, advice: readonly Advice[]): Box {
  const warnings = advice.filter((each) => each.site === site.id);
  const title = `${site.kind === 'dropout' ? 'dropout' : `${site.kind} dropout`} ${rateInWords(site.rate)}`;
  const noise = showOf(site.shape);
  return box(
    id,
    warnings.length > 0 ? 'warned' : 'site',
    [
      title,
      site.name,
      [...new Set([shape, noise])].filter((each) => each !== '').join(' × '),
      ...warnings.map(({ name }) => `⚠ ${name}`),
    ],
    [
      `site ${site.id}: ${title} "${site.name}"${noise === '' ? '' : `, noise ${noise}`}`,
      ...warnings.map(({ message, remedy }) => `${message}. To do: ${remedy}.`),
    ],
  );
}

/** Long names lose their middle. */
const shortened = (text: string): string =>
  text.length <= 36 ? text : `${text.slice(0, 17)}…${text.slice(-18)}`;
