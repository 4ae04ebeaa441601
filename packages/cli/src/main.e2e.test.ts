import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesIn, runCommand, start } from './testing/command.js';
import { hash } from './testing/fake-trainer.js';
import { temporaryFolder } from './testing/temporary.js';

/** A folder with a CSV file of three noisy clouds in four dimensions. */
function workplace(): string {
  const folder = temporaryFolder();
  const rows = Array.from({ length: 150 }, (_, i) => {
    const features = [0, 1, 2, 3].map((k) => ((i % 3 === k ? 1.5 : 0) + 2 * hash(i, k)).toFixed(3));
    return [...features, ['red', 'green', 'blue'][i % 3]].join(',');
  });
  writeFileSync(join(folder, 'clouds.csv'), ['a,b,c,d,colour', ...rows].join('\n'));
  return folder;
}

const small = (epochs: number) =>
  `compare --data clouds.csv --label colour --hidden 8 --batch 10 --lr 0.02 --seeds 2 --threads 1 --epochs ${epochs}`.split(
    ' ',
  );

/** What was measured, without how fast. */
function metricsOf(folder: string): unknown[] {
  const lines = readFileSync(join(folder, 'metrics.jsonl'), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => ({ ...JSON.parse(line), examplesPerSecond: undefined }));
}

function summaryOf(folder: string): unknown {
  const { arms, comparisons } = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  const timeless = (rows: object[]) => rows.map((row) => ({ ...row, examplesPerSecond: undefined }));
  return { arms: timeless(arms), comparisons: timeless(comparisons) };
}

describe('the command thinnet', () => {
  it('compares, says in a sentence what came of it, and leaves a report', async () => {
    const cwd = workplace();
    const { status, stdout, stderr } = await runCommand([...small(3), '--out', 'run'], cwd, {
      THINNET_TRACE: '1',
    });
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/^clouds.*: 120 training examples, 30 test examples/),
    ]);
    expect(stderr).toMatch(/^first-step \d+$/m);
    expect(stderr.match(/after 3 epochs/g)).toHaveLength(4);
    expect(stdout).toMatch(/arm +test error %/);
    expect(stdout).toMatch(/^Dropout 0\.5 /m);
    expect(readFileSync(join(cwd, 'run', 'report.html'), 'utf8')).toContain('<!doctype html>');
    const model = readFileSync(join(cwd, 'run', 'dropout-0.5', 'model.onnx'));
    expect(model.includes('hidden1.weight')).toBe(true);
    expect(model.includes('noise')).toBe(false);
  });

  it('killed at once and resumed ends with the metrics and weights of a run that was never interrupted', async () => {
    const cwd = workplace();
    expect((await runCommand([...small(30), '--out', 'whole'], cwd)).status).toBe(0);
    const running = start([...small(30), '--out', 'killed'], cwd);
    await running.until(() => linesIn(join(cwd, 'killed', 'metrics.jsonl')) >= 40);
    running.process.kill('SIGKILL');
    expect((await running.ended).status).toBe('SIGKILL');
    expect(existsSync(join(cwd, 'killed', 'summary.json'))).toBe(false);
    expect(await runCommand(['compare', '--resume', '--out', 'killed'], cwd)).toMatchObject({ status: 0 });
    expect(metricsOf(join(cwd, 'killed'))).toEqual(metricsOf(join(cwd, 'whole')));
    expect(summaryOf(join(cwd, 'killed'))).toEqual(summaryOf(join(cwd, 'whole')));
    for (const arm of ['none', 'dropout-0.5'])
      expect(readFileSync(join(cwd, 'killed', arm, 'model.onnx'))).toEqual(
        readFileSync(join(cwd, 'whole', arm, 'model.onnx')),
      );
  });

  it('stops at Ctrl-C with 130, keeps what it has, says how to go on, and goes on so', async () => {
    const cwd = workplace();
    const running = start([...small(400), '--out', 'run'], cwd);
    await running.until(() => linesIn(join(cwd, 'run', 'metrics.jsonl')) >= 3);
    running.process.kill('SIGINT');
    const { status, stderr } = await running.ended;
    expect(status).toBe(130);
    expect(stderr).toMatch(
      /Stopped; what was computed is kept\. To go on: thinnet compare --resume --out run\n$/,
    );
    expect(stderr).not.toMatch(/^ +at /m);
    expect(existsSync(join(cwd, 'run', 'run.lock'))).toBe(false);
    const again = start(['compare', '--resume', '--out', 'run'], cwd);
    const lines = linesIn(join(cwd, 'run', 'metrics.jsonl'));
    await again.until(() => linesIn(join(cwd, 'run', 'metrics.jsonl')) > lines);
    again.process.kill('SIGTERM');
    expect((await again.ended).status).toBe(143);
  });

  it.each([
    [['--epochs', '0'], '--epochs takes a whole number of at least 1, not "0"'],
    [['--hidden', '10,x'], '--hidden takes layer widths such as 1024,1024 (or none), not "10,x"'],
    [
      ['--arm', 'dorpout=0.5'],
      '"dorpout" is no kind of arm; known are none, dropout, standard, gaussian, alpha, batchwise, dropconnect, concrete, variational-gaussian, standout (did you mean "dropout"?)',
    ],
    [['--arm', 'dropout=1.5'], 'rate is 1.5; it is the probability to drop, between 0 and 1'],
    [['--bogus', '1'], "unknown option '--bogus'"],
    [['--epoch', '1'], '(Did you mean --epochs?)'],
    [['--lr'], "option '--lr <rate>' argument missing"],
    [['more'], 'too many arguments'],
    [['--resume', '--out', 'nowhere'], 'there is no nowhere/config.json; to start a run leave out --resume'],
    [['--out', '.'], '. is taken'],
  ])('answers the wrong %j with one line and status 2', async (words, message) => {
    const { status, stdout, stderr } = await runCommand(['compare', ...words], workplace());
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^thinnet: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it.each([
    [['--data', 'nowhere.csv', '--label', 'x'], 'nowhere.csv'],
    [['--data', 'clouds.csv', '--label', 'color'], 'color'],
    [['--data', 'clouds.csv', '--label', 'colour', '--subset', '5000'], '5000'],
  ])('answers data that it cannot use, %j, with one line and status 1', async (words, message) => {
    const { status, stderr } = await runCommand(['compare', '--quiet', ...words], workplace());
    expect(status).toBe(1);
    expect(stderr).toMatch(/^thinnet: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it('says in one line when the folder cannot be written', async () => {
    const cwd = workplace();
    writeFileSync(join(cwd, 'file'), '');
    const out = async (folder: string) => {
      const { status, stderr } = await runCommand([...small(1), '--out', folder], cwd);
      return [status, stderr];
    };
    expect(await out('file/run')).toEqual([1, 'thinnet: file/run: a part of the path is not a folder\n']);
    expect(await out('file')).toEqual([2, expect.stringMatching(/^thinnet: file is taken; [^\n]+\n$/)]);
    if (existsSync('/proc/self'))
      expect(await out('/proc/run')).toEqual([1, expect.stringMatching(/^thinnet: \/proc\/run: [^\n]+\n$/)]);
    mkdirSync(join(cwd, 'locked'));
    chmodSync(join(cwd, 'locked'), 0o500);
    // Root may write anywhere.
    if (process.getuid?.() === 0) return;
    expect(await out('locked/run')).toEqual([1, 'thinnet: locked/run: permission denied\n']);
  });

  it('names a damaged checkpoint and what to do about it, with status 1', async () => {
    const cwd = workplace();
    const running = start([...small(400), '--out', 'run'], cwd);
    const checkpoint = join(cwd, 'run', 'none', 'seed-1', 'checkpoint.safetensors');
    await running.until(() => existsSync(checkpoint));
    running.process.kill('SIGKILL');
    await running.ended;
    const bytes = readFileSync(checkpoint);
    bytes[bytes.length - 5] = ~(bytes[bytes.length - 5] as number) & 255;
    for (const damaged of [bytes, bytes.subarray(0, 100), Buffer.alloc(0)]) {
      writeFileSync(checkpoint, damaged);
      const { status, stderr } = await runCommand(['compare', '--quiet', '--resume', '--out', 'run'], cwd);
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /^thinnet: none, seed 1: run\/none\/seed-1\/checkpoint\.safetensors: [^\n]+; delete the file to start this seed again\n$/,
      );
    }
  });

  it('has help and a version', async () => {
    const cwd = temporaryFolder();
    const help = await runCommand(['--help'], cwd);
    expect([help.status, help.stderr]).toEqual([0, '']);
    expect(help.stdout).toContain('compare');
    expect(await runCommand([], cwd)).toEqual(help);
    expect(await runCommand(['--version'], cwd)).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
    expect((await runCommand(['compare', '--help'], cwd)).stdout).toMatch(/Examples:\n {2}thinnet compare\n/);
    expect(await runCommand(['copmare'], cwd)).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'thinnet: unknown command copmare (did you mean "compare"?); there are compare, inspect, mask, cards, lab; see thinnet --help\n',
    });
    expect((await runCommand(['mask', '--help'], cwd)).stdout).toMatch(/Examples:\n {2}thinnet mask /);
  });
});
