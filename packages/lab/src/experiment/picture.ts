/** @file A network as it is drawn: columns of units or feature maps, and which dropout thins each. */
import type { Network } from 'thinnet';
import type { Settings } from '../settings/settings.js';
import type { NetworkInput } from './networks.js';

/** One column; everything in it that is drawn. */
export interface Column {
  readonly name: string;
  readonly shape: 'image' | 'units' | 'maps' | 'outputs';
  /** Units or maps in all. */
  readonly total: number;
  /** Those that are drawn, evenly spread. */
  readonly shown: readonly number[];
  /** Rows and columns of an image or a map; [1, 1] for a unit. */
  readonly plane: readonly [height: number, width: number];
  /** The dropout on what the column gives to the next one. */
  readonly site?: string;
  /** DropConnect: the dropout on the weights between this column and the next one. */
  readonly edges?: string;
}

/** At most so many units of a layer are drawn. */
const mostUnits = 22;
const mostMaps = 12;

/** `count` of `total` indices, evenly spread, the first and the last among them. */
export function spread(total: number, count: number): readonly number[] {
  if (total <= count) return Array.from({ length: total }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.round((i * (total - 1)) / (count - 1)));
}

/** The columns of an arm's network, from the input to the classes. */
export function columnsOf(settings: Settings, network: Network, input: NetworkInput): readonly Column[] {
  const names = new Set(network.sites.map(({ name }) => name));
  const has = <K extends 'site' | 'edges'>(key: K, name: string) => (names.has(name) ? { [key]: name } : {});
  const outputs: Column = { name: 'classes', shape: 'outputs', plane: [1, 1], ...units(input.classes, 12) };
  if (settings.model === 'allconv')
    return [inputColumn(input), ...convColumns(settings, input, has), outputs];
  const { hidden } = settings;
  const edgesTo = (layer: number) => has('edges', layer === hidden.length ? 'output' : `hidden${layer + 1}`);
  return [
    { ...inputColumn(input), ...has('site', 'input.dropout'), ...edgesTo(0) },
    ...hidden.map(
      (width, i): Column => ({
        name: `hidden ${i + 1}`,
        shape: 'units',
        plane: [1, 1],
        ...units(width, mostUnits),
        ...has('site', `hidden${i + 1}.dropout`),
        ...edgesTo(i + 1),
      }),
    ),
    outputs,
  ];
}

const units = (total: number, most: number) => ({ total, shown: spread(total, most) });

function inputColumn({ shape }: NetworkInput): Column {
  const [height, width] = shape;
  if (shape.length === 2 && height !== undefined && width !== undefined)
    return { name: 'image', shape: 'image', total: 1, shown: [0], plane: [height, width] };
  const total = shape.reduce((a, b) => a * b, 1);
  return { name: 'features', shape: 'units', plane: [1, 1], ...units(total, mostUnits) };
}

function convColumns(
  { filters }: Settings,
  { shape }: NetworkInput,
  has: (key: 'site', name: string) => { readonly site?: string },
): readonly Column[] {
  const [height = 1, width = 1] = shape;
  const half = (length: number, times: number): number => Math.ceil(length / 2 ** times);
  const column = (name: string, total: number, times: number): Column => ({
    name,
    shape: 'maps',
    total,
    shown: spread(total, mostMaps),
    plane: [half(height, times), half(width, times)],
    ...has('site', `${name}.dropout`),
  });
  return [
    column('conv2', filters, 1),
    column('conv4', 2 * filters, 2),
    column('conv5', 4 * filters, 2),
    column('conv6', 4 * filters, 2),
  ];
}
