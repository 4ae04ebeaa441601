import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from 'thinnet-deck';
import { describe, expect, it } from 'vitest';
import { cardsEnvironment } from '../testing/cards.js';
import { endlessCard, fakeCard, fakeDeck } from '../testing/fake-deck.js';
import { temporaryFolder } from '../testing/temporary.js';
import { verifyCards } from './cards-verify.js';

const held = fakeDeck.slice(0, 1);
const found = fakeDeck.slice(0, 3);

async function verifying(deck: readonly Card[], request: Partial<Parameters<typeof verifyCards>[0]> = {}) {
  const out = join(temporaryFolder(), 'cards');
  const { environment, stdout, stderr } = cardsEnvironment(deck);
  const all = { cards: undefined, out, isStrict: false, isQuiet: false, isJson: false, ...request };
  const status = await verifyCards(all, environment);
  return { status, out, stdout: stdout(), stderr: stderr() };
}

describe('thinnet cards verify', () => {
  it('prints every claim and finding with its verdict, and says where the page and the numbers are', async () => {
    const { status, out, stdout, stderr } = await verifying(found);
    expect(status).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['cards.html', 'cards.json']);
    expect(stdout.split('\n').slice(1)).toEqual([
      'card and finding                measured                 expected                      verdict',
      '',
      'what: The claim of what.                                                             holds',
      '  share of zeros at rate 0.3    0.3001                   0.3, binomial test at 1e-4    holds',
      '',
      'training: The claim of training.                                                     does not hold',
      '  share of zeros at rate 0.3    0.3001                   0.3, binomial test at 1e-4    does not hold',
      '',
      'masking: The claim of masking.                                                       inconclusive',
      '  share of zeros at rate 0.3    0.3001                   0.3, binomial test at 1e-4    inconclusive',
      '',
      '1 of 3 cards holds; 1 does not hold (training); 1 is inconclusive (masking).',
      '',
      `Page: ${join(out, 'cards.html')}`,
      `Numbers: ${join(out, 'cards.json')}`,
      '',
    ]);
    expect(stderr.split('\n')).toEqual([
      'what (1 of 3): holds, 0 s',
      'training (2 of 3): does not hold, 0 s',
      'masking (3 of 3): inconclusive, 0 s',
      '',
    ]);
  });

  it('ends with 0 whatever is found, and with --strict with 1 unless all hold', async () => {
    expect((await verifying(found)).status).toBe(0);
    expect((await verifying(found, { isStrict: true })).status).toBe(1);
    expect((await verifying(held, { isStrict: true })).status).toBe(0);
  });

  it('ends with 1 where an experiment fails, says why, and keeps the others', async () => {
    const { status, stdout, stderr, out } = await verifying(fakeDeck);
    expect(status).toBe(1);
    expect(stdout).toContain('1 failed with an error (conv).');
    expect(stdout).toMatch(/^conv: The claim of conv\. +failed\n {2}no memory /m);
    expect(stderr).toMatch(/^conv: thinnet: this is a defect of thinnet/m);
    const { cards } = JSON.parse(readFileSync(join(out, 'cards.json'), 'utf8'));
    expect(cards.at(-1)).toMatchObject({
      id: 'conv',
      verdict: 'failed',
      error: expect.stringMatching(/^no memory/),
    });
  });

  it('writes all numbers, the versions and the times', async () => {
    const { out } = await verifying(found);
    const text = readFileSync(join(out, 'cards.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      format: 1,
      command: 'thinnet cards verify',
      versions: {
        thinnet: expect.any(String),
        'thinnet-deck': expect.any(String),
        node: process.versions.node,
      },
      began: '2026-01-01T08:00:00.000Z',
      seconds: 0,
      isComplete: true,
      verdicts: { holds: 1, 'does not hold': 1, inconclusive: 1, failed: 0 },
      cards: [
        {
          id: 'what',
          section: 'overview',
          question: 'What is what, at *rate* $p$?',
          claim: 'The claim of what.',
          seconds: expect.any(Number),
          verdict: 'holds',
          summary: 'Seen for what: 0.3001 at rate 0.3.',
          findings: [{ name: 'share of zeros at rate 0.3', measured: '0.3001', verdict: 'holds' }],
          numbers: { share: 0.3001, shares: [0.1, 0.2, 'NaN'] },
          pictures: [{ type: 'lines' }, { type: 'bars' }],
        },
        { id: 'training', verdict: 'does not hold' },
        { id: 'masking', verdict: 'inconclusive' },
      ],
    });
    // Rows of numbers are lines that one can read.
    expect(text).toContain('"shares": [0.1, 0.2, "NaN"]');
  });

  it('gives the same JSON on standard output, and no table, when asked', async () => {
    const { out, stdout, stderr } = await verifying(found, { isJson: true, isQuiet: true });
    expect(stdout).toBe(readFileSync(join(out, 'cards.json'), 'utf8'));
    expect(stderr).toBe('');
  });

  it('verifies the cards that are named, in the order of the deck, and repeats that in the command', async () => {
    const { out, stderr } = await verifying(found, { cards: ['masking', 'what', 'what'] });
    const { cards, command } = JSON.parse(readFileSync(join(out, 'cards.json'), 'utf8'));
    expect(cards.map(({ id }: Card) => id)).toEqual(['what', 'masking']);
    expect(command).toBe('thinnet cards verify --card masking --card what --card what');
    expect(stderr).toContain('masking (2 of 2)');
  });

  it('refuses a name that is no card, with the nearest, before anything is written', async () => {
    const out = join(temporaryFolder(), 'cards');
    await expect(verifying(found, { cards: ['what', 'maskin'], out })).rejects.toMatchObject({
      name: 'UsageError',
      message: 'there is no card "maskin" (did you mean "masking"?); the cards are what, training, masking',
    });
    expect(existsSync(out)).toBe(false);
  });

  it('stops at Ctrl-C with 130 and keeps the cards that were done', async () => {
    const deck = [
      ...held,
      endlessCard(() => void process.emit('SIGINT', 'SIGINT')),
      fakeCard('conv', 'convolution'),
    ];
    const { status, out, stderr, stdout } = await verifying(deck);
    expect(status).toBe(130);
    expect(stderr).toContain('Stopped after 1 of 3 cards.');
    expect(stdout).toContain('1 of 1 card holds.');
    const { isComplete, cards } = JSON.parse(readFileSync(join(out, 'cards.json'), 'utf8'));
    expect([isComplete, cards.length]).toEqual([false, 1]);
    expect(readFileSync(join(out, 'cards.html'), 'utf8')).toContain('stopped before its end');
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it('stopped before the first card is done writes nothing', async () => {
    const { status, out, stdout } = await verifying([
      endlessCard(() => void process.emit('SIGTERM', 'SIGTERM')),
    ]);
    expect([status, stdout, readdirSync(out)]).toEqual([143, '', []]);
  });
});
