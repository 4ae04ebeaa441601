/**
 * @file Runs the benchmarks, side against side, and writes their sections of RESULTS.md.
 *
 * Usage: node bench/run.mjs [name …] [--rounds n] [--side text] [--dry]
 * --side keeps the sides whose name contains the text; --dry prints the section instead of writing it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchmarks } from './benchmarks.mjs';
import { machine, section, writeSection } from './report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, side: { type: 'string' }, dry: { type: 'boolean', default: false } },
});

/** @type {(message: string) => never} */
function stop(message) {
  console.error(message);
  process.exit(1);
}

/** @typedef {import('./benchmarks.mjs').Side} Side */
/** @typedef {Readonly<Record<string, unknown>>} Result */

/**
 * Runs one side once. Its result is the last line that it prints, or the reason why there is none.
 * @type {(side: Side) => Result | string}
 */
function runSide({ command, unset = [] }) {
  const env = { ...process.env };
  for (const name of unset) delete env[name];
  const [program = '', ...args] = command;
  const child = spawnSync(program === 'node' ? process.execPath : program, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  if (child.error) return child.error.message;
  if (child.status !== 0) {
    // Without this machine's folders: the reason goes into RESULTS.md.
    const lines = child.stderr.replaceAll(root, '').trim().split('\n');
    return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? `exit code ${child.status}`;
  }
  const line = child.stdout.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line);
  } catch {
    return `its last line is not JSON: ${line.slice(0, 80)}`;
  }
}

const chosen =
  positionals.length === 0 ? benchmarks : benchmarks.filter(({ name }) => positionals.includes(name));
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0)
  stop(
    `no benchmark is called ${unknown.join(', ')}; there are: ${benchmarks.map(({ name }) => name).join(', ')}`,
  );
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
  stop(`--rounds ${values.rounds}: it is a whole number, at least 1`);
if (!existsSync(`${root}bench/node_modules`))
  stop('the peers are not installed: run "npm ci --prefix bench" first');

for (const benchmark of chosen) {
  const where = machine();
  const { side: part } = values;
  const sides = benchmark.sides.filter(({ name }) => part === undefined || name.includes(part));
  /** @type {Map<Side, Result[]>} */
  const results = new Map(sides.map((side) => [side, []]));
  /** @type {Map<Side, string>} */
  const failures = new Map();
  for (let round = 1; round <= (rounds ?? benchmark.rounds); round++) {
    // In turn, so that whatever slows the machine for a while slows all sides.
    for (const side of sides.filter((one) => !failures.has(one))) {
      const result = runSide(side);
      console.error(`${benchmark.name}, round ${round}, ${side.name}: ${JSON.stringify(result)}`);
      if (typeof result === 'string') failures.set(side, result);
      else results.get(side)?.push(result);
    }
  }
  const text = section(benchmark, results, failures, where);
  if (values.dry) console.log(text);
  else writeSection(`${root}bench/RESULTS.md`, benchmark.name, text);
  if (failures.size > 0) process.exitCode = 1;
}
