import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingPlan } from 'thinnet';
import { beforeEach, describe, expect, it } from 'vitest';
import { invocation } from '../options/invocation.js';
import { compareWith } from '../testing/environment.js';
import { fakeImages, fakeSplit } from '../testing/fake-trainer.js';
import { temporaryFolder } from '../testing/temporary.js';
import { UsageError } from '../usage-error.js';

let out = '';
beforeEach(() => {
  out = join(temporaryFolder(), 'run');
});

const options = () => [
  '--data',
  'fake.csv',
  '--epochs',
  '4',
  '--seeds',
  '2',
  '--batch',
  '8',
  '--hidden',
  '3',
  '--out',
  out,
];
const read = (name: string, folder = out) => readFileSync(join(folder, name), 'utf8');
const metrics = (folder = out) =>
  read('metrics.jsonl', folder)
    .split('\n')
    .slice(0, -1)
    .sort()
    .map((line) => JSON.parse(line));
const files = (folder = out) => readdirSync(folder, { recursive: true }).map(String).sort();

/** What an undisturbed run leaves. */
async function undisturbed(): Promise<{ metrics: unknown[]; summary: string; files: string[] }> {
  const folder = join(temporaryFolder(), 'undisturbed');
  await compareWith([...options(), '--out', folder]);
  return { metrics: metrics(folder), summary: read('summary.json', folder), files: files(folder) };
}

class Crash extends Error {}

describe('compare', () => {
  it('leaves a folder with all that was found, and no checkpoints', async () => {
    const { exitCode, stdout } = await compareWith(options());
    expect(exitCode).toBe(0);
    expect(files()).toEqual([
      'config.json',
      'dropout-0.5',
      'dropout-0.5/model.onnx',
      'dropout-0.5/seed-1',
      'dropout-0.5/seed-1/result.json',
      'dropout-0.5/seed-1/test-logits.npy',
      'dropout-0.5/seed-2',
      'dropout-0.5/seed-2/result.json',
      'dropout-0.5/seed-2/test-logits.npy',
      'metrics.jsonl',
      'none',
      'none/model.onnx',
      'none/seed-1',
      'none/seed-1/result.json',
      'none/seed-1/test-logits.npy',
      'none/seed-2',
      'none/seed-2/result.json',
      'none/seed-2/test-logits.npy',
      'report.html',
      'summary.json',
    ]);
    expect(metrics()).toHaveLength(16);
    expect(stdout).toMatch(
      /^\narm +test error %.*\nnone .*\ndropout 0.5 .*\n\nDropout 0\.5 .*\nIntervals of two seeds .*\n\nReport: .*report\.html\n$/,
    );
  });

  it('writes a config.json that says everything, the versions and the digest of the data', async () => {
    await compareWith([...options(), '--arm', 'none,optimizer=adamw']);
    const config = JSON.parse(read('config.json'));
    expect(config.versions).toMatchObject({
      thinnet: '0.1.0',
      'onnxruntime-node': expect.stringMatching(/^1\./),
    });
    expect(config.data).toMatchObject({
      name: 'fake',
      train: 20,
      test: 40,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(config.settings).toMatchObject({ epochs: 4, lr: 0.02, momentum: 0.9, inputRate: 0.2 });
    expect(config.arms).toMatchObject([
      { label: 'none, optimizer adamw', training: { lr: 0.001, weightDecay: 0.01 } },
    ]);
    expect(config.command).toContain('--epochs 4');
  });

  it('prints the summary as JSON where asked, and nothing else on standard output', async () => {
    const { stdout, stderr } = await compareWith([...options(), '--json', '--quiet']);
    expect(JSON.parse(stdout)).toMatchObject({
      seeds: [1, 2],
      arms: [{ label: 'none' }, { label: 'dropout 0.5' }],
    });
    expect(stdout).toBe(read('summary.json'));
    expect(stderr).toBe('');
  });

  it('refuses a folder that is taken', async () => {
    await compareWith(options());
    await expect(compareWith(options())).rejects.toThrow(
      `${out} is taken; go on with the run in it by --resume`,
    );
  });

  it.each(['before', 'after'] as const)(
    'killed %s any checkpoint and resumed ends with the metrics of a run that was never interrupted',
    async (moment) => {
      const whole = await undisturbed();
      // Without any checkpoint there is nothing to go on with.
      for (let survived = moment === 'before' ? 1 : 0; survived < 16; survived += 3) {
        out = join(temporaryFolder(), 'run');
        let epochs = 0;
        const crash = () => {
          if (epochs++ >= survived) throw new Crash();
        };
        const hooks = moment === 'before' ? { beforeEpoch: crash } : { afterCheckpoint: crash };
        await expect(compareWith(options(), hooks)).rejects.toThrow(Crash);
        // What a killed process leaves beyond that: its lock, torn files.
        writeFileSync(join(out, 'run.lock'), '999999999\n');
        writeFileSync(join(out, 'config.json.999999999-0123abcd.tmp'), '{"for');
        writeFileSync(join(out, 'metrics.jsonl'), '{"arm":"no', { flag: 'a' });
        const { exitCode } = await compareWith(['--resume', '--out', out]);
        expect(exitCode).toBe(0);
        expect(metrics()).toEqual(whole.metrics);
        expect(read('summary.json')).toBe(whole.summary);
        expect(files()).toEqual(whole.files);
      }
    },
  );

  it('stopped by Ctrl-C says how to go on, gives 130, and is resumed by that', async () => {
    const whole = await undisturbed();
    let epochs = 0;
    const { exitCode, stderr } = await compareWith(options(), {
      beforeEpoch: () => {
        if (++epochs === 6) process.emit('SIGINT', 'SIGINT');
      },
    });
    expect(exitCode).toBe(130);
    expect(stderr).toContain(`To go on: ${invocation()} --resume --out ${out}`);
    expect(existsSync(join(out, 'run.lock'))).toBe(false);
    expect(metrics()).toHaveLength(5);
    expect((await compareWith(['--resume', '--out', out, '--epochs', '4'])).exitCode).toBe(0);
    expect(metrics()).toEqual(whole.metrics);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it('does not run again what is done', async () => {
    await compareWith(options());
    const before = read('summary.json');
    const trained: number[] = [];
    const { exitCode } = await compareWith(['--resume', '--out', out], {
      beforeEpoch: (_, epoch) => void trained.push(epoch),
    });
    expect(exitCode).toBe(0);
    expect(trained).toEqual([]);
    expect(read('summary.json')).toBe(before);
  });

  it.each([
    ['checkpoint.safetensors', 'delete the file to start this seed again'],
    ['result.json', 'delete it to run that seed again'],
  ])('names a damaged %s and what to do about it, and doing that helps', async (name, remedy) => {
    let epochs = 0;
    const crash = () => {
      if (epochs++ >= 10) throw new Crash();
    };
    await expect(compareWith(options(), { beforeEpoch: crash })).rejects.toThrow(Crash);
    const damaged = files().find((file) => file.endsWith(name)) as string;
    writeFileSync(join(out, damaged), '{"torn');
    const resume = () => compareWith(['--resume', '--out', out]);
    await expect(resume()).rejects.toMatchObject({
      name: 'ThinnetError',
      message: expect.stringContaining(remedy),
    });
    await expect(resume()).rejects.toThrow(join(out, damaged));
    writeFileSync(join(out, damaged), '');
    await expect(resume()).rejects.toThrow(remedy);
    rmSync(join(out, damaged));
    await resume();
    expect(metrics()).toEqual((await undisturbed()).metrics);
  });

  it('goes on only with the settings and the data that it began with', async () => {
    await compareWith(options());
    await expect(compareWith(['--resume', '--out', out, '--lr', '0.1'])).rejects.toThrow(
      `--lr is 0.1, but the run to resume has 0.02 (${join(out, 'config.json')})`,
    );
    await expect(compareWith(['--resume', '--out', out], { split: fakeSplit(20, 41) })).rejects.toThrow(
      'fake.csv has changed since the run began',
    );
    await expect(compareWith(['--resume', '--out', `${out}-2`])).rejects.toThrow(
      `there is no ${join(`${out}-2`, 'config.json')}; to start a run leave out --resume`,
    );
  });

  it('that fails before anything was computed leaves no folder', async () => {
    const crash = () => {
      throw new Crash();
    };
    await expect(compareWith(options(), { beforeEpoch: crash })).rejects.toThrow(Crash);
    expect(existsSync(out)).toBe(false);
    await expect(compareWith([...options(), '--subset', '99'])).rejects.toThrow(UsageError);
    expect(existsSync(out)).toBe(false);
  });

  it('says the rate of the input, and the columns that tell nothing', async () => {
    const { train, test } = fakeSplit();
    const columns =
      train.shape.length === 1 ? Array.from({ length: train.shape[0] as number }, (_, i) => `c${i}`) : [];
    const width = columns.length;
    const features = train.features.map((value, i) => (i % width === 1 ? 7 : value));
    const split = { train: { ...train, columns, features }, test };
    const { stderr } = await compareWith([...options(), '--arm', 'none', '--arm', 'dropout=0'], { split });
    expect(stderr).toContain('\nDropout of the input (--input-rate): 0.2 in dropout 0.\n');
    expect(stderr.match(/column c1: the same value in all training examples.*\(--ignore c1\)/g)).toHaveLength(
      1,
    );
    expect((await compareWith([...options(), '--out', `${out}2`])).stderr).not.toContain('the same value');
  });

  it('refuses data without classes', async () => {
    const { train, test } = fakeSplit();
    const regression = { ...train, classes: 0, labels: new Float32Array(20) };
    await expect(compareWith(options(), { split: { train: regression, test } })).rejects.toThrow(
      'its labels are numbers, not classes',
    );
  });

  it('refuses data that are no images to a model of images', async () => {
    await expect(compareWith(options(), { split: fakeSplit() })).resolves.toMatchObject({ exitCode: 0 });
    const ofImages = ['--model', 'cnn', '--out', `${out}-2`];
    await expect(compareWith(ofImages, { split: fakeSplit() })).rejects.toThrow(
      'its examples have shape [2], but the model cnn takes images, [height, width] or [channels, height, width]; use --model mlp',
    );
    await expect(compareWith(ofImages, { split: fakeImages([8, 8, 3]) })).rejects.toThrow(
      'seem to have their channels last',
    );
    expect(existsSync(`${out}-2`)).toBe(false);
  });

  it('of the model cnn keeps it in the folder, goes on with it, and shows it in the report', async () => {
    const split = fakeImages([8, 8]);
    const words = [
      ...'--model cnn --epochs 2 --seeds 1 --subset all --arm none'.split(' '),
      '--arm',
      'dropblock=0.1,dropout=0.5',
    ];
    let epochs = 0;
    const beforeEpoch = () => {
      if (epochs++ === 3) throw new Crash();
    };
    await expect(compareWith([...words, '--out', out], { split, beforeEpoch })).rejects.toThrow(Crash);
    const sites: (readonly string[])[] = [];
    const seen = {
      split,
      beforeEpoch: ({ network }: TrainingPlan) => void sites.push(network.sites.map(({ name }) => name)),
    };
    const { exitCode } = await compareWith(['--resume', '--out', out], seen);
    expect(exitCode).toBe(0);
    expect(sites).toEqual([['conv1.dropout', 'conv2.dropout', 'dense1.dropout']]);
    const config = JSON.parse(read('config.json'));
    expect(config.settings).toMatchObject({ model: 'cnn', blockSize: 5 });
    expect(config.arms[1].drops).toEqual([
      { kind: 'dropblock', rate: 0.1 },
      { kind: 'dropout', rate: 0.5 },
    ]);
    expect(read('report.html')).toMatch(
      /cnn: conv 5×5×32, max-pool 2, conv 5×5×64, max-pool 2, dense 1024; relu/,
    );
    expect(read('report.html')).toContain('Block size');
    expect(read('report.html')).not.toContain('Input dropout');
  });

  it('goes on with a run of a version that knew no models', async () => {
    let epochs = 0;
    const beforeEpoch = () => {
      if (epochs++ === 6) throw new Crash();
    };
    await expect(compareWith(options(), { beforeEpoch })).rejects.toThrow(Crash);
    const config = JSON.parse(read('config.json'));
    for (const key of ['model', 'blockSize', 'ignore', 'atOnce']) delete config.settings[key];
    for (const arm of config.arms) {
      arm.kind = arm.drops[0]?.kind ?? 'none';
      delete arm.drops;
    }
    writeFileSync(join(out, 'config.json'), JSON.stringify(config));
    expect((await compareWith(['--resume', '--out', out])).exitCode).toBe(0);
    expect(metrics()).toEqual((await undisturbed()).metrics);
  });

  it('gives all arms of a seed the same examples, and sets validation examples apart', async () => {
    const seen = new Map<string, string>();
    await compareWith([...options(), '--subset', '12', '--validation', '0.25'], {
      beforeEpoch: ({ seed, network }) => {
        const standardisation = network.graph.initializers.filter(({ name }) => /mean|std/.test(name));
        const key = JSON.stringify(standardisation.map(({ data }) => [...(data as Float32Array)]));
        seen.set(`${seed}`, seen.get(`${seed}`) ?? key);
        expect(key).toBe(seen.get(`${seed}`));
      },
    });
    expect(seen.size).toBe(2);
    expect(seen.get('1')).not.toBe(seen.get('2'));
  });
});
