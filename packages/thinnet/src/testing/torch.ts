/** @file PyTorch as a witness: runs Python scripts in the interpreter that has it. */
import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/** The interpreter that has PyTorch; Debian's packages belong to this one. */
const python = process.env.THINNET_PYTHON ?? '/usr/bin/python3';

const script = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)';
let found: boolean | undefined;

/** Whether PyTorch is installed (looked for once, without the seconds that importing it takes). */
export function hasTorch(): boolean {
  found ??= spawnSync(python, ['-c', script]).status === 0;
  return found;
}

/**
 * Runs a Python script that reads JSON from its standard input and prints JSON; returns what it printed.
 * Each call starts an interpreter and imports PyTorch (seconds), so put many cases into one call.
 */
export function torch(source: string, input: unknown): unknown {
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', source], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${python} ended with status ${status}:\n${stderr}`);
  return JSON.parse(stdout);
}

/**
 * `describe` for tests that need PyTorch: skipped where it is not installed, unless THINNET_REQUIRE_TOOLS=1 asks
 * for its absence to fail.
 */
export function describeTorch(title: string, tests: () => void): void {
  const required = process.env.THINNET_REQUIRE_TOOLS === '1';
  describe.skipIf(!required && !hasTorch())(title, tests);
}
