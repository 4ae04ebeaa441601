/** @file A web server for one folder, on this machine alone, whose pages may use threads. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { ThinnetError } from 'thinnet';
import { hasCode } from '../run-folder/read.js';

const host = '127.0.0.1';

/** Cross-origin isolation: only with it does a browser share memory between threads. */
const isolation: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface FolderServer {
  /** Where it is reached. */
  readonly address: string;
  /** Ends it, with the connections that are open. */
  close(): Promise<void>;
}

/** Serves the folder's files as they are on the disk at each request. Errors: the port is taken, or needs more rights. */
export async function serveFolder(folder: string, port: number): Promise<FolderServer> {
  // dev: nothing is remembered of the files, so a page that was built anew is served.
  const files = sirv(folder, { dev: true, etag: true });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
    });
  });
  await listening(server, port);
  return {
    address: `http://${host}:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, port)));
    server.listen(port, host, resolve);
  });

function explained(error: Error, port: number): Error {
  if (hasCode(error, 'EADDRINUSE'))
    return new ThinnetError(`port ${port} is taken; choose another with --port, or 0 for any that is free`);
  if (hasCode(error, 'EACCES'))
    return new ThinnetError(`port ${port} needs more rights than yours; choose one from 1024 on with --port`);
  return error;
}
