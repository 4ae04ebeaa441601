import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from 'thinnet-deck';
import { describe, expect, it } from 'vitest';
import type { Key, Keys } from '../cards/study/keys.js';
import type { CardsStudyRequest } from '../options/cards-study-command.js';
import { cardsEnvironment } from '../testing/cards.js';
import { endlessCard, fakeCard, fakeDeck } from '../testing/fake-deck.js';
import { temporaryFolder } from '../testing/temporary.js';
import { studyCards } from './cards-study.js';

const start = Date.parse('2026-01-01T08:00:00.000Z');
const deck = fakeDeck.slice(0, 3);

/** Keys as they are pressed: a number lets so many minutes pass before the next; `during` is pressed while an experiment runs. */
type Press = Key | number | { readonly during: Key };

interface Study {
  readonly deck?: readonly Card[];
  readonly path?: string;
  /** Minutes since the start. */
  readonly at?: number;
}

async function studying(presses: readonly Press[], options: Study = {}) {
  const path = options.path ?? join(temporaryFolder(), 'study.json');
  let time = start + (options.at ?? 0) * 60_000;
  const left = [...presses];
  let isClosed = false;
  const keys: Keys = {
    next(signal) {
      while (typeof left[0] === 'number') time += (left.shift() as number) * 60_000;
      const [press] = left;
      if (signal === undefined) {
        if (typeof press === 'string') return Promise.resolve(left.shift() as Key);
        return Promise.reject(new Error('no key is left'));
      }
      if (typeof press === 'object')
        return Promise.resolve((left.shift() as { readonly during: Key }).during);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    },
    close() {
      isClosed = true;
    },
  };
  const { environment, stdout, stderr } = cardsEnvironment(
    options.deck ?? deck,
    { isTTY: true, columns: 100, hasColors: () => false },
    () => new Date(time),
  );
  const status = await studyCards(request(), {
    ...environment,
    progressFile: () => path,
    keys: () => Promise.resolve(keys),
  });
  const kept = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  return { status, path, kept, isClosed, unread: left, stdout: stdout(), stderr: stderr() };
}

const request = (changes: Partial<CardsStudyRequest> = {}): CardsStudyRequest => ({
  progress: undefined,
  export: undefined,
  import: undefined,
  ...changes,
});

const asked = (stdout: string) => [...stdout.matchAll(/^(?:\w+) · ([\w-]+)$/gm)].map(([, id]) => id);

describe('thinnet cards study', () => {
  it('asks the question, shows the answer at a key, and the next intervals with the grades', async () => {
    const { status, stdout, kept, isClosed } = await studying(['space', '4', 'q']);
    expect([status, isClosed]).toEqual([0, true]);
    expect(stdout.split('─'.repeat(40))[1]?.trim().split('\n')).toEqual([
      '3 cards to go',
      'overview · what',
      '',
      'What is what, at rate p?',
      '',
      'space answer    e run its experiment    q end',
      '',
      'The answer of what: with p < 1 it is so.',
      '',
      'A second paragraph.',
      '',
      '    y\u0303 = (m ⊙ y)/(1 − p)',
      '',
      'A common slip',
      'The keep probability is 1 − p.',
      '',
      '1 again, 1 min    2 hard, 6 min    3 good, 10 min    4 easy, 8 days',
      'e run its experiment    q end',
      'easy',
    ]);
    expect(kept.cards).toEqual({
      what: expect.objectContaining({
        stage: 'review',
        due: '2026-01-09T08:00:00.000Z',
        lastReview: '2026-01-01T08:00:00.000Z',
      }),
    });
  });

  it('takes no grade before the answer, and no other keys', async () => {
    const { kept, unread } = await studying(['3', '1', 'x', 'up', 'return', '5', 'return', 'q']);
    expect([kept, unread]).toEqual([undefined, []]);
  });

  it('asks what was not known again, and ends when nothing is due', async () => {
    const presses = ['space', '1', 'space', '4', 'space', '4', 2, 'space', '3', 'space', '4'];
    const { status, stdout, kept } = await studying(presses);
    expect(asked(stdout)).toEqual(['what', 'training', 'masking', 'what', 'what']);
    expect(stdout).toMatch(/\nDone: 5 answers\. The next card is due in \d+ days?\.\n$/);
    expect(status).toBe(0);
    expect(kept.cards.what).toMatchObject({ reviews: 3, stage: 'review' });
  });

  it('goes on another day with what is due then', async () => {
    const { path } = await studying(['space', '4', 'space', '3', 'q']);
    const soon = await studying(['q'], { path, at: 60 });
    expect(asked(soon.stdout)).toEqual(['training']);
    const later = await studying(['space', '4', 'space', '4', 'space', '4'], { path, at: 9 * 1440 });
    expect(asked(later.stdout)).toEqual(['training', 'what', 'masking']);
    const none = await studying([], { path, at: 9 * 1440 });
    expect(none.stdout).toMatch(/^Nothing is due\. The next card is due in \d+ days\.\n$/);
  });

  it('at Ctrl-C ends with 130, the terminal given back and each grade kept', async () => {
    for (const presses of [
      ['space', '3', 'interrupt'],
      ['space', '3', 'space', 'interrupt'],
    ]) {
      const { status, isClosed, kept } = await studying(presses);
      expect([status, isClosed]).toEqual([130, true]);
      expect(Object.keys(kept.cards)).toEqual(['what']);
    }
  });

  it('runs the experiment at e, before the answer or after it, and goes on', async () => {
    const { stdout, kept } = await studying(['e', 'space', 'e', '3', 'q']);
    const result =
      /what: The claim of what\. +holds\n {2}share of zeros at rate +0\.3001 [\s\S]*?\n\nSeen for what: 0\.3001 at rate 0\.3\.\n/g;
    expect(stdout.match(result)).toHaveLength(2);
    expect(stdout).toContain('50 %  seed 1');
    expect(Object.keys(kept.cards)).toEqual(['what']);
  });

  it('stops an experiment at q or Ctrl-C, and not the session', async () => {
    for (const key of ['q', 'interrupt']) {
      const endless = endlessCard(() => {});
      const { stdout, kept, status } = await studying(['e', { during: 'x' }, { during: key }, 'space', '4'], {
        deck: [endless],
      });
      expect(stdout).toContain('The experiment was stopped.');
      expect([status, Object.keys(kept.cards)]).toEqual([0, ['gradient']]);
    }
  });

  it('shows how an experiment failed, and goes on', async () => {
    const failing = fakeCard('conv', 'convolution', {
      experiment: () => Promise.reject(new Error('no memory')),
    });
    const { stdout, status } = await studying(['e', 'space', '4'], { deck: [failing] });
    expect(stdout).toMatch(/conv: The claim of conv\. +failed\n {2}no memory/);
    expect(status).toBe(0);
  });

  it('refuses a damaged file before the first question, and leaves it', async () => {
    const path = join(temporaryFolder(), 'study.json');
    writeFileSync(path, '{');
    await expect(studying(['space', '3'], { path })).rejects.toThrow(
      `${path}: this is no progress of a study`,
    );
    expect(readFileSync(path, 'utf8')).toBe('{');
  });

  it('without a terminal says so', async () => {
    const { environment } = cardsEnvironment();
    const none = {
      ...environment,
      progressFile: () => '/nowhere/study.json',
      keys: () => Promise.resolve(undefined),
    };
    await expect(studyCards(request(), none)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('needs a terminal'),
    });
  });
});

describe('the progress of a study', () => {
  const without = (path: string) => {
    const output = cardsEnvironment(deck);
    return {
      ...output,
      environment: {
        ...output.environment,
        progressFile: () => path,
        keys: () => Promise.reject(new Error('no key is needed')),
      },
    };
  };

  it('goes to a file and from there to another machine, without a terminal', async () => {
    const folder = temporaryFolder();
    const { path, kept } = await studying(['space', '4', 'space', '2', 'q']);
    const file = join(folder, 'exported.json');
    const here = without(path);
    expect(await studyCards(request({ export: file }), here.environment)).toBe(0);
    expect(here.stdout()).toBe(`Progress on 2 cards: ${file}\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(kept);
    const there = without(join(folder, 'there', 'study.json'));
    expect(await studyCards(request({ import: file }), there.environment)).toBe(0);
    expect(there.stdout()).toBe(`Taken from ${file}: the progress on 2 of 2 cards.\n`);
    expect(JSON.parse(readFileSync(join(folder, 'there', 'study.json'), 'utf8'))).toEqual(kept);
  });

  it('that is taken in does not undo a later review, and an unknown card is kept with a note', async () => {
    const { path } = await studying(['space', '3', 'q'], { at: 100 });
    const { path: other } = await studying(['space', '1', 'space', '4', 'q']);
    const imported = JSON.parse(readFileSync(other, 'utf8'));
    imported.cards.future = imported.cards.training;
    writeFileSync(other, JSON.stringify(imported));
    const { environment, stdout, stderr } = without(path);
    await studyCards(request({ import: other }), environment);
    expect(stdout()).toBe(
      `Taken from ${other}: the progress on 2 of 3 cards; the others were reviewed here since, or at the same time.\n`,
    );
    expect(stderr()).toBe('Note: the deck has no future; that progress is kept all the same.\n');
    const { cards } = JSON.parse(readFileSync(path, 'utf8'));
    expect(Object.keys(cards).sort()).toEqual(['future', 'training', 'what']);
    expect(cards.what.lastReview).toBe('2026-01-01T09:40:00.000Z');
  });

  it('from a file that is absent or none is an error', async () => {
    const folder = temporaryFolder();
    const { environment } = without(join(folder, 'study.json'));
    const missing = join(folder, 'missing.json');
    await expect(studyCards(request({ import: missing }), environment)).rejects.toMatchObject({
      code: 'ENOENT',
      path: missing,
    });
    writeFileSync(missing, '{"format": "other"}');
    await expect(studyCards(request({ import: missing }), environment)).rejects.toThrow(
      'this is no progress of a study',
    );
    expect(existsSync(join(folder, 'study.json'))).toBe(false);
  });

  it('is kept where --progress says', async () => {
    const folder = temporaryFolder();
    const { environment, stdout } = without('/nowhere/study.json');
    const { path } = await studying(['space', '4', 'q']);
    await studyCards(request({ progress: path, export: join(folder, 'out.json') }), environment);
    expect(stdout()).toContain('Progress on 1 card:');
  });
});
