/** @file Operators by what becomes of the units that pass through them. */

/** Each element stays an element: activations, arithmetic, casts. */
const elementwise = (
  'Abs Add Cast Celu Clip Div Dropout Elu Erf Exp Gelu HardSigmoid HardSwish Identity LeakyRelu Log Max Mean Min Mish Mul Neg ' +
  'PRelu Pow Relu Selu Sigmoid Softplus Softsign Sqrt Sub Sum Swish Tanh ThresholdedRelu Where'
).split(' ');

/** The elements stay and get another place. */
const rearranging = 'Flatten Reshape Squeeze Transpose Unsqueeze'.split(' ');
const windows = 'AveragePool LpPool MaxPool'.split(' ');
const plane = 'Concat Pad Resize Slice Upsample'.split(' ');
const averages = 'GlobalAveragePool GlobalMaxPool ReduceMax ReduceMean'.split(' ');
const normalizations = 'BatchNormalization GroupNormalization InstanceNormalization LRN'.split(' ');

/** What a unit's value passes through on its way to the layer that weighs it. */
export const passesUnits: ReadonlySet<string> = new Set([
  ...elementwise,
  ...rearranging,
  ...windows,
  ...averages,
]);

/** What leaves a feature map a feature map. */
export const passesMaps: ReadonlySet<string> = new Set([
  ...elementwise,
  ...windows,
  ...plane,
  ...normalizations,
]);

/** What leaves the noise's part of a value's variance as it is, or nearly so; a layer with weights does too. */
export const passesVariance: ReadonlySet<string> = new Set([
  ...elementwise,
  ...rearranging,
  ...windows,
  ...plane,
]);

/** What makes units of SELU out of units of SELU. */
export const passesSelu: ReadonlySet<string> = new Set([
  ...rearranging,
  'Cast',
  'Dropout',
  'Identity',
  'MaxPool',
]);

/** Arithmetic with constants and new places: what standardising features consists of. */
export const preparesFeatures: ReadonlySet<string> = new Set([
  ...rearranging,
  ...'Add Cast Div Dropout Identity Mul Sub'.split(' '),
]);

/** Products with an operand that may be a weight. */
export const products: ReadonlySet<string> = new Set('Conv ConvTranspose Einsum Gemm MatMul'.split(' '));
export const recurrent: ReadonlySet<string> = new Set('GRU LSTM RNN'.split(' '));
