/** @file Training in a worker thread gives what training here gives. */
import { describe, expect, it } from 'vitest';
import { smallData, smallPlan } from '../../testing/network.js';
import { localEngine } from '../../train/local-engine.js';
import { nodeRuntime } from './ort.js';
import { workerEngine } from './worker-engine.js';

describe('worker engine', () => {
  it('gives the same bits as the local engine', async () => {
    const results = [];
    for (const engine of [
      await workerEngine(smallPlan(), smallData()),
      await localEngine(smallPlan(), smallData(), nodeRuntime),
    ]) {
      const losses = await engine.train({ epoch: 0, first: 0, count: 8 });
      results.push({ losses, state: await engine.state(), outputs: await engine.predict('test') });
      await engine.close();
    }
    expect(results[0]).toEqual(results[1]);
  });

  it('passes a user’s error on as such, from opening on', async () => {
    await expect(workerEngine(smallPlan({ batchSize: -3 }), smallData())).rejects.toMatchObject({
      name: 'ThinnetError',
      message: 'batchSize is -3; it must be a whole number, at least 1',
    });
  });

  it('answers calls after closing with an error instead of waiting for ever', async () => {
    const engine = await workerEngine(smallPlan(), smallData());
    await engine.close();
    await expect(engine.state()).rejects.toThrow('the training worker ended');
  });
});
