/** @file Python's packages as witnesses: NumPy, SciPy, PyTorch. Runs scripts in the interpreter that has them. */
import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/** Debian's packages belong to this one. */
const interpreter = process.env.THINNET_PYTHON ?? '/usr/bin/python3';

/**
 * Runs a Python script that reads JSON from its standard input and prints JSON; returns what it printed.
 * Each call starts an interpreter, so put many cases into one call.
 */
export function python(source: string, input: unknown): unknown {
  const { status, stdout, stderr, error } = spawnSync(interpreter, ['-c', source], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${interpreter} ended with status ${status}:\n${stderr}`);
  return JSON.parse(stdout);
}

/** Looks for modules without the seconds that importing one can take. */
const probe =
  'import importlib.util, sys; sys.exit(any(importlib.util.find_spec(m) is None for m in sys.argv[1:]))';
const found = new Map<string, boolean>();

function hasModules(modules: readonly string[]): boolean {
  const key = modules.join();
  const known = found.get(key) ?? spawnSync(interpreter, ['-c', probe, ...modules]).status === 0;
  found.set(key, known);
  return known;
}

/**
 * `describe` for tests that need Python modules, such as `numpy`: skipped where one is not installed, unless
 * THINNET_REQUIRE_TOOLS=1 asks for its absence to fail.
 */
export function describePython(modules: readonly string[], title: string, tests: () => void): void {
  const required = process.env.THINNET_REQUIRE_TOOLS === '1';
  describe.skipIf(!required && !hasModules(modules))(title, tests);
}
