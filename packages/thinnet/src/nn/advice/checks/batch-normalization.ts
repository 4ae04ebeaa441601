/** @file Dropout ahead of batch normalisation: the variance shifts between training and inference. */
import { intOf } from '../../../onnx/attribute.js';
import type { Node } from '../../../onnx/model.js';
import { type Check, called } from '../check.js';
import { passesVariance } from '../operators.js';

export const beforeBatchNormalization: Check = {
  kinds: {
    dropout: true,
    standard: true,
    spatial: true,
    dropblock: false, // measured to help networks that have batch normalisation
    gaussian: true,
    alpha: false, // it keeps the variance
    featureAlpha: false, // likewise
    dropconnect: false,
    batchwise: true,
    embedding: false,
    variational: true,
    depth: false,
    attention: false,
    concrete: true,
    variationalGaussian: true,
    standout: true,
  },
  source: 'Li et al. 2019 (arXiv:1801.05134), section 3',
  find({ site, output }, flow) {
    const { nodes } = flow.ahead(output, (node) => passesVariance.has(node.op) || flow.isLayer(node));
    const found = nodes.find((node) => node.op === 'BatchNormalization' && isTraining(node));
    return (
      found && {
        message: `${called(site)} comes before the batch normalisation "${found.name}": its noise adds to the variance that the running statistics learn, and inference has no noise (variance shift)`,
        remedy:
          'move it behind the last batch normalisation, lower its rate, or normalise by groupNorm or layerNorm',
      }
    );
  },
};

/** Before opset 14 the training form is told by its further outputs. */
const isTraining = (node: Node): boolean =>
  intOf(node, 'training_mode', 0) === 1 || node.outputs.filter((name) => name !== '').length > 1;
