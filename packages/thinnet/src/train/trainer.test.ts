/** @file The training loop: resuming, aborting, early stopping, checkpoints. */
import { describe, expect, it, vi } from 'vitest';
import type { Dataset, FeatureArray } from '../data/dataset.js';
import { smallData, smallPlan } from '../testing/network.js';
import { epochsOf as fit, numbersOf as numbers, withTrainer } from '../testing/trainer.js';
import { constant } from './schedule.js';
import type { CheckpointStore, TrainingData } from './trainer-types.js';

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

/** Two features of the last example in each other's place. */
function lastSwapped(features: FeatureArray): FeatureArray {
  const swapped = features.slice();
  const [a, b] = swapped.subarray(-12) as unknown as [number, number];
  swapped.set([b, a], swapped.length - 12);
  return swapped;
}

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

  it.each<[string, keyof TrainingData, Partial<Dataset>, string]>([
    ['a feature', 'train', { features: lastSwapped(smallData().train.features) }, 'training set ("random-1"'],
    ['labels', 'train', { labels: smallData().train.labels.toReversed() }, 'training set ("random-1"'],
    ['labels', 'test', { labels: smallData().test.labels.toReversed() }, 'test set ("random-2"'],
    ['labels', 'validation', { labels: smallData().test.labels }, 'validation set ("random-3"'],
  ])('refuses a checkpoint of data with the same names and lengths and other %s (%s)', async (...row) => {
    const [, set, changes, named] = row;
    const checkpoints = memoryStore();
    await withTrainer(smallPlan(), (trainer) => fit(trainer, { epochs: 1, checkpoints }));
    const data = { ...smallData(), [set]: { ...smallData()[set], ...changes } };
    const resuming = withTrainer(
      smallPlan(),
      (trainer) => fit(trainer, { epochs: 2, checkpoints, resume: true }),
      data,
    );
    await expect(resuming).rejects.toThrow(`the checkpoint belongs to another run: it differs in ${named}`);
  });

  it('refuses a checkpoint of a network that began with one other weight', async () => {
    const checkpoints = memoryStore();
    await withTrainer(smallPlan(), (trainer) => fit(trainer, { epochs: 1, checkpoints }));
    const net = smallPlan().network;
    const initializers = net.graph.initializers.map((tensor) => {
      if (tensor.name !== 'dense1.weight') return tensor;
      return { ...tensor, data: (tensor.data as Float32Array).with(100, 0.5) };
    });
    const other = { ...net, graph: { ...net.graph, initializers } };
    await withTrainer(smallPlan({ network: other }), (trainer) =>
      expect(fit(trainer, { epochs: 2, checkpoints, resume: true })).rejects.toThrow(
        'the checkpoint belongs to another run: it differs in network',
      ),
    );
  });

  it('says before training why a page without https cannot keep checkpoints', async () => {
    vi.stubGlobal('crypto', {});
    try {
      await withTrainer(smallPlan(), async (trainer) => {
        await expect(fit(trainer, { epochs: 1, checkpoints: memoryStore() })).rejects.toThrow(
          /^checkpoints need SHA-256, .* https, or on localhost/,
        );
        expect(trainer.history).toEqual([]);
        await expect(fit(trainer, { epochs: 1 })).resolves.toHaveLength(1);
      });
    } finally {
      vi.unstubAllGlobals();
    }
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

  it('says of a network whose outputs are not finite after an epoch that it has diverged', async () => {
    // One step an epoch, whose loss is that of the initial weights.
    const plan = smallPlan({ schedule: constant(1e30), batchSize: 60 });
    await withTrainer(plan, async (trainer) => {
      await expect(fit(trainer, { epochs: 1 })).rejects.toThrow(
        /outputs of example \d+ are not finite .* lower learning rate/,
      );
      expect((await trainer.predict('test')).every(Number.isFinite)).toBe(true);
    });
  });

  it.each([
    [{ epochs: '3' as unknown as number }, 'epochs is "3", a string'],
    [{ epochs: 0 }, 'epochs is 0'],
    [{ epochs: 1, resume: true }, 'resume needs `checkpoints`'],
    [{ epochs: 1, earlyStopping: { patience: 0 } }, 'patience is 0'],
  ])('refuses %o', async (options, message) => {
    await withTrainer(smallPlan(), (trainer) => expect(fit(trainer, options)).rejects.toThrow(message));
  });
});
