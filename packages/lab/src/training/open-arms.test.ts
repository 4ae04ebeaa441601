import type { Program, Runtime } from 'thinnet';
import { nodeRuntime } from 'thinnet/node';
import { expect, it } from 'vitest';
import { readTable } from '../data/csv.js';
import { prepare } from '../experiment/plan.js';
import { type Arm, defaults, type Settings } from '../settings/settings.js';
import { openArms } from './open-arms.js';

const table = `x,y,cloud\n${Array.from({ length: 20 }, (_, i) => `${i},${(i * 7) % 5},${i % 2 ? 'a' : 'b'}`).join('\n')}`;
const common: Settings = { ...defaults, data: 'csv', images: 'all', hidden: [4], batch: 5 };
const split = readTable(new TextEncoder().encode(table), { name: 't.csv', label: 'cloud' });
const prepared = prepare(common, split);

/** ONNX Runtime in Node, and how many of its programs there are. */
function counted() {
  const live = new Set<Program>();
  let loaded = 0;
  const runtime: Runtime = {
    ...nodeRuntime,
    async load(model, options) {
      const program = await nodeRuntime.load(model, options);
      loaded++;
      live.add(program);
      return {
        inputs: program.inputs,
        outputs: program.outputs,
        run: (feeds) => program.run(feeds),
        async release() {
          live.delete(program);
          await program.release();
        },
      };
    },
  };
  return { runtime, live, loaded: () => loaded };
}

const optionsFor = (arms: readonly Arm[], runtime: Runtime) => ({
  ...{ settings: { ...common, arms }, prepared, runtime },
  ...{ stage: (_: string): void => undefined, signal: new AbortController().signal },
});
const good: Arm = { kind: 'dropout', rate: 0.5 };
/** A table of numbers has no feature maps. */
const bad: Arm = { kind: 'dropblock', rate: 0.5 };

it('arms are released again where a later one cannot be opened', async () => {
  const { runtime, live, loaded } = counted();
  await expect(openArms(optionsFor([good, good, bad], runtime))).rejects.toThrow(
    'has no place for dropblock',
  );
  expect(loaded()).toBeGreaterThanOrEqual(4);
  expect(live.size).toBe(0);
});

it('arms are released again where they are not wanted any more', async () => {
  const { runtime, live } = counted();
  const controller = new AbortController();
  const stage = (words: string) => words.startsWith('Compiling arm 2') && controller.abort('enough');
  const options = { ...optionsFor([good, good, good], runtime), stage, signal: controller.signal };
  await expect(openArms(options)).rejects.toBe('enough');
  expect(live.size).toBe(0);
});

it('arms that were opened hold their programs until they are closed', async () => {
  const { runtime, live } = counted();
  const arms = await openArms(optionsFor([good, good], runtime));
  expect(live.size).toBeGreaterThanOrEqual(4);
  for (const arm of arms) await arm.close();
  expect(live.size).toBe(0);
});
