/** @file The built page behind a plain static server, as any host would serve it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

export interface LabServer {
  /** The page's address, in a sub-folder of the host. */
  readonly url: string;
  readonly port: number;
  /** Names of the files that were asked for, in order; those that are not there with a `!` in front. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Read at once, so that a build that goes on beside the tests changes nothing. Errors: a page that is not built. */
function readPage(): ReadonlyMap<string, Buffer> {
  if (!existsSync(join(dist, 'index.html')))
    throw new Error('packages/lab/dist is not there: run "npm run build" first');
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file.slice(dist.length + 1).replaceAll('\\', '/'), readFileSync(file)];
    }),
  );
}

/** Serves the page in the folder `/some/where/`, with or without the headers that make it cross-origin isolated. */
export async function serveLab({ isolated }: { readonly isolated: boolean }): Promise<LabServer> {
  const page = readPage();
  const requests: string[] = [];
  const folder = '/some/where/';
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://host').pathname;
    const name = path.slice(folder.length) || 'index.html';
    const body = path.startsWith(folder) ? page.get(name) : undefined;
    requests.push(body ? name : `!${path}`);
    const headers = isolated ? isolation : {};
    if (body === undefined) response.writeHead(404, headers).end('there is no such file');
    else
      response
        .writeHead(200, {
          ...headers,
          'content-type': types[extname(name)] ?? 'application/octet-stream',
          'content-length': body.length,
        })
        .end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${folder}`,
    port,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
