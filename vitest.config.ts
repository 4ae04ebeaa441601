/**
 * @file How the tests run: two processes, a minute a test, properties over the same inputs each time; vitest's own report and then
 * one plain closing line.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'deck/src/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Processes, not threads: ONNX Runtime keeps native threads and memory of its own.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a test asks again until it is so may take as long as the test.
    expect: { poll: { timeout: 60_000 } },
    // ONNX Runtime in Node reports its use, and warns where the home folder cannot be written.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    setupFiles: ['./scripts/properties.ts'],
    reporters: ['default', './scripts/closing-line.ts'],
  },
});
