/** @file Warnings of the arms that are compared. */
import { join } from 'node:path';
import type { ModelName } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { parseArms } from '../arms/arm.js';
import { modelsWith } from '../arms/models.js';
import { resolveSettings } from '../options/resolve.js';
import { compareWith } from '../testing/environment.js';
import { fakeSplit } from '../testing/fake-trainer.js';
import { temporaryFolder } from '../testing/temporary.js';
import { warningsOf } from './advice.js';

const stderrOf = async (...words: readonly string[]): Promise<string> => {
  const common = '--data fake.csv --epochs 1 --seeds 1 --batch 8'.split(' ');
  return (await compareWith([...common, '--out', join(temporaryFolder(), 'run'), ...words])).stderr;
};

describe('compare', () => {
  it('warns once of each arm whose dropout is likely misplaced, and names the other places', async () => {
    const words = '--hidden 32,32 --arm none --arm dropout=0.3 --arm alpha=0.1 --input-rate 0'.split(' ');
    const warnings = (await stderrOf(...words, '--seeds', '2')).match(/^Warning, .*(?:\n {2}.*)*/gm);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Warning, alpha 0\.1: alpha-without-selu: alpha dropout "hidden1\.dropout" .*\n {2}To do: .*\n {2}The same goes for hidden2\.dropout\.$/,
      ),
    ]);
  });

  it('advises what the command line has', async () => {
    const words = '--hidden 32 --arm none --arm alpha=0.1'.split(' ');
    const remedy = (await stderrOf(...words)).match(/To do: (.*?)\. \(/)?.[1];
    expect(remedy).toBe('use --activation selu, or another kind such as --arm dropout=…');
  });

  it('advises an activation only where one may be chosen', () => {
    const arms = (model: ModelName) => parseArms(['alpha=0.1'], { model }, 1);
    const images = {
      ...fakeSplit().train,
      shape: [8, 8],
      features: new Float32Array(64 * fakeSplit().train.length),
    };
    for (const model of modelsWith('alpha').filter((each) => each !== 'mlp')) {
      const lines = warningsOf(arms(model), resolveSettings({ model }), images, []);
      expect(lines.join('\n')).toContain('To do: use another kind such as --arm dropout=…. (');
      expect(lines.join('\n')).not.toContain('--activation');
    }
  });

  it('warns of what is not silenced, and of nothing when quiet', async () => {
    const words = '--hidden 8 --arm none --arm dropout=0.9'.split(' ');
    const [few, rate] = ['few-units-before-output', 'rate-like-keep-probability'];
    const named = (text: string) => [few, rate].filter((name) => text.includes(`: ${name}: `));
    expect(named(await stderrOf(...words))).toEqual([few, rate]);
    expect(named(await stderrOf(...words, '--silence', String(few)))).toEqual([rate]);
    expect(named(await stderrOf(...words, '--quiet'))).toEqual([]);
    await expect(stderrOf(...words, '--silence', 'few-units')).rejects.toThrow('--silence takes one of');
  });
});
