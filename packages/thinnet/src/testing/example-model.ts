/** @file A network whose file depends on much of the library: layers, initial weights, passes, writing. */
import type * as Thinnet from 'thinnet';

/** A small network with dropout, as the ONNX file of its mean program. */
export function exampleModel(library: typeof Thinnet): Uint8Array<ArrayBuffer> {
  const { dense, dropout, gaussianDropout, network, relu, standout } = library;
  const layers = [
    dense(32),
    relu(),
    dropout(0.5),
    dense(16),
    standout(relu()),
    gaussianDropout(0.2),
    dense(3),
  ];
  const built = network({ input: [20], seed: 5 }, ...layers);
  return new Uint8Array(library.writeModel(library.standardModel(library.meanProgram(built))));
}
