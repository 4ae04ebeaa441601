/** @file A trainer is in one fit at a time, and answers meanwhile. */
import { describe, expect, it } from 'vitest';
import { nodeRuntime } from '../runtime/node/ort.js';
import { smallData, smallPlan } from '../testing/network.js';
import { epochsOf as fit, numbersOf as numbers, withTrainer } from '../testing/trainer.js';
import { monteCarlo } from '../uncertainty/compiled.js';

describe('a fit', () => {
  it('refuses a second fit while one runs, whose epochs and weights stay what they are', async () => {
    const alone = await withTrainer(smallPlan(), async (trainer) => ({
      epochs: (await fit(trainer, { epochs: 3 })).map(numbers),
      parameters: await trainer.parameters(),
    }));
    await withTrainer(smallPlan(), async (trainer) => {
      const [first, second] = await Promise.allSettled([
        fit(trainer, { epochs: 3 }),
        fit(trainer, { epochs: 3 }),
      ]);
      expect(second).toMatchObject({
        status: 'rejected',
        reason: {
          name: 'ThinnetError',
          message: expect.stringMatching(/^fit: this trainer is in a fit already/),
        },
      });
      expect(first).toMatchObject({ status: 'fulfilled' });
      expect(trainer.history.map(numbers)).toEqual(alone.epochs);
      expect(await trainer.parameters()).toEqual(alone.parameters);
    });
  });

  it('refuses a second fit inside the loop of the first, and takes one when the loop is left', async () => {
    await withTrainer(smallPlan(), async (trainer) => {
      for await (const { epoch } of trainer.fit({ epochs: 9 })) {
        await expect(fit(trainer, { epochs: 9 })).rejects.toThrow('fit already');
        if (epoch === 2) break;
      }
      await expect(fit(trainer, { epochs: 3 })).resolves.toHaveLength(1);

      const leaving = async () => {
        for await (const _ of trainer.fit({ epochs: 9 })) throw new Error('of the loop');
      };
      await expect(leaving()).rejects.toThrow('of the loop');
      const iterator = trainer.fit({ epochs: 9 });
      await iterator.next();
      await iterator.return();
      await expect(fit(trainer, { epochs: 0 })).rejects.toThrow('epochs is 0');
      await expect(fit(trainer, { epochs: 6 })).resolves.toHaveLength(1);
      // An iterator that was never asked has not begun.
      trainer.fit({ epochs: 9 });
      await expect(fit(trainer, { epochs: 7 })).resolves.toHaveLength(1);
    });
  });

  it('answers what is asked while it fits, and fits as if nothing had been asked', async () => {
    const alone = await withTrainer(smallPlan(), async (trainer) => {
      await fit(trainer, { epochs: 3 });
      return trainer.parameters();
    });
    await withTrainer(smallPlan(), async (trainer) => {
      const asked: Promise<void>[] = [];
      const ask = async () => {
        const [parameters, outputs, passes, file] = await Promise.all([
          trainer.parameters(),
          trainer.predict('test'),
          trainer.thinned('test', { seed: 5, count: 2 }),
          trainer.export(),
        ]);
        // All of one moment: the same parameters give the same outputs.
        const mean = await monteCarlo(smallPlan().network, parameters, nodeRuntime, { seed: 5, draws: 2 });
        const again = await mean.regress(smallData().test.features, { keepDraws: true });
        await mean.release();
        expect(Array.from(again.meanNetwork)).toEqual(Array.from(outputs));
        expect(again.samples).toEqual(passes);
        expect(file.length).toBeGreaterThan(0);
      };
      await fit(trainer, { epochs: 3, onProgress: () => asked.push(ask()) });
      await Promise.all(asked);
      expect(asked.length).toBe(6);
      expect(await trainer.parameters()).toEqual(alone);
    });
  });
});
