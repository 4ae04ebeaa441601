import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noStudyProgress, type StudyState, withState } from 'thinnet-deck';
import { describe, expect, it } from 'vitest';
import { builtModule, runModule } from '../../testing/module.js';
import { temporaryFolder } from '../../testing/temporary.js';
import {
  addProgress,
  keepState,
  keptProgress,
  progressFile,
  readProgressFile,
  refuseUnwritable,
} from './store.js';

const store = builtModule('cards/study/store.js');

const state = (lastReview: string): StudyState => ({
  ...{ stage: 'review', due: '2026-02-01T00:00:00.000Z', lastReview, stability: 3, difficulty: 5 },
  ...{ scheduledDays: 3, learningStep: 0, reviews: 2, lapses: 0 },
});
const [early, late] = [state('2026-01-01T00:00:00.000Z'), state('2026-01-02T00:00:00.000Z')];
const of = (id: string, each: StudyState) => withState(noStudyProgress, id, each);

describe('a folder in the place of the file', () => {
  it('is named, in the place of what is read and of what is taken in', async () => {
    const folder = temporaryFolder();
    for (const read of [readProgressFile, keptProgress])
      await expect(read(folder)).rejects.toMatchObject({ code: 'EISDIR', path: folder });
  });

  it('or above it that cannot be one is known before the first question', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(refuseUnwritable(join(file, 'study.json'))).rejects.toMatchObject({
      code: 'EEXIST',
      path: file,
    });
  });
});

describe('the file with the progress', () => {
  it('is in the data folder of the user, by the XDG specification', () => {
    expect(progressFile({ XDG_DATA_HOME: '/data' }, '/home/a')).toBe('/data/thinnet/study.json');
    for (const home of [{}, { XDG_DATA_HOME: '' }, { XDG_DATA_HOME: 'relative' }])
      expect(progressFile(home, '/home/a')).toBe('/home/a/.local/share/thinnet/study.json');
  });

  it('is made with its folder at the first grade, and is whole after each', async () => {
    const path = join(temporaryFolder(), 'deep', 'thinnet', 'study.json');
    expect(await keptProgress(path)).toEqual(noStudyProgress);
    expect(existsSync(path)).toBe(false);
    await addProgress(path, of('what', early));
    await addProgress(path, of('conv', late));
    expect(await keptProgress(path)).toEqual({ ...noStudyProgress, cards: { what: early, conv: late } });
    expect(readdirSync(join(path, '..'))).toEqual(['study.json']);
  });

  it('keeps what another terminal wrote meanwhile, and of a card the later review', async () => {
    const path = join(temporaryFolder(), 'study.json');
    await addProgress(path, of('what', late));
    await addProgress(path, of('conv', early));
    expect((await addProgress(path, of('what', early))).cards).toEqual({ what: late, conv: early });
    expect((await keptProgress(path)).cards).toEqual({ what: late, conv: early });
  });

  it('keeps a grade also where the clock was set back', async () => {
    const path = join(temporaryFolder(), 'study.json');
    await addProgress(path, withState(of('what', late), 'conv', late));
    expect((await keepState(path, of('conv', early), 'what', early)).cards).toEqual({
      what: early,
      conv: late,
    });
    expect((await keptProgress(path)).cards).toEqual({ what: early, conv: late });
  });

  it('that is damaged is an error and stays as it is', async () => {
    const path = join(temporaryFolder(), 'study.json');
    for (const [content, message] of [
      ['{"format": "thinnet-st', 'this is no progress of a study (it is not JSON)'],
      ['[]', '(its "format" is not "thinnet-study")'],
    ] as const) {
      writeFileSync(path, content);
      for (const attempt of [() => keptProgress(path), () => addProgress(path, of('what', early))])
        await expect(attempt()).rejects.toMatchObject({
          name: 'ThinnetError',
          message: expect.stringMatching(/study\.json: this is no progress of a study/),
        });
      await expect(readProgressFile(path)).rejects.toThrow(message);
      expect(readFileSync(path, 'utf8')).toBe(content);
    }
  });

  it('loses no grade when several terminals keep theirs at once', async () => {
    const path = join(temporaryFolder(), 'study.json');
    const script = `
      import { keepState, keptProgress } from ${JSON.stringify(store)};
      const [path, terminal, state] = JSON.parse(process.argv[1]);
      for (let n = 0; n < 15; n++)
        await keepState(path, await keptProgress(path), \`card-\${terminal}-\${n}\`, state);
    `;
    const terminals = [1, 2, 3].map((terminal) => runModule(script, [path, terminal, early]));
    expect(await Promise.all(terminals)).toEqual([0, 0, 0]);
    expect(Object.keys((await keptProgress(path)).cards)).toHaveLength(45);
    expect(readdirSync(join(path, '..'))).toEqual(['study.json']);
  });

  it('whose lock a killed terminal left is taken all the same', async () => {
    const path = join(temporaryFolder(), 'study.json');
    writeFileSync(`${path}.lock`, '999999999\n');
    writeFileSync(`${path}.999999999-0123abcd.tmp`, '{"torn');
    await addProgress(path, of('what', early));
    expect((await keptProgress(path)).cards).toEqual({ what: early });
    expect(readdirSync(join(path, '..'))).toEqual(['study.json']);
  });
});
