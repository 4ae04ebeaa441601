/** @file ONNX models as plain data: read, write, check. */
export * as attribute from './attribute.js';
export { checkModel } from './check.js';
export type { ReadExternal } from './external.js';
export type {
  Attribute,
  Attributes,
  AttributeValue,
  DataType,
  Dim,
  Graph,
  Model,
  Node,
  Shape,
  Tensor,
  TensorData,
  TensorValue,
  UnknownField,
  ValueInfo,
} from './model.js';
export { type ReadOptions, readModel } from './read.js';
export { IR_VERSION, MAX_IR_VERSION, MAX_OPSET, OPSET, standardModel, VERSION } from './version.js';
export { type WriteOptions, writeModel } from './write.js';
