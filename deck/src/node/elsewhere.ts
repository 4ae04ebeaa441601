/** @file The other process: runs an ONNX file once with plain ONNX Runtime, from standard input to standard output. */
import { buffer } from 'node:stream/consumers';
import { InferenceSession, Tensor } from 'onnxruntime-node';

// A length of the header, the header { model: bytes, dims }, the model's bytes, the input's float32 elements.
const all = new Uint8Array(await buffer(process.stdin));
const headerLength = new DataView(all.buffer, all.byteOffset).getUint32(0, true);
const header = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + headerLength)));
const model = all.slice(4 + headerLength, 4 + headerLength + header.model);
const input = new Float32Array(all.slice(4 + headerLength + header.model).buffer);

const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
const [inputName, ...others] = session.inputNames;
const [outputName] = session.outputNames;
if (inputName === undefined || outputName === undefined || others.length > 0)
  throw new Error(`the model has the inputs ${session.inputNames.join(', ')}; exactly one was expected`);
const results = await session.run({ [inputName]: new Tensor('float32', input, header.dims) });
const output = results[outputName]?.data as Float32Array;
process.stdout.write(new Uint8Array(output.buffer, output.byteOffset, output.byteLength));
