/** @file The training worker of `thinnet/node`. */
import { parentPort } from 'node:worker_threads';
import type { Request } from '../worker/protocol.js';
import { serve } from '../worker/serve.js';
import { nodeRuntime } from './ort.js';

const port = parentPort;
if (!port) throw new Error('thinnet/node/worker runs as a worker thread only');

const answer = serve(
  (response, transfer) => port.postMessage(response, transfer),
  async () => ({ runtime: nodeRuntime, description: undefined }),
);
port.on('message', (request: Request) => answer(request));
