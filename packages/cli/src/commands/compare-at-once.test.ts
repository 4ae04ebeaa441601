/** @file `thinnet compare` with runs side by side. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingPlan } from 'thinnet';
import { ThinnetError } from 'thinnet';
import { beforeEach, describe, expect, it } from 'vitest';
import { invocation } from '../options/invocation.js';
import { compareWith } from '../testing/environment.js';
import { temporaryFolder } from '../testing/temporary.js';

let out = '';
beforeEach(() => {
  out = join(temporaryFolder(), 'run');
});

const options = (...more: readonly string[]) => [
  ...'--data fake.csv --epochs 4 --seeds 3 --batch 8 --hidden 3'.split(' '),
  ...more,
];
const read = (name: string, folder = out) => readFileSync(join(folder, name), 'utf8');
const files = (folder = out) => readdirSync(folder, { recursive: true }).map(String).sort();
const metrics = (folder = out) => read('metrics.jsonl', folder).split('\n').slice(0, -1).sort();

/** Without what says how many runs went on at once, and the command that says so too. */
const summary = (folder = out) => {
  const { atOnce: _, command: __, ...rest } = JSON.parse(read('summary.json', folder));
  return rest;
};

const nameOf = ({ seed, network }: TrainingPlan) =>
  `${network.sites.length === 0 ? 'none' : 'dropout'} ${seed}`;
const checkpoints = () => files().filter((name) => name.endsWith('checkpoint.safetensors'));
const firstThree = ['dropout-0.5/seed-1', 'none/seed-1', 'none/seed-2'].map(
  (folder) => `${folder}/checkpoint.safetensors`,
);

/** Lets who comes wait until so many have come; true for the last. */
function meetingOf(count: number): () => Promise<boolean> {
  let come = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    const isLast = ++come === count;
    if (isLast) open();
    await all;
    return isLast;
  };
}

async function oneAtATime(...more: readonly string[]): Promise<string> {
  const folder = join(temporaryFolder(), 'alone');
  await compareWith(options(...more, '--at-once', '1', '--out', folder));
  return folder;
}

describe('compare with several runs at once', () => {
  it.each([2, 3, 4])('finds, and keeps, what it finds one at a time: %i', async (atOnce) => {
    const alone = await oneAtATime();
    const { exitCode, stdout, stderr } = await compareWith(
      options('--at-once', String(atOnce), '--out', out),
    );
    expect(exitCode).toBe(0);
    expect(metrics()).toEqual(metrics(alone));
    expect(files()).toEqual(files(alone));
    expect(summary()).toEqual(summary(alone));
    expect(stderr).toContain(`\n${atOnce} runs at once, 1 thread each.\n`);
    const note = `Up to ${atOnce} runs went on at once: examples/s are those of a run beside the others.`;
    expect(stdout).toContain(`\n\n${note}\n\nDropout 0.5 `);
    expect(read('report.html')).toContain(note);
    expect(JSON.parse(read('summary.json')).atOnce).toBe(atOnce);
    expect(JSON.parse(read('config.json')).command).toContain(`--at-once ${atOnce}`);
  });

  it('has them begin seed by seed and arm by arm, so many at once', async () => {
    const atWork = new Set<string>();
    const begun: string[] = [];
    let most = 0;
    await compareWith(options('--at-once', '3', '--out', out), {
      onCreate(plan) {
        expect(plan.threads).toBe(1);
        begun.push(nameOf(plan));
        atWork.add(nameOf(plan));
        most = Math.max(most, atWork.size);
      },
      afterCheckpoint(plan, epoch) {
        if (epoch === 4) atWork.delete(nameOf(plan));
      },
    });
    expect(begun).toEqual(['none 1', 'dropout 1', 'none 2', 'dropout 2', 'none 3', 'dropout 3']);
    expect(most).toBe(3);
  });

  it.each([
    [[], 4, 4, 1],
    [['--at-once', 'auto'], 2, 2, 1],
    [['--threads', '2'], 4, 1, 2],
    [['--threads', '2', '--at-once', '2'], 4, 2, 2],
    [['--seeds', '1'], 8, 2, 4],
  ])(
    'given %j has on %i processors %i at once, of %i threads',
    async (words, processors, atOnce, threads) => {
      const seen = new Set<number | undefined>();
      const { stderr } = await compareWith(options(...words, '--out', out), {
        processors,
        beforeEpoch: (plan) => void seen.add(plan.threads),
      });
      expect([...seen]).toEqual([threads]);
      expect(stderr.includes(' at once')).toBe(atOnce > 1);
      if (atOnce > 1) expect(stderr).toContain(`${atOnce} runs at once`);
      // That a command repeats the run on another machine, it says no more than was said to it.
      expect(read('config.json').includes('--at-once')).toBe(words.includes('--at-once'));
    },
  );

  it('stopped by Ctrl-C keeps the checkpoint of each run under way, and goes on with all of them', async () => {
    const alone = await oneAtATime();
    const meeting = meetingOf(3);
    const { exitCode, stderr } = await compareWith(options('--at-once', '3', '--out', out), {
      async beforeEpoch(_, epoch) {
        if (epoch === 3 && (await meeting())) process.emit('SIGINT', 'SIGINT');
      },
    });
    expect(exitCode).toBe(130);
    expect(stderr).toContain(`To go on: ${invocation()} --resume --out ${out}`);
    expect(checkpoints()).toEqual(firstThree);
    expect(metrics()).toHaveLength(6);
    expect(existsSync(join(out, 'run.lock'))).toBe(false);
    const again: number[] = [];
    const resumed = await compareWith(['--resume', '--out', out], {
      beforeEpoch: (_, epoch) => void again.push(epoch),
    });
    expect(resumed.exitCode).toBe(0);
    expect(again).toHaveLength(18);
    expect(metrics()).toEqual(metrics(alone));
    expect(summary()).toEqual(summary(alone));
  });

  it('killed at any moment and resumed, with another number at once, ends as if nothing had been', async () => {
    const alone = await oneAtATime();
    for (const survived of [0, 5, 11, 20]) {
      out = join(temporaryFolder(), 'run');
      let epochs = 0;
      const crash = () => {
        if (epochs++ >= survived) throw new Error('killed');
      };
      await expect(
        compareWith(options('--out', out), { processors: 3, afterCheckpoint: crash }),
      ).rejects.toThrow('killed');
      writeFileSync(join(out, 'run.lock'), '999999999\n');
      expect((await compareWith(['--resume', '--out', out], { processors: 2 })).exitCode).toBe(0);
      expect(metrics()).toEqual(metrics(alone));
      expect(summary()).toEqual(summary(alone));
      expect(files()).toEqual(files(alone));
    }
  });

  it('of which one fails shows its error, once the others have stopped with their checkpoints', async () => {
    const meeting = meetingOf(3);
    const created: string[] = [];
    await expect(
      compareWith(options('--at-once', '3', '--out', out), {
        onCreate: (plan) => void created.push(nameOf(plan)),
        async beforeEpoch(plan, epoch) {
          if (epoch !== 3) return;
          await meeting();
          if (nameOf(plan) === 'dropout 1') throw new ThinnetError('the loss is NaN');
          // The others are in the midst of their epoch when it fails.
          await new Promise(setImmediate);
        },
      }),
    ).rejects.toThrow('dropout 0.5, seed 1: the loss is NaN');
    expect(created).toEqual(['none 1', 'dropout 1', 'none 2']);
    expect(checkpoints()).toEqual(firstThree);
    expect(metrics()).toHaveLength(6);
    expect(existsSync(join(out, 'run.lock'))).toBe(false);
    expect((await compareWith(['--resume', '--out', out])).exitCode).toBe(0);
    expect(metrics()).toEqual(metrics(await oneAtATime()));
  });

  it('goes on only with the number that was asked for, of which a run may have asked for none', async () => {
    await compareWith(options('--at-once', '2', '--out', out));
    await expect(compareWith(['--resume', '--out', out, '--at-once', '3'])).rejects.toThrow(
      '--at-once is 3, but the run to resume has 2',
    );
  });
});
