/** @file NumPy and SciPy as witnesses: runs Python scripts in the interpreter that has them. */
import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { torch } from './torch.js';

const interpreter = process.env.THINNET_PYTHON ?? '/usr/bin/python3';
const probe =
  'import importlib.util, sys; sys.exit(any(importlib.util.find_spec(m) is None for m in sys.argv[1:]))';

/** Runs a Python script that reads JSON from its standard input and prints JSON; returns what it printed. */
export const python: (source: string, input: unknown) => unknown = torch;

/**
 * `describe` for tests that need Python modules, such as `numpy`: skipped where one is not installed, unless
 * THINNET_REQUIRE_TOOLS=1 asks for its absence to fail.
 */
export function describePython(modules: readonly string[], title: string, tests: () => void): void {
  const required = process.env.THINNET_REQUIRE_TOOLS === '1';
  const found = required || spawnSync(interpreter, ['-c', probe, ...modules]).status === 0;
  describe.skipIf(!found)(title, tests);
}
