/** @file The models that are compared, as the command line knows them: what each is, and where it has dropout. */
import type { ModelName } from '../options/settings.js';
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
  /** Its layers, on one line. */
  readonly layers: string;
  /** Whether its examples must be images. */
  readonly takesImages: boolean;
  readonly places: Readonly<Partial<Record<DropPlace, ModelPlace>>>;
}

export const models: Readonly<Record<ModelName, ModelDescription>> = {
  mlp: {
    layers: 'dense layers (--hidden, --activation)',
    takesImages: false,
    places: { dense: { where: 'on the input (--input-rate) and behind each hidden layer' } },
  },
  cnn: {
    layers: 'conv 5×5×32, max-pool 2, conv 5×5×64, max-pool 2, dense 1024; relu',
    takesImages: true,
    places: { dense: { where: 'behind dense 1024' }, maps: { where: 'behind each pooling' } },
  },
  allconv: {
    layers: 'conv 3×3×16, 3×3×16 stride 2, 3×3×32, 3×3×32 stride 2, 3×3×64, 1×1×64, 1×1; relu',
    takesImages: true,
    places: { maps: { where: 'ahead of the 1×1×64 convolution' } },
  },
  resnet20: {
    layers: 'ResNet-20: conv 3×3×16, three blocks each of 16, 32, 64 filters; batch normalisation, relu',
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
    layers: 'vision transformer: patches 4×4, width 64, 4 blocks of 4 heads and mlp 128',
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
};

/** The kinds of dropout that a model has a place for. */
export const kindsOf = (model: ModelName): readonly DropKind[] =>
  (Object.entries(models[model].places) as [DropPlace, ModelPlace][]).flatMap(
    ([place, { kinds }]) => kinds ?? kindsAt(place),
  );

/** The models that have a place for a kind of dropout. */
export const modelsWith = (kind: DropKind): readonly ModelName[] =>
  (Object.keys(models) as ModelName[]).filter((model) => kindsOf(model).includes(kind));
