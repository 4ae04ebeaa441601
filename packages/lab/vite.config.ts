/** @file How the lab is built: a static page that works from any folder of any host. */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { licences } from './licences.js';

const pathOf = (file: string): string =>
  createRequire(import.meta.url)
    .resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
    .replace(/[^/\\]+$/, file);

/** ONNX Runtime's scripts, each whole, by what the library imports. */
const scripts: Readonly<Record<string, string>> = {
  'onnxruntime-web/wasm': 'ort.wasm.bundle.min.mjs',
  'onnxruntime-web/webgpu': 'ort.webgpu.bundle.min.mjs',
};

/**
 * ONNX Runtime's scripts stay as they are, files of their own that all workers share: each of its threads loads its script
 * again, and would run whatever else is bundled with it.
 */
const onnxRuntimeApart = (): Plugin => ({
  name: 'onnxruntime-apart',
  enforce: 'pre',
  resolveId: (id) => (Object.hasOwn(scripts, id) ? `\0${id}` : undefined),
  load(id) {
    const script = scripts[id.slice(1)];
    if (id[0] !== '\0' || script === undefined) return undefined;
    return `
      import url from ${JSON.stringify(`${pathOf(script)}?url`)};
      const { InferenceSession, Tensor, env } = await import(/* @vite-ignore */ url);
      export { InferenceSession, Tensor, env };
    `;
  },
});

/** The style behind the shell's frame, which is in the page itself: browsers show what stands before a style sheet. */
const frameFirst = (): Plugin => ({
  name: 'frame-first',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const styles = html.match(/\s*<link rel="stylesheet"[^>]*>/g) ?? [];
      const without = styles.reduce((rest, link) => rest.replace(link, ''), html);
      return without.replace(/\s*<\/body>/, (end) => styles.join('') + end);
    },
  },
});

/** KaTeX's fonts in one format: every browser that runs the page reads WOFF2. */
const woff2Alone = (): Plugin => ({
  name: 'woff2-alone',
  enforce: 'pre',
  transform: (code, id) =>
    /katex[^/]*\.css/.test(id)
      ? code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("(?:woff|truetype)"\)/g, '')
      : undefined,
});

const root = fileURLToPath(new URL('.', import.meta.url));
const notices = licences(root);

/** Not every server knows what .mjs is. */
const assetFileNames = ({ names: [name = ''] }: { readonly names: readonly string[] }): string =>
  name.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]';

/** Copying 40 MB of WebAssembly takes its time, as we know. */
const checks = { pluginTimings: false };

export default defineConfig({
  root,
  // Relative: the page does not know where it is hosted.
  base: './',
  define: {
    // Servers that compress do not say how long a file is; the page knows.
    WASM_BYTES: {
      wasm: statSync(pathOf('ort-wasm-simd-threaded.wasm')).size,
      webgpu: statSync(pathOf('ort-wasm-simd-threaded.asyncify.wasm')).size,
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [onnxRuntimeApart(), frameFirst(), woff2Alone(), notices.page()],
  worker: {
    format: 'es',
    plugins: () => [onnxRuntimeApart(), notices.worker()],
    rolldownOptions: { checks, output: { assetFileNames } },
  },
  build: {
    target: 'es2023',
    // Everything that is not needed at once is a file of its own, also where it is small.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks, output: { assetFileNames } },
  },
});
