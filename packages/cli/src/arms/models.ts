/** @file The models that are compared, as the command line knows them: what each is, and where it has dropout. */
import type { ModelName } from 'thinnet-runs';
import type { DropKind, DropPlace } from './kinds.js';
import { kindsAt } from './kinds.js';

/** A place for dropout that a model has. */
export interface ModelPlace {
  /** In words: where the kinds drop. */
  readonly where: string;
  /** The kinds that may drop there; all kinds of the place unless given. */
  readonly kinds?: readonly DropKind[];
}

export interface ModelDescription {
  /** Whether its examples must be images. */
  readonly takesImages: boolean;
  readonly places: Readonly<Partial<Record<DropPlace, ModelPlace>>>;
}

export const models: Readonly<Record<ModelName, ModelDescription>> = {
  mlp: {
    takesImages: false,
    places: { dense: { where: 'on the input (--input-rate) and behind each hidden layer' } },
  },
  cnn: {
    takesImages: true,
    places: { dense: { where: 'behind dense 1024' }, maps: { where: 'behind each pooling' } },
  },
  allconv: {
    takesImages: true,
    places: { maps: { where: 'ahead of the 1×1×64 convolution' } },
  },
  resnet20: {
    takesImages: true,
    places: {
      dense: {
        where: 'on the 64 features ahead of the dense layer',
        // Those features are means: there is no preactivation that could decide.
        kinds: kindsAt('dense').filter((kind) => kind !== 'standout'),
      },
      maps: { where: 'between the two convolutions of each block' },
      branches: { where: 'each of the nine blocks' },
    },
  },
  vit: {
    takesImages: true,
    places: {
      dense: {
        where: 'on tokens with their positions, hidden units of each mlp and the output of each branch',
        kinds: ['dropout'],
      },
      attention: { where: 'in each block, after the softmax' },
      branches: { where: 'attention and mlp of each of the four blocks' },
    },
  },
  text: {
    takesImages: false,
    places: {
      dense: {
        where: 'on the last state, ahead of the dense layer',
        // A state is the product of two activations: there is no preactivation that could decide, and it is not SELU's output.
        kinds: kindsAt('dense').filter((kind) => kind !== 'standout' && kind !== 'alpha'),
      },
      words: { where: 'rows of the embedding' },
      inputs: { where: 'vectors of words' },
      state: { where: 'wherever it meets a weight' },
    },
  },
};

/** The kinds of dropout that a model has a place for. */
export const kindsOf = (model: ModelName): readonly DropKind[] =>
  (Object.entries(models[model].places) as [DropPlace, ModelPlace][]).flatMap(
    ([place, { kinds }]) => kinds ?? kindsAt(place),
  );

/** The models that have a place for a kind of dropout. */
export const modelsWith = (kind: DropKind): readonly ModelName[] =>
  (Object.keys(models) as ModelName[]).filter((model) => kindsOf(model).includes(kind));
