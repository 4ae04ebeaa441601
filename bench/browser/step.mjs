/**
 * @file The training step of the benchmark `step` in Chromium, as one line of JSON: the page is bundled, served cross-origin
 * isolated from this machine, and opened in a browser of its own.
 *
 * Usage: step.mjs --page thinnet|tfjs --backend wasm|webgpu|webgl [--threads 2] [--runs 6] [--warmup 1] [--steps-per-run 4]
 * A GPU is Chromium's SwiftShader, which computes on the CPU, unless --gpu hardware asks for the machine's own.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { rolldown } from 'rolldown';

const { values } = parseArgs({
  options: {
    page: { type: 'string', default: 'thinnet' },
    backend: { type: 'string', default: 'wasm' },
    threads: { type: 'string', default: '2' },
    runs: { type: 'string', default: '6' },
    warmup: { type: 'string', default: '1' },
    'steps-per-run': { type: 'string', default: '4' },
    gpu: { type: 'string', default: 'software' },
  },
});
const options = {
  backend: values.backend,
  threads: Number(values.threads),
  runs: Number(values.runs),
  warmup: Number(values.warmup),
  stepsPerRun: Number(values['steps-per-run']),
};

const require = createRequire(import.meta.url);
/** Folders whose files the page may fetch, by the first part of the path. @type {Record<string, string>} */
const folders = {
  ort: dirname(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')),
  tfjs: dirname(require.resolve('@tensorflow/tfjs-backend-wasm')),
};
const { version: ortVersion } = JSON.parse(
  await readFile(join(folders.ort ?? '', '../package.json'), 'utf8'),
);
const build = await rolldown({
  input: fileURLToPath(new URL(`./${values.page}-page.mjs`, import.meta.url)),
  platform: 'browser',
  onLog: () => undefined,
});
const { output } = await build.generate({ format: 'esm', entryFileNames: 'page.js' });
const scripts = new Map(
  output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part.code]] : [])),
);
await build.close();

const types = /** @type {Record<string, string>} */ ({
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
});
const server = createServer(async ({ url = '/' }, response) => {
  const path = url.split('?')[0]?.slice(1) ?? '';
  const folder = folders[path.split('/')[0] ?? ''];
  const file = folder && join(folder, basename(path));
  const body =
    path === ''
      ? '<!doctype html><title>step</title><script type="module" src="/page.js"></script>'
      : (scripts.get(path) ?? (file && existsSync(file) ? await readFile(file) : undefined));
  response
    .writeHead(body === undefined ? 404 : 200, {
      'content-type': path === '' ? 'text/html' : (types[extname(path)] ?? 'application/octet-stream'),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
    .end(body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

const software = [
  '--use-webgpu-adapter=swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];
const browser = await chromium.launch({
  executablePath: process.env.THINNET_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--enable-unsafe-webgpu',
    '--enable-features=Vulkan',
    ...(values.gpu === 'hardware' ? [] : software),
  ],
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'load' });
  const { times, ...rest } = await page.evaluate((given) => globalThis.measure(given), options);
  times.sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
  console.log(
    JSON.stringify({
      medianMs: times[times.length >> 1],
      minMs: times[0],
      maxMs: times.at(-1),
      ...rest,
      version: `${rest.version}${rest.version === 'onnxruntime-web' ? ` ${ortVersion}` : ''}, Chromium ${browser.version()}`,
    }),
  );
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
