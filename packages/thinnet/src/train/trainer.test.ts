/** @file The training loop: resuming, aborting, early stopping, checkpoints. */
import { describe, expect, it } from 'vitest';
import { nodeRuntime } from '../runtime/node/ort.js';
import { smallData, smallPlan } from '../testing/network.js';
import { localEngine } from './local-engine.js';
import type { TrainingPlan } from './plan.js';
import { constant } from './schedule.js';
import { trainerOver } from './trainer.js';
import type { CheckpointStore, Epoch, FitOptions, Trainer } from './trainer-types.js';

async function withTrainer<T>(plan: TrainingPlan, use: (trainer: Trainer) => Promise<T>): Promise<T> {
  const data = smallData();
  const trainer = trainerOver(await localEngine(plan, data, nodeRuntime), plan, data);
  try {
    return await use(trainer);
  } finally {
    await trainer.close();
  }
}

async function fit(trainer: Trainer, options: FitOptions): Promise<Epoch[]> {
  const epochs: Epoch[] = [];
  for await (const epoch of trainer.fit(options)) epochs.push(epoch);
  return epochs;
}

function memoryStore(): CheckpointStore & { bytes: Uint8Array | undefined } {
  return {
    bytes: undefined,
    read() {
      return Promise.resolve(this.bytes);
    },
    write(bytes) {
      this.bytes = bytes;
      return Promise.resolve();
    },
  };
}

const numbers = ({ epoch, step, thinnedLoss, train, test }: Epoch) => ({
  epoch,
  step,
  thinnedLoss,
  train,
  test,
});

describe('trainer', () => {
  it('resumes to bit for bit the run that was never interrupted', async () => {
    const whole = await withTrainer(smallPlan(), async (trainer) => ({
      epochs: (await fit(trainer, { epochs: 5 })).map(numbers),
      parameters: await trainer.parameters(),
    }));
    const checkpoints = memoryStore();
    await withTrainer(smallPlan(), (trainer) => fit(trainer, { epochs: 2, checkpoints }));
    const resumed = await withTrainer(smallPlan(), async (trainer) => {
      await fit(trainer, { epochs: 5, checkpoints, resume: true });
      return { epochs: trainer.history.map(numbers), parameters: await trainer.parameters() };
    });
    expect(resumed).toEqual(whole);
  });

  it('stops within the epoch when aborted, and can go on from before it', async () => {
    const whole = await withTrainer(smallPlan(), async (trainer) => {
      await fit(trainer, { epochs: 3 });
      return trainer.parameters();
    });
    const abort = new AbortController();
    await withTrainer(smallPlan(), async (trainer) => {
      const onProgress = ({ epoch, step }: { epoch: number; step: number }) => {
        if (epoch === 2 && step > 8) abort.abort(new Error('enough'));
      };
      await expect(fit(trainer, { epochs: 3, signal: abort.signal, onProgress })).rejects.toThrow('enough');
      expect(trainer.history).toHaveLength(1);
      await fit(trainer, { epochs: 3 });
      expect(await trainer.parameters()).toEqual(whole);
    });
  });

  it('reports progress after every run of steps', async () => {
    const steps: number[] = [];
    await withTrainer(smallPlan(), (trainer) =>
      fit(trainer, { epochs: 2, onProgress: ({ step }) => steps.push(step) }),
    );
    expect(steps).toEqual([4, 8, 12, 16]);
  });

  it('names the step at which the loss stops being finite, and leaves the last checkpoint', async () => {
    const checkpoints = memoryStore();
    await withTrainer(
      smallPlan({ schedule: { kind: 'step', lr: 0.1, every: 10, factor: 1e30 } }),
      async (trainer) => {
        await expect(fit(trainer, { epochs: 3, checkpoints })).rejects.toThrow(
          /^the loss is (NaN|Infinity) at step 1[2-4] \(epoch 2\)/,
        );
      },
    );
    await withTrainer(
      smallPlan({ schedule: { kind: 'step', lr: 0.1, every: 10, factor: 1e30 } }),
      async (trainer) => {
        await expect(fit(trainer, { epochs: 1, checkpoints, resume: true })).resolves.toEqual([]);
        expect(trainer.history).toHaveLength(1);
      },
    );
  });

  it('stops early and returns to the parameters of the best epoch', async () => {
    await withTrainer(smallPlan({ schedule: constant(0.5) }), async (trainer) => {
      const epochs = await fit(trainer, { epochs: 200, earlyStopping: { patience: 3 } });
      const losses = epochs.map(({ validation }) => validation?.loss as number);
      const best = losses.indexOf(Math.min(...losses));
      expect(epochs.length).toBe(best + 1 + 3);
      const kept = await trainer.parameters();
      const again = await withTrainer(smallPlan({ schedule: constant(0.5) }), async (other) => {
        await fit(other, { epochs: best + 1 });
        return other.parameters();
      });
      expect(kept).toEqual(again);
    });
  });

  it('refuses a checkpoint of another run and names what differs', async () => {
    const checkpoints = memoryStore();
    await withTrainer(smallPlan(), (trainer) => fit(trainer, { epochs: 1, checkpoints }));
    await withTrainer(smallPlan({ batchSize: 16 }), async (trainer) => {
      await expect(fit(trainer, { epochs: 2, checkpoints, resume: true })).rejects.toThrow(
        'the checkpoint belongs to another run: it differs in batch size (8 there, 16 now)',
      );
    });
  });

  it('refuses a checkpoint of which one byte was altered, or that was cut short', async () => {
    const checkpoints = memoryStore();
    await withTrainer(smallPlan(), (trainer) => fit(trainer, { epochs: 1, checkpoints }));
    const good = checkpoints.bytes as Uint8Array;
    for (const at of [9, 200, good.length - 5]) {
      checkpoints.bytes = good.map((byte, i) => (i === at ? byte ^ 1 : byte));
      await withTrainer(smallPlan(), (trainer) =>
        expect(fit(trainer, { epochs: 2, checkpoints, resume: true })).rejects.toThrow(
          /corrupt|not a checkpoint/,
        ),
      );
    }
    for (const length of [0, 7, 100, good.length - 1]) {
      checkpoints.bytes = good.slice(0, length);
      await withTrainer(smallPlan(), (trainer) =>
        expect(fit(trainer, { epochs: 2, checkpoints, resume: true })).rejects.toThrow('corrupt'),
      );
    }
  });

  it.each([
    [{ epochs: 0 }, 'epochs is 0'],
    [{ epochs: 1, resume: true }, 'resume needs `checkpoints`'],
    [{ epochs: 1, earlyStopping: { patience: 0 } }, 'patience is 0'],
  ])('refuses %o', async (options, message) => {
    await withTrainer(smallPlan(), (trainer) => expect(fit(trainer, options)).rejects.toThrow(message));
  });
});
