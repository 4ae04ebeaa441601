/** @file An arm as a network: the same layers and the same initial weights for all arms, with the arm's dropout. */
import * as thinnet from 'thinnet';
import { type Init, type Layer, type Network, type NoiseSite, ThinnetError } from 'thinnet';
import type { ModelName } from '../settings/kinds.js';
import type { ActivationName, Arm, Settings } from '../settings/settings.js';
import { denseKinds, mapKinds, plain } from './layers.js';

/** What a network must know of the data. */
export interface NetworkInput {
  /** Shape of one example. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** Training examples. */
  readonly examples: number;
  /** Mean and standard deviation of the features, by which the first layer standardises them. */
  readonly mean: number | readonly number[];
  readonly std: number | readonly number[];
}

/** An arm's network, and which of its dropouts have the arm's rate: not that on the input, which keeps its own. */
export interface ArmNetwork extends Network {
  readonly armSites: readonly NoiseSite[];
}

/** Makes of a layer one whose dropouts are those of the input. */
type OnInput = (layer: Layer) => Layer;

type Build = (settings: Settings, arm: Arm, input: NetworkInput, onInput: OnInput) => readonly Layer[];

const activations: Readonly<
  Record<ActivationName, { readonly layer: () => Layer; readonly init: () => Init }>
> = {
  relu: { layer: () => thinnet.relu(), init: thinnet.heNormal },
  selu: { layer: () => thinnet.selu(), init: thinnet.lecunNormal },
  tanh: { layer: () => thinnet.tanh(), init: thinnet.glorotNormal },
  gelu: { layer: () => thinnet.gelu(), init: thinnet.heNormal },
};

/** Begins as the parameter of this number would, whatever its number in the network is: arms that learn more begin alike. */
const numbered =
  (init: Init, number: number): Init =>
  (out, fans, seed) =>
    init(out, fans, seed, number);

const models: Readonly<Record<ModelName, Build>> = { mlp: denseLayers, allconv: convLayers };

/** Errors: a kind that has no place in the model; examples that are no images, for a convolutional network. */
export function networkOf(settings: Settings, arm: Arm, input: NetworkInput): ArmNetwork {
  const ofInput = new Set<string>();
  const onInput: OnInput = (layer) => (x, scope) => {
    const before = new Set(scope.sites);
    const value = layer(x, scope);
    for (const site of scope.sites) if (!before.has(site)) ofInput.add(site.name);
    return value;
  };
  const built = thinnet.network(
    { input: input.shape, seed: settings.seed },
    thinnet.standardize(input.mean, input.std),
    ...models[settings.model](settings, arm, input, onInput),
  );
  return { ...built, armSites: built.sites.filter((site) => !ofInput.has(site.name) && !isShift(site)) };
}

/** [Input dropout,] dense, activation for each hidden width, [dropout,] dense to the classes. */
function denseLayers(settings: Settings, arm: Arm, input: NetworkInput, onInput: OnInput): readonly Layer[] {
  const kind = denseKinds[arm.kind];
  if (kind === undefined) throw new ThinnetError(`the network "mlp" has no place for ${arm.kind}`);
  const { layer, init } = activations[settings.activation];
  const { hidden } = settings;
  const dense = (number: number, units: number, name: string, begin: Init): readonly Layer[] => {
    const place = {
      units,
      options: { name, init: numbered(begin, 2 * number) },
      isFirst: number === 0,
      dropout: number === 0 ? 'input.dropout' : `hidden${number}.dropout`,
      examples: input.examples,
    };
    if (!place.isFirst) return kind.dense(arm.rate, place);
    return settings.inputRate === 0 ? [plain(place)] : kind.dense(settings.inputRate, place).map(onInput);
  };
  return [
    ...(input.shape.length > 1 ? [thinnet.flatten()] : []),
    ...hidden.flatMap((width, i) => [
      ...dense(i, width, `hidden${i + 1}`, init()),
      kind.activation?.(layer(), arm.rate, `hidden${i + 1}.dropout`) ?? layer(),
    ]),
    ...dense(hidden.length, input.classes, 'output', thinnet.glorotNormal()),
  ];
}

function convLayers(
  { filters }: Settings,
  { kind, rate }: Arm,
  { classes, shape }: NetworkInput,
): readonly Layer[] {
  if (shape.length < 2)
    throw new ThinnetError('the convolutional network needs images; choose “mlp” for a table of numbers');
  const widths = [filters, 2 * filters, 4 * filters] as const;
  if (kind === 'none') return [thinnet.allConvolutional({ classes, widths })];
  const layer = mapKinds[kind];
  if (layer === undefined) throw new ThinnetError(`the network "allconv" has no place for ${kind}`);
  return [thinnet.allConvolutional({ classes, widths, mapDropout: (name) => layer(rate, name) })];
}

/** Alpha dropout has a second site, for its shift, which follows the first one's rate. */
const isShift = (site: NoiseSite): boolean => 'part' in site && site.part === 'shift';
