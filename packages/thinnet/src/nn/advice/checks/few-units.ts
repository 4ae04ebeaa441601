/** @file Dropout of very few units right before the last dense layer. */
import { highestRate } from '../../../noise/schedule.js';
import type { Node, Shape } from '../../../onnx/model.js';
import { type Check, called } from '../check.js';
import type { Flow } from '../flow.js';
import { passesUnits } from '../operators.js';

/** So many units or fewer are few. */
const FEW = 16;

export const fewUnitsBeforeOutput: Check = {
  kinds: [
    'dropout',
    'standard',
    'spatial',
    'dropblock',
    'variational',
    'concrete',
    'standout',
    'alpha',
    'featureAlpha',
  ],
  source: 'Srivastava et al. 2014 (JMLR 15), appendix A.1',
  find({ site, output }, flow) {
    const { nodes } = flow.ahead(output, (node) => passesUnits.has(node.op));
    for (const node of nodes) {
      if ((node.op !== 'Gemm' && node.op !== 'MatMul') || !flow.isLayer(node)) continue;
      const units = Math.min(width(node, flow), maskSize(site.shape));
      if (units > FEW || !node.outputs.every((name) => flow.isLast(name))) continue;
      const rate = highestRate(site.rate);
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
