/** @file Dropout of very few units right before the last dense layer. */
import { highestRate } from '../../../noise/schedule.js';
import type { Node, Shape } from '../../../onnx/model.js';
import { type Check, called } from '../check.js';
import type { Flow } from '../flow.js';
import { passesUnits } from '../operators.js';

/** So many units or fewer are few. */
const FEW = 16;

/** An example in so many whose units are all dropped is too rare to matter. */
const RARE = 1e-4;

export const fewUnitsBeforeOutput: Check = {
  kinds: {
    dropout: true,
    standard: true,
    spatial: true,
    dropblock: true,
    gaussian: false,
    alpha: true,
    featureAlpha: true,
    dropconnect: false,
    batchwise: true,
    embedding: false,
    variational: true,
    depth: false,
    attention: false,
    concrete: true,
    variationalGaussian: false,
    standout: true,
  },
  source: 'Srivastava et al. 2014 (JMLR 15), appendix A.1',
  find({ site, output }, flow) {
    const { nodes } = flow.ahead(output, (node) => passesUnits.has(node.op));
    for (const node of nodes) {
      if ((node.op !== 'Gemm' && node.op !== 'MatMul') || !flow.isLayer(node)) continue;
      const units = Math.min(width(node, flow), maskSize(site.shape));
      const rate = highestRate(site.rate);
      if (units > FEW || rate ** units < RARE || !node.outputs.every((name) => flow.isLast(name))) continue;
      return {
        message: `${called(site)} drops from only ${units} ${units === 1 ? 'unit' : 'units'} right before the last layer "${node.name}": at rate ${short(rate)} it leaves ${short(units * (1 - rate))} on average and none at all with probability ${short(rate ** units)}, which the loss cannot tell from a wrong answer`,
        remedy: `lower the rate, ${rate < 1 ? `widen the layer before to ${Math.ceil(units / (1 - rate))} units or more, ` : ''}or move the dropout further from the loss`,
      };
    }
    return undefined;
  },
};

const short = (x: number): string => String(Number(x.toPrecision(2)));

/** The units that a dense layer reads. */
function width(node: Node, flow: Flow): number {
  const last = flow.shapeOf(flow.dataOf(node) ?? '')?.at(-1);
  return typeof last === 'number' ? last : Number.POSITIVE_INFINITY;
}

/** Noise values of an example. */
const maskSize = (shape: Shape): number =>
  shape
    .slice(1)
    .reduce<number>((size, dim) => size * (typeof dim === 'number' ? dim : Number.POSITIVE_INFINITY), 1);
