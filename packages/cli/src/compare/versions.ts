/** @file The versions of all that a run is made with. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import type { Versions } from 'thinnet-runs';

const require = createRequire(import.meta.url);

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as {
    version: string;
  };
  return version;
}

/** Versions of all that the numbers depend on. */
export function versions(): Versions {
  const fromThinnet = createRequire(require.resolve('thinnet/package.json'));
  const runtime = JSON.parse(readFileSync(fromThinnet.resolve('onnxruntime-node/package.json'), 'utf8')) as {
    version: string;
  };
  return {
    thinnet: versionOf('thinnet'),
    'onnxruntime-node': runtime.version,
    node: process.versions.node,
    platform: `${platform()}-${arch()}`,
  };
}
