/** @file Penalties join the loss that training follows; rates that change compile nothing anew. */
import { describe, expect, it } from 'vitest';
import { relu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { dense } from '../nn/dense.js';
import { alphaDropout } from '../nn/dropout/alpha.js';
import { concreteDropout } from '../nn/dropout/concrete.js';
import { dropout } from '../nn/dropout.js';
import type { Layer } from '../nn/scope.js';
import { curriculumRate, earlyRate, lateRate, linearRate } from '../noise/schedule.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import type { Runtime } from '../runtime/runtime.js';
import { smallData, smallPlan } from '../testing/network.js';
import { localEngine } from './local-engine.js';
import { sgd } from './optimizer.js';
import type { TrainingPlan } from './plan.js';

async function train(plan: TrainingPlan, epochs = 1, runtime: Runtime = nodeRuntime) {
  const engine = await localEngine(plan, smallData(), runtime);
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++)
    losses.push(...(await engine.train({ epoch, first: 0, count: 8 })));
  const state = await engine.state();
  await engine.close();
  return { losses, state };
}

const hidden = (...layers: Layer[]) => network({ input: [12], seed: 1 }, dense(16), relu(), ...layers);

describe('penalties', () => {
  const concrete = (penaltyScale: number) =>
    smallPlan({
      network: hidden(concreteDropout(0.1, { examples: 60, lengthScale: 2, penaltyScale }, dense(3))),
      optimizer: sgd(),
    });

  it('move the parameters, and are not in the loss that is reported', async () => {
    const [without, once] = [await train(concrete(0)), await train(concrete(1))];
    expect(once.losses[0]).toBe(without.losses[0]);
    expect(once.losses[1]).not.toBe(without.losses[1]);
    const logit = (run: typeof once) => run.state['concreteDropout1.logit']?.[0] as number;
    // 16 units of entropy against the loss of a few steps: the rate rises from 0.1.
    expect(logit(once)).toBeGreaterThan(logit(without));
  });

  it('count as much as their scale: the first step moves a rate by lr times its gradient', async () => {
    // Of one step, the change by the penalty is linear in its scale.
    const step = async (scale: number) => {
      const engine = await localEngine(concrete(scale), smallData(), nodeRuntime);
      await engine.train({ epoch: 0, first: 0, count: 1 });
      const state = await engine.state();
      await engine.close();
      return state['concreteDropout1.logit']?.[0] as number;
    };
    const [none, one, two] = [await step(0), await step(1), await step(2)];
    expect((two - none) / (one - none)).toBeCloseTo(2, 3);
  });
});

describe('a rate that changes over the steps', () => {
  it('is data: training compiles two programs whatever the schedule', async () => {
    let loads = 0;
    const counting: Runtime = {
      name: 'counting',
      load: (...model) => {
        loads++;
        return nodeRuntime.load(...model);
      },
    };
    for (const rate of [
      0.5,
      linearRate(0.5, 0.1, 10),
      earlyRate(0.5, 3),
      lateRate(0.5, 3),
      curriculumRate(0.5, 10),
    ])
      for (const layer of [dropout(rate), alphaDropout(rate)]) {
        loads = 0;
        await train(smallPlan({ network: hidden(layer, dense(3)) }), 2, counting);
        expect(loads).toBe(2);
      }
  });

  it('trains as the constant rate does while it has it, bit for bit', async () => {
    const run = (rate: Parameters<typeof dropout>[0]) =>
      train(smallPlan({ network: hidden(dropout(rate), dense(3)) }));
    const [whole, early, late] = [await run(0.5), await run(earlyRate(0.5, 5)), await run(lateRate(0.5, 5))];
    expect(early.losses.slice(0, 5)).toEqual(whole.losses.slice(0, 5));
    expect(early.losses.slice(5)).not.toEqual(whole.losses.slice(5));
    expect(await run(earlyRate(0.5, 8))).toEqual(whole);
    expect(await run(lateRate(0.5, 8))).toEqual(await run(linearRate(0, 0, 1)));
    expect(late.losses.slice(0, 5)).toEqual((await run(linearRate(0, 0, 1))).losses.slice(0, 5));
  });

  it('of 0 trains as a network without the layer', async () => {
    const plain = await train(smallPlan({ network: hidden(dense(3)) }));
    const zero = await train(smallPlan({ network: hidden(dropout(lateRate(0.5, 8)), dense(3)) }));
    for (const [i, loss] of plain.losses.entries()) expect(zero.losses[i]).toBeCloseTo(loss, 5);
  });
});
