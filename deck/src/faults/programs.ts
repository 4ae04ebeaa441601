/** @file Faulty programs for inference: one that does not scale, one that goes on dropping. */
import {
  type Attribute,
  type Graph,
  meanProgram,
  type Network,
  type Node,
  type NoiseSite,
  thinnedProgram,
} from 'thinnet';

/** Standard dropout without its factor at inference: as if it were inverted. */
export const unscaledProgram: typeof meanProgram = (network) =>
  meanProgram({
    ...network,
    sites: network.sites.map(
      (site): NoiseSite => (site.kind === 'standard' ? { ...site, kind: 'dropout' } : site),
    ),
  });

/** Each multiplied noise input is drawn inside the program, element by element of what it multiplies. */
export const drawingProgram: typeof meanProgram = (network: Network): Graph => {
  const multiplied = network.sites.filter((site) => !('mean' in site) && typeof site.rate === 'number');
  return multiplied.reduce(drawnInside, thinnedProgram(network));
};

function drawnInside(graph: Graph, site: NoiseSite): Graph {
  const reader = graph.nodes.find(({ inputs }) => inputs.includes(site.input));
  const activation = reader?.inputs.find((name) => name !== site.input);
  if (reader === undefined || activation === undefined) return graph;
  const rate = site.rate as number;
  const drawing = nodesThatDraw(site.input, activation, site.id);
  const scalar = (name: string, value: number) => ({
    name,
    type: 'float32' as const,
    dims: [],
    data: Float32Array.of(value),
  });
  return {
    ...graph,
    inputs: graph.inputs.filter(({ name }) => name !== site.input),
    initializers: [
      ...graph.initializers,
      scalar(`${site.input}.rate`, rate),
      scalar(`${site.input}.scale`, site.kind === 'standard' ? 1 : 1 / (1 - rate)),
    ],
    nodes: graph.nodes.flatMap((node) => (node === reader ? [...drawing, node] : [node])),
  };
}

/** noise = (uniform ≥ rate) · scale, of the activation's shape. */
function nodesThatDraw(noise: string, activation: string, seed: number): readonly Node[] {
  const node = (
    op: string,
    inputs: readonly string[],
    output: string,
    attributes: Node['attributes'] = {},
  ) => ({
    name: output,
    op,
    domain: '',
    inputs,
    outputs: [output],
    attributes,
  });
  const random: Record<string, Attribute> = { seed: { type: 'float', value: seed + 1 } };
  const float32 = { to: { type: 'int', value: 1 } } as const;
  return [
    node('RandomUniformLike', [activation], `${noise}.uniform`, random),
    node('GreaterOrEqual', [`${noise}.uniform`, `${noise}.rate`], `${noise}.kept`),
    node('Cast', [`${noise}.kept`], `${noise}.mask`, float32),
    node('Mul', [`${noise}.mask`, `${noise}.scale`], noise),
  ];
}
