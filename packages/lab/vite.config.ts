/** @file How the lab is built: a static page that works from any folder of any host. */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

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

/** Not every server knows what .mjs is. */
const assetFileNames = ({ names: [name = ''] }: { readonly names: readonly string[] }): string =>
  name.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]';

/** Copying 40 MB of WebAssembly takes its time, as we know. */
const checks = { pluginTimings: false };

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
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
  plugins: [onnxRuntimeApart()],
  worker: {
    format: 'es',
    plugins: () => [onnxRuntimeApart()],
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
