/** @file The kinds whose masks can be drawn, and what the shape that is given for each is of. */

const activation = 'an activation, [N, ...]';
const weight = 'a weight, [in, units]';
const table = 'a table of words, [vocabulary, units]';

export const maskKindShapes = {
  dropout: activation,
  standard: activation,
  gaussian: activation,
  alpha: activation,
  'feature-alpha': activation,
  spatial: activation,
  dropblock: activation,
  variational: activation,
  depth: activation,
  attention: activation,
  batchwise: activation,
  dropconnect: weight,
  embedding: table,
  concrete: activation,
  'variational-gaussian': activation,
  standout: activation,
} as const;

export type MaskKindName = keyof typeof maskKindShapes;
export const maskKindNames = Object.keys(maskKindShapes) as MaskKindName[];
