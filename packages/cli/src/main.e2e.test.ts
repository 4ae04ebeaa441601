import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeModel } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { entry, linesIn, runCommand, start } from './testing/command.js';
import { dropoutModel } from './testing/dropout-model.js';
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

  it('lets ONNX Runtime report nothing: it says and leaves nothing of its own, also without a home folder', async () => {
    const cwd = workplace();
    const env = { HOME: '/dev/null', XDG_CACHE_HOME: undefined, ORT_DISABLE_TELEMETRY: undefined };
    const { status, stderr } = await runCommand([...small(1), '--quiet', '--out', 'run'], cwd, env);
    expect([status, stderr]).toEqual([0, '']);
    expect(readdirSync(cwd).sort()).toEqual(['clouds.csv', 'run']);
  });

  // A device of Linux that is always full.
  it
    .skipIf(!existsSync('/dev/full'))
    .each([
      ['mask --kind dropout --rate 0.5 --shape 10,10'],
      ['cards list'],
      ['compare --help'],
      ['inspect model.onnx'],
    ])('says in a line, and with 1, that %s could not be printed', async (words) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'model.onnx'), writeModel(dropoutModel()));
    const command = `exec "${process.execPath}" "${entry}" ${words} > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      1,
      'thinnet: standard output: no space left on the device; make room, or choose another place\n',
    ]);
  });

  it.each([
    ['compare clouds.csv', 'compare takes no argument "clouds.csv"; for data give --data clouds.csv; see'],
    ['inspect a.onnx b.onnx', 'inspect takes no further argument "b.onnx"; see'],
    ['cards list all', 'list takes no argument "all"; see'],
    ['lab 80', 'lab takes no argument "80"; see'],
    ['mask a --kind dropout --rate 0.5 --shape 4', 'mask takes no argument "a"; options begin'],
    ['compare --out=', '--out takes a value, not an empty one'],
    ['compare --data clouds.csv', 'clouds.csv: which column is to be learned?'],
    ['compare --data mnist --label q', '--data mnist: --label is for CSV files only'],
    ['compare --data nope', '--data nope: no such file or folder'],
    ['compare --data clouds.csv --label colour --subset 7000', 'clouds.csv train: subset of 7000 examples'],
    ['compare --data clouds.csv --label colour --model cnn', 'clouds.csv train: its examples have shape [4]'],
    ['compare --seed-from 9007199254740992', '--seed-from takes a whole number from 0 to 2^53 − 1'],
    ['compare --out full', 'full holds other files, and no run;'],
    ['compare --out clouds.csv', 'clouds.csv is no folder;'],
  ])('takes %j for a mistake in the command line', async (words, message) => {
    const cwd = workplace();
    mkdirSync(join(cwd, 'full'));
    writeFileSync(join(cwd, 'full', 'holiday.jpg'), '');
    const { status, stdout, stderr } = await runCommand(words.split(' '), cwd);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(`thinnet: ${message}`)).toBe(true);
    expect(stderr.match(/\n/g)).toHaveLength(1);
    expect(existsSync(join(cwd, 'runs'))).toBe(false);
  });

  it.each([
    ['inspect folder', 'folder: it is a folder;'],
    ['cards study --import folder', 'folder: it is a folder;'],
    ['cards study --progress folder --export q.json', 'folder: it is a folder;'],
    [
      'mask --kind dropout --rate 0.5 --shape 4,4 --out none/x.png',
      'none/x.png: there is no folder none; make it first',
    ],
  ])('says of %j which path is wrong', async (words, message) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'folder'));
    const { status, stderr } = await runCommand(words.split(' '), cwd, { XDG_DATA_HOME: cwd });
    expect(status).toBe(1);
    expect(stderr.startsWith(`thinnet: ${message}`)).toBe(true);
  });

  it('helps by the word help too', async () => {
    const cwd = temporaryFolder();
    const [word, option] = await Promise.all([
      runCommand(['help', 'cards', 'study'], cwd),
      runCommand(['cards', 'study', '--help'], cwd),
    ]);
    expect(word).toEqual(option);
    expect(word.stdout).toContain('Usage: thinnet cards study');
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

  it('finds the same with two runs at once as with one, bit for bit', async () => {
    const cwd = workplace();
    const words = small(5).filter((word, i, all) => word !== '--threads' && all[i - 1] !== '--threads');
    const alone = await runCommand([...words, '--at-once', '1', '--out', 'alone'], cwd);
    const beside = await runCommand([...words, '--at-once', '2', '--out', 'beside'], cwd);
    expect([alone.status, beside.status]).toEqual([0, 0]);
    expect(beside.stderr).toContain('2 runs at once, ');
    const lines = (folder: string) =>
      metricsOf(folder)
        .map((line) => JSON.stringify(line))
        .sort();
    expect(lines(join(cwd, 'beside'))).toEqual(lines(join(cwd, 'alone')));
    expect(summaryOf(join(cwd, 'beside'))).toEqual(summaryOf(join(cwd, 'alone')));
    for (const file of ['none/model.onnx', 'dropout-0.5/model.onnx', 'dropout-0.5/seed-2/test-logits.npy'])
      expect(readFileSync(join(cwd, 'beside', file))).toEqual(readFileSync(join(cwd, 'alone', file)));
  });

  it('stops two runs at once at Ctrl-C, each with its checkpoint, and goes on with both', async () => {
    const cwd = workplace();
    const words = [...small(300), '--at-once', '2'];
    const running = start([...words, '--out', 'run'], cwd);
    const checkpoints = ['none', 'dropout-0.5'].map((arm) =>
      join(cwd, 'run', arm, 'seed-1', 'checkpoint.safetensors'),
    );
    await running.until(() => checkpoints.every((path) => existsSync(path)));
    running.process.kill('SIGINT');
    expect((await running.ended).status).toBe(130);
    expect(checkpoints.every((path) => existsSync(path))).toBe(true);
    const lines = linesIn(join(cwd, 'run', 'metrics.jsonl'));
    const again = start(['compare', '--resume', '--out', 'run'], cwd);
    await again.until(() => linesIn(join(cwd, 'run', 'metrics.jsonl')) > lines + 1);
    again.process.kill('SIGINT');
    const { status, stderr } = await again.ended;
    expect(status).toBe(130);
    expect(stderr).toContain('2 runs at once, 1 thread each.');
  });

  it('stops at Ctrl-C with 130, keeps what it has, says how to go on, and goes on so', async () => {
    const cwd = workplace();
    const running = start([...small(400), '--out', 'run'], cwd);
    await running.until(() => linesIn(join(cwd, 'run', 'metrics.jsonl')) >= 3);
    running.process.kill('SIGINT');
    const { status, stderr } = await running.ended;
    expect(status).toBe(130);
    expect(stderr).toMatch(
      /Stopped; what was computed is kept\. To go on: (npx )?thinnet compare --resume --out run\n$/,
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
    [['--resume', '--out', 'nowhere'], 'there is no nowhere/config.json; to start a run leave out --resume'],
    [['--out', '.'], '. holds other files, and no run'],
  ])('answers the wrong %j with one line and status 2', async (words, message) => {
    const { status, stdout, stderr } = await runCommand(['compare', ...words], workplace());
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^thinnet: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it.each([
    [['--data', 'nowhere.csv', '--label', 'x'], 'nowhere.csv', 2],
    [['--data', 'clouds.csv', '--label', 'color'], 'color', 2],
    [['--data', 'clouds.csv', '--label', 'a'], 'column "colour" is "red"', 1],
    [['--data', 'clouds.csv', '--label', 'colour', '--test', 'nowhere.csv'], 'nowhere.csv', 2],
  ])(
    'answers data that it cannot use, %j, with one line that has %j and status %i',
    async (words, message, code) => {
      const { status, stderr } = await runCommand(['compare', '--quiet', ...words], workplace());
      expect(status).toBe(code);
      expect(stderr).toMatch(/^thinnet: [^\n]+\n$/);
      expect(stderr).toContain(message);
    },
  );

  it('says in one line when the folder cannot be written', async () => {
    const cwd = workplace();
    writeFileSync(join(cwd, 'file'), '');
    const out = async (folder: string) => {
      const { status, stderr } = await runCommand([...small(1), '--out', folder], cwd);
      return [status, stderr];
    };
    expect(await out('file/run')).toEqual([
      1,
      'thinnet: file/run: a part of the path is not a folder; check the path\n',
    ]);
    expect(await out('file')).toEqual([2, expect.stringMatching(/^thinnet: file is no folder; [^\n]+\n$/)]);
    if (existsSync('/proc/self'))
      expect(await out('/proc/run')).toEqual([1, expect.stringMatching(/^thinnet: \/proc\/run: [^\n]+\n$/)]);
    mkdirSync(join(cwd, 'locked'));
    chmodSync(join(cwd, 'locked'), 0o500);
    // Root may write anywhere.
    if (process.getuid?.() === 0) return;
    expect(await out('locked/run')).toEqual([
      1,
      expect.stringMatching(/^thinnet: locked\/run: permission denied; [^\n]+\n$/),
    ]);
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
