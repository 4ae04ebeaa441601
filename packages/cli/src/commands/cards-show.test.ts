import { describe, expect, it } from 'vitest';
import { cardsEnvironment } from '../testing/cards.js';
import { evil } from '../testing/fake-deck.js';
import { listCards } from './cards-list.js';
import { showCards } from './cards-show.js';

describe('thinnet cards list', () => {
  it('has each question beside its id, under its section', async () => {
    const { environment, stdout } = cardsEnvironment();
    expect(await listCards(environment)).toBe(0);
    expect(stdout()).toBe(
      [
        'overview',
        'what      What is what, at rate p?',
        'training  What is training, at rate p?',
        '',
        'forward',
        'masking   What is masking, at rate p?',
        '',
        'convolution',
        'conv      What is conv, at rate p?',
        '',
      ].join('\n'),
    );
  });
});

describe('thinnet cards show', () => {
  it('has all that a card says', async () => {
    const { environment, stdout } = cardsEnvironment();
    expect(await showCards(['what'], environment)).toBe(0);
    expect(stdout()).toBe(
      [
        'overview · what',
        '',
        'What is what, at rate p?',
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
        'What the experiment tests',
        'The claim of what.',
        '',
        'How',
        'Draws masks and counts.',
        '',
        'Sources',
        'Srivastava 2014, section 4',
        '  https://jmlr.org/papers/v15/srivastava14a.html',
        evil,
        '',
      ].join('\n'),
    );
  });

  it('shows several, and refuses a name that is no card', async () => {
    const { environment, stdout } = cardsEnvironment();
    await showCards(['what', 'conv'], environment);
    expect(stdout().match(/^(overview|convolution) · (what|conv)$/gm)).toEqual([
      'overview · what',
      'convolution · conv',
    ]);
    await expect(showCards(['waht'], environment)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('(did you mean "what"?)'),
    });
  });
});
