/** @file Element-wise dropout on a convolution's feature map. */
import { showShape } from '../../../graph/shape.js';
import type { Node, Shape } from '../../../onnx/model.js';
import { type Check, called } from '../check.js';
import type { Flow, Place } from '../flow.js';
import { passesMaps } from '../operators.js';

export const elementWiseOnFeatureMap: Check = {
  kinds: {
    dropout: true,
    standard: true,
    spatial: false,
    dropblock: false,
    gaussian: true,
    alpha: true,
    featureAlpha: false,
    dropconnect: false,
    batchwise: false, // whole columns
    embedding: false,
    variational: false,
    depth: false,
    attention: false,
    concrete: true,
    variationalGaussian: true,
    standout: false,
  },
  source:
    'Tompson et al. 2015 (arXiv:1411.4280), section 3.2; Ghiasi, Lin & Le 2018 (arXiv:1810.12890), section 1',
  find({ site, input, shape }, flow) {
    if (shape === undefined || !variesOverPlane(site.shape, shape) || !isFeatureMap(input, flow))
      return undefined;
    return {
      message: `${called(site)} drops single elements of the feature map "${input}" ${showShape(shape)}: their neighbours hold nearly the same, so that little is lost to the next layer`,
      remedy: remedies[site.kind] ?? channelsOrSquares,
    };
  },
};

const channelsOrSquares = 'drop whole channels by spatialDropout or squares by dropBlock';
const remedies: Readonly<Partial<Record<Place['site']['kind'], string>>> = {
  alpha: 'drop whole channels by featureAlphaDropout',
  gaussian: 'give it noiseShape [null, null, 1, …], one factor a channel',
  concrete: 'give it noiseShape [null, null, 1, …], one mask a channel',
  variationalGaussian: 'give it noiseShape [null, null, 1, …], one factor a channel',
};

/** Whether the noise differs along an axis of x [N, C, ...plane] that is longer than 1. */
const variesOverPlane = (noise: Shape, x: Shape): boolean =>
  x.some((dim, axis) => axis >= 2 && dim !== 1 && (noise[axis - x.length + noise.length] ?? 1) !== 1);

/** Whether the value comes from a convolution whose windows overlap its neighbours'. */
function isFeatureMap(name: string, flow: Flow): boolean {
  const { nodes } = flow.back(name, (node) => passesMaps.has(node.op) || isPointwise(node, flow));
  return nodes.some((node) => node.op === 'Conv' || node.op === 'ConvTranspose');
}

/** A convolution with windows of one element: a dense layer at each place. */
const isPointwise = ({ op, inputs }: Node, flow: Flow): boolean =>
  op === 'Conv' &&
  flow
    .shapeOf(inputs[1] ?? '')
    ?.slice(2)
    .every((dim) => dim === 1) === true;
