/** @file What there is to say of a model, as plain data. */
import {
  type Advice,
  type AdviceName,
  adviseOn,
  fromOnnx,
  type Graph,
  lowerDropout,
  type Model,
  type Network,
  type Node,
  type NoiseKind,
  nodesWithoutGradient,
  type Rate,
  type Shape,
  ThinnetError,
  type ValueInfo,
} from 'thinnet';

export interface InspectedParameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** `tensor` where the model could not be imported: any floating-point constant with an axis. */
  readonly role: 'weight' | 'bias' | 'tensor';
}

/** A dropout of the model; what cannot be known of it is undefined. */
export interface InspectedSite {
  readonly id: number;
  readonly name: string;
  readonly kind: NoiseKind;
  readonly rate: Rate | undefined;
  /** Of the noise. */
  readonly shape: Shape | undefined;
  /** The name of the drawn graph that marks its node: the noise input, or the node's output. */
  readonly mark: string;
}

export interface Inspection {
  readonly name: string;
  readonly opset: number | undefined;
  readonly producer: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** How many nodes of each operator, the most frequent first; Dropout nodes of the file among them. */
  readonly operators: Readonly<Record<string, number>>;
  readonly parameters: { readonly tensors: readonly InspectedParameter[]; readonly total: number };
  readonly sites: readonly InspectedSite[];
  /** Undefined where the dropout could not be followed through the graph. */
  readonly advice: readonly Advice[] | undefined;
  /** By operator, the nodes that stop the gradient on its way to the parameters. */
  readonly withoutGradient: Readonly<Record<string, readonly string[]>>;
  /** Why the model cannot be imported to be trained; absent where it can. */
  readonly reason?: string;
  /** The graph as it is drawn: dropout is multiplication by an input. */
  readonly graph: Graph;
}

/** Looks at a model, one that cannot be trained included. */
export function inspect(model: Model, silence: readonly AdviceName[] = []): Inspection {
  const { network, reason, isFollowed } = importOf(model);
  const { graph } = network;
  const sites = isFollowed
    ? network.sites.map((site) => ({ ...site, mark: site.input }))
    : dropoutNodes(graph);
  const noise = new Set(network.sites.map(({ input }) => input));
  const constants = new Set(graph.initializers.map(({ name }) => name));
  const tensors =
    network.parameters.length > 0 || reason === undefined ? network.parameters : tensorsOf(graph);
  return {
    name: model.graph.name,
    opset: model.opsets[''] ?? model.opsets['ai.onnx'],
    producer: [model.producer.name, model.producer.version].filter((word) => word !== '').join(' '),
    inputs: graph.inputs.filter(({ name }) => !noise.has(name) && !constants.has(name)),
    outputs: graph.outputs,
    operators: counted(model.graph.nodes.map(operatorOf)),
    parameters: {
      tensors: tensors.map(({ name, shape, role }) => ({ name, shape, role })),
      total: tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
    },
    sites: sites.map(({ id, name, kind, rate, shape, mark }) => ({ id, name, kind, rate, shape, mark })),
    advice: isFollowed ? adviseOn(network, { silence }) : undefined,
    withoutGradient: grouped(
      // Dropout has none by itself: it becomes a product.
      nodesWithoutGradient(
        graph,
        tensors.map(({ name }) => name),
      ).filter(({ op }) => op !== 'Dropout'),
    ),
    ...(reason === undefined ? {} : { reason }),
    graph,
  };
}

interface Imported {
  readonly network: Network;
  readonly reason?: string;
  /** Whether the network's sites are those of the model. */
  readonly isFollowed: boolean;
}

/** The model as a network; where it is none, its graph with what dropout can be found in it. */
function importOf(model: Model): Imported {
  const rest = { parameters: [], penalties: [], statistics: [] };
  const whole = attempt(() => fromOnnx(model));
  if (typeof whole !== 'string') return { network: whole, isFollowed: true };
  const lowered = attempt(() => ({ ...lowerDropout(model.graph), ...rest }));
  if (typeof lowered !== 'string') return { network: lowered, reason: whole, isFollowed: true };
  return { network: { graph: model.graph, sites: [], ...rest }, reason: whole, isFollowed: false };
}

/** The result, or what the user is told instead. */
function attempt<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof ThinnetError) return error.message;
    throw error;
  }
}

/** The Dropout nodes of a graph that could not be rewritten. */
function dropoutNodes(graph: Graph): readonly InspectedSite[] {
  const found = graph.nodes.filter(({ op, domain }) => op === 'Dropout' && domain === '');
  return found.map((node, id) => ({
    id,
    name: node.name || (node.outputs[0] ?? ''),
    kind: 'dropout',
    rate: ratioOf(node, graph),
    shape: undefined,
    mark: node.outputs[0] ?? '',
  }));
}

/** The ratio, where the file says it. */
function ratioOf({ inputs, attributes }: Node, graph: Graph): number | undefined {
  const [, name = ''] = inputs;
  if (name === '') return attributes.ratio?.type === 'float' ? attributes.ratio.value : 0.5;
  const value = graph.nodes.find(({ outputs }) => outputs[0] === name)?.attributes.value;
  const constant = value?.type === 'tensor' ? value.value : undefined;
  const tensor = graph.initializers.find((each) => each.name === name) ?? constant;
  return tensor?.data.length === 1 ? Number(tensor.data[0]) : undefined;
}

const floating: readonly string[] = ['float32', 'float64', 'float16', 'bfloat16'];

const tensorsOf = (graph: Graph): readonly InspectedParameter[] =>
  graph.initializers
    .filter(({ type, dims }) => floating.includes(type) && dims.length > 0)
    .map(({ name, dims }) => ({ name, shape: dims, role: 'tensor' }));

const operatorOf = ({ op, domain }: { readonly op: string; readonly domain: string }): string =>
  domain === '' || domain === 'ai.onnx' ? op : `${domain}.${op}`;

function counted(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

function grouped(nodes: Graph['nodes']): Record<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const node of nodes) {
    const names = groups.get(operatorOf(node)) ?? [];
    names.push(node.name || (node.outputs[0] ?? ''));
    groups.set(operatorOf(node), names);
  }
  return Object.fromEntries(groups);
}
