import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lab } from '../commands/lab.js';
import { sink } from '../testing/sink.js';
import { temporaryFolder } from '../testing/temporary.js';
import { serveFolder } from './server.js';

function site(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>lab</title>');
  writeFileSync(join(folder, 'assets', 'page.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'ort.wasm'), Uint8Array.of(0, 97, 115, 109));
  return folder;
}

async function serving(folder = site(), port = 0) {
  const server = await serveFolder(folder, port);
  onTestFinished(() => server.close());
  return server;
}

const portOf = (address: string) => Number(new URL(address).port);

/** The status of a path that is sent as it stands, without the tidying of `fetch`. */
const statusOf = (address: string, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: portOf(address), path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });

describe('the server of the lab', () => {
  it('serves the files with their types, and each answer with the headers that let a page use threads', async () => {
    const { address } = await serving();
    for (const [path, status, type] of [
      ['', 200, 'text/html;charset=utf-8'],
      ['assets/page.js', 200, 'text/javascript'],
      ['assets/ort.wasm', 200, 'application/wasm'],
      ['missing.js', 404, 'text/plain; charset=utf-8'],
    ] as const) {
      const response = await fetch(address + path);
      await response.arrayBuffer();
      expect([path, response.status, response.headers.get('content-type')]).toEqual([path, status, type]);
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    }
  });

  it('serves what is on the disk now', async () => {
    const folder = site();
    const { address } = await serving(folder);
    const page = async () => (await fetch(address)).text();
    expect(await page()).toContain('<title>lab</title>');
    writeFileSync(join(folder, 'index.html'), 'anew');
    expect(await page()).toBe('anew');
  });

  it('serves nothing from outside the folder', async () => {
    const folder = site();
    writeFileSync(join(folder, 'secret'), '');
    mkdirSync(join(folder, 'assets-old'));
    writeFileSync(join(folder, 'assets-old', 'secret'), '');
    const { address } = await serving(join(folder, 'assets'));
    for (const path of [
      '/../secret',
      '/%2e%2e/secret',
      '/..%2fsecret',
      '//../secret',
      '/page.js/../../secret',
    ])
      expect([path, await statusOf(address, path)]).toEqual([path, 404]);
    expect(await statusOf(address, '/page.js')).toBe(200);
  });

  it('names a port that is taken and what to do', async () => {
    const port = portOf((await serving()).address);
    await expect(serveFolder(site(), port)).rejects.toMatchObject({
      name: 'ThinnetError',
      message: `port ${port} is taken; choose another with --port, or 0 for any that is free`,
    });
  });

  it('ends although a browser keeps its connection open', async () => {
    const server = await serveFolder(site(), 0);
    const socket = connect(portOf(server.address), '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.on('connect', resolve));
    await server.close();
    await closed;
    await expect(fetch(server.address)).rejects.toThrow();
  });
});

describe('thinnet lab', () => {
  it('prints its address and serves until it is interrupted', async () => {
    const stdout = sink();
    let interrupt: (signal: 'SIGINT' | 'SIGTERM') => void = () => undefined;
    const interruption = () => new Promise<'SIGINT' | 'SIGTERM'>((resolve) => (interrupt = resolve));
    const ended = lab({ port: 0 }, { stdout: stdout.stream, folder: site, interruption });
    await expect.poll(stdout.text).toMatch(/^The lab: http:\/\/127\.0\.0\.1:\d+\/\nCtrl-C ends it\.\n$/);
    const address = /http\S+/.exec(stdout.text())?.[0] as string;
    expect((await fetch(address)).status).toBe(200);
    interrupt('SIGINT');
    expect(await ended).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
  });

  it('says where the page is missing and how it is built', async () => {
    const folder = temporaryFolder();
    const environment = {
      stdout: sink().stream,
      folder: () => folder,
      interruption: () => new Promise<never>(() => {}),
    };
    await expect(lab({ port: 0 }, environment)).rejects.toMatchObject({
      name: 'ThinnetError',
      message: `the lab's page is not built (no index.html in ${folder}); run npm run build`,
    });
  });
});
