/** @file A browser as a witness: Debian's Chromium, without a head, with a page that holds the built library. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describe } from 'vitest';

const chromium = process.env.THINNET_CHROMIUM ?? '/usr/bin/chromium';

const quiet = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** WebGPU without a GPU: SwiftShader, which Chromium brings along. */
export const softwareGpu = [
  ...['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'],
];

/**
 * `describe` for tests that need Chromium: skipped where it is not installed, unless THINNET_REQUIRE_TOOLS=1 asks
 * for its absence to fail.
 */
export function describeBrowser(title: string, tests: () => void): void {
  const required = process.env.THINNET_REQUIRE_TOOLS === '1';
  describe.skipIf(!required && !existsSync(chromium))(title, tests);
}

/** Milliseconds until a wait gives up: no sooner than the suite's limit for a test, which a slow machine may need. */
const patience = 60_000;

/** Starts Chromium with these arguments besides those that keep it quiet. */
export async function launchChromium(args: readonly string[] = ['--disable-gpu']): Promise<Browser> {
  const { chromium: driver } = await import('playwright-core');
  return driver.launch({ executablePath: chromium, args: [...quiet, ...args], timeout: patience });
}

/** A new page of a browser, in a profile of its own, or of a profile; its waits last as long as a test may. */
export async function newPage(of: Browser | BrowserContext): Promise<Page> {
  const page = await of.newPage();
  page.setDefaultTimeout(patience);
  return page;
}

export interface Bundle {
  /** The first entry's code. */
  readonly code: string;
  /** All of it: code by file name, the entries' being their own names with the ending `.js`. */
  readonly files: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** The bundle of a file in this folder and of other entries, and what it could not resolve: a browser has no modules of Node. */
export async function bundle(file: string, others: Readonly<Record<string, string>> = {}): Promise<Bundle> {
  const { rolldown } = await import('rolldown');
  const warnings: string[] = [];
  const build = await rolldown({
    input: { [basename(file, '.ts')]: fileURLToPath(new URL(file, import.meta.url)), ...others },
    platform: 'browser',
    onLog: (level, { message }) => void (level === 'warn' && warnings.push(message)),
  });
  try {
    const { output } = await build.generate({ format: 'esm' });
    const chunks = output.flatMap((part) =>
      part.type === 'chunk' ? [[part.fileName, part.code] as const] : [],
    );
    const files = Object.fromEntries(chunks);
    return { code: files[`${basename(file, '.ts')}.js`] as string, files, warnings };
  } finally {
    await build.close();
  }
}

export interface PageOptions {
  /** Further files by name, such as those of a bundle. */
  readonly files?: Readonly<Record<string, string>>;
  /** Sends the headers that make the page cross-origin isolated, so that it may use threads. */
  readonly isolated?: boolean;
  /** Arguments of Chromium; `--disable-gpu` unless given. */
  readonly args?: readonly string[];
}

export interface BrowserPage {
  readonly page: Page;
  /** What went wrong in the page without being caught. */
  readonly errors: readonly string[];
  /** Paths that the page asked this machine for, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

const html = '<!doctype html><title>thinnet</title><script type="module" src="/bundle.js"></script>';
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/**
 * Opens a page from this machine that runs the code as a module, in a browser of its own. Beside `files` the page finds
 * the WebAssembly of onnxruntime-web, under the names that it has there.
 */
export async function openPage(code: string, options: PageOptions = {}): Promise<BrowserPage> {
  const requests: string[] = [];
  const server = serve({ ...options.files, 'bundle.js': code }, options.isolated ? isolation : {}, requests);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium(options.args);
  const page = await newPage(browser);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  // The module has run when the page has loaded.
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'load' });
  return {
    page,
    errors,
    requests,
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const wasmFolder = () =>
  dirname(createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));

function serve(
  files: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  requests: string[],
): Server {
  return createServer(async ({ url = '/' }, response) => {
    requests.push(url);
    const name = url.slice(1).split('?')[0] as string;
    const send = (type: string, body: string | Uint8Array, status = 200) =>
      response
        .writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(body) })
        .end(body);
    if (Object.hasOwn(files, name)) send('text/javascript; charset=utf-8', files[name] as string);
    else if (/^[\w.-]+\.wasm$/.test(name) && existsSync(join(wasmFolder(), name)))
      send('application/wasm', await readFile(join(wasmFolder(), name)));
    else if (name === '') send('text/html; charset=utf-8', html);
    else send('text/plain', 'there is no such file', 404);
  });
}
