/** @file Results as Markdown: one section a benchmark, kept apart by markers, so that a run replaces only its own. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

/** @typedef {import('./benchmarks.mjs').Benchmark} Benchmark */
/** @typedef {import('./benchmarks.mjs').Side} Side */
/** @typedef {Readonly<Record<string, unknown>>} Result */

/** @type {(numbers: readonly number[]) => number} */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? Number(sorted[middle])
    : (Number(sorted[middle - 1]) + Number(sorted[middle])) / 2;
}

/** How the rounds of one figure become one number. @type {Record<string, (numbers: readonly number[]) => number>} */
const over = { median, min: (numbers) => Math.min(...numbers), max: (numbers) => Math.max(...numbers) };

/** @type {(value: number) => string} */
const number = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '–');

/** The machine and the date, in one line. Call it before the runs: the load is part of it. */
export function machine() {
  const model = cpus()[0]?.model.trim() || 'unknown CPU';
  const flags = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  const simd = flags.includes('avx512f') ? ', AVX-512' : flags.includes('avx2') ? ', AVX2' : '';
  const ort = new URL('../node_modules/onnxruntime-node/package.json', import.meta.url);
  const runtime = existsSync(ort)
    ? `ONNX Runtime ${JSON.parse(readFileSync(ort, 'utf8')).version}`
    : 'no ONNX Runtime';
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  return (
    `${model}${simd}, ${cpus().length} cores, ${memory} GiB, ${process.platform} ${process.arch}, ` +
    `Node ${process.version}, ${runtime}, ${date}; ${loadInWords(loadavg()[0] ?? 0, cpus().length)}`
  );
}

/** A busy machine is named so: its times are longer than those of an idle one. @type {(load: number, cores: number) => string} */
const loadInWords = (load, cores) =>
  `load average before the run ${load.toFixed(1)}${load > cores ? `, above the ${cores} cores: the machine was busy` : ''}`;

/**
 * The section of one benchmark. A ratio is the median, over the rounds, of the side's first figure divided by that of
 * the first side in the same round.
 * @type {(benchmark: Benchmark, results: ReadonlyMap<Side, readonly Result[]>, failures: ReadonlyMap<Side, string>, machine: string) => string}
 */
export function section({ title, about, figures, sides, compared = true }, results, failures, machine) {
  const reference = sides[0];
  const key = figures[0]?.key ?? '';
  /** @type {(side: Side | undefined) => readonly Result[]} */
  const of = (side) => (side && !failures.has(side) && results.get(side)) || [];
  const rounds = Math.max(0, ...[...results.values()].map((list) => list.length));
  const head = [
    '',
    ...figures.map((figure) => figure.title),
    ...(compared ? [`ratio to ${reference?.name}`] : []),
    'version',
    'threads',
  ];
  const rows = [...results.keys()].map((side) => {
    const list = of(side);
    const ratios = list.map((result, round) => Number(result[key]) / Number(of(reference)[round]?.[key]));
    const values = figures.map((figure) =>
      number(over[figure.over]?.(list.map((r) => Number(r[figure.key]))) ?? 0),
    );
    const { version = '–', threads = '–', backend, fellBack } = list[0] ?? {};
    const kind = [version, backend, fellBack && `fell back (${fellBack})`].filter(Boolean).join(', ');
    const why = failures.get(side);
    return [
      why ? `${side.name}: did not run (${why})` : side.name,
      ...values,
      ...(compared ? [number(median(ratios))] : []),
      kind,
      threads,
    ];
  });
  const table = [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows];
  return [
    `## ${title}`,
    about,
    table.map((row) => `| ${row.join(' | ')} |`).join('\n'),
    `${machine}. ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, the sides in turn.`,
  ].join('\n\n');
}

/** Replaces, or adds, the section of this name. @type {(path: string, name: string, text: string) => void} */
export function writeSection(path, name, text) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const before = existsSync(path)
    ? readFileSync(path, 'utf8')
    : '# Results\n\nWritten by `npm run bench`; each section is from one run of its sides, in turn, on one machine.\n';
  const block = `${open}\n${text}\n${close}`;
  const [start, end] = [before.indexOf(open), before.indexOf(close)];
  const after =
    start < 0 ? `${before}\n${block}\n` : before.slice(0, start) + block + before.slice(end + close.length);
  writeFileSync(path, after);
}
