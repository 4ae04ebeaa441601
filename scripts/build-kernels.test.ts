/** @file The generated module is that of the kernels' sources. */
import { expect, it } from 'vitest';
import { kernelModule } from '../packages/thinnet/src/noise/kernels/instance.js';
import { digest, generatedDigest } from './build-kernels.mjs';

it('the kernels that are tested are those of the sources', () => {
  expect(generatedDigest()).toBe(digest());
});

it('the kernels import a memory and nothing else', () => {
  const imports = WebAssembly.Module.imports(kernelModule() as WebAssembly.Module);
  expect(imports).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});
