/** @file Runs an ONNX file in a Node process of its own, which knows ONNX Runtime and nothing of Thinnet. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import type { Laboratory } from '../laboratory.js';

/** The model's first output for one input. Errors: what the process said when it failed. */
export const anotherProcess: NonNullable<Laboratory['elsewhere']> = async (model, { dims, data }) => {
  const folder = dirname(createRequire(import.meta.url).resolve('thinnet-deck/node'));
  const child = spawn(process.execPath, [join(folder, 'elsewhere.js')], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  // A process that ends early closes its input; its message on standard error says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(message(model, dims, data));
  const [output, complaint, status] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (status !== 0) throw new Error(`the other process ended with status ${status}: ${complaint.trim()}`);
  return new Float32Array(new Uint8Array(output).buffer);
};

function message(model: Uint8Array, dims: readonly number[], data: Float32Array): Buffer {
  const header = Buffer.from(JSON.stringify({ model: model.length, dims }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, model, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}
