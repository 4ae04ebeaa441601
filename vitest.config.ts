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
    setupFiles: ['./scripts/properties.ts'],
    reporters: ['default', './scripts/closing-line.ts'],
  },
});
