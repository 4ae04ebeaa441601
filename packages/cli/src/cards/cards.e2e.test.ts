import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cardIds } from 'thinnet-deck';
import { describe, expect, it } from 'vitest';
import { runCommand, start } from '../testing/command.js';
import { temporaryFolder } from '../testing/temporary.js';

describe('the command thinnet cards', () => {
  it('verifies a card for real, with page and numbers', async () => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = await runCommand(
      ['cards', 'verify', '--card', 'masking', '--strict'],
      cwd,
    );
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^masking \(1 of 1\): holds, \d+ s\n$/)]);
    expect(stdout).toMatch(/^masking: .* +holds$/m);
    expect(stdout).toContain(`1 of 1 card holds.\n\nPage: ${join('runs', 'cards', 'cards.html')}\n`);
    expect(readdirSync(join(cwd, 'runs', 'cards')).sort()).toEqual(['cards.html', 'cards.json']);
    expect(readFileSync(join(cwd, 'runs', 'cards', 'cards.html'), 'utf8')).toContain(
      '<article id="card-masking"',
    );
    await runCommand(['cards', 'verify', '--card', 'masking', '--quiet'], cwd);
    expect(readdirSync(join(cwd, 'runs'))).toEqual(['cards', 'cards-2']);
  });

  it('lists the deck, shows a card, and writes it for Anki', async () => {
    const cwd = temporaryFolder();
    const list = await runCommand(['cards', 'list'], cwd);
    for (const id of cardIds) expect(list.stdout).toMatch(new RegExp(`^${id} `, 'm'));
    expect((await runCommand(['cards', 'show', 'inverted'], cwd)).stdout).toMatch(/^scaling · inverted\n/);
    const { status, stdout } = await runCommand(['cards', 'export', '--anki', 'dropout.txt'], cwd);
    expect([status, stdout]).toEqual([0, '15 cards for Anki (File > Import): dropout.txt\n']);
    expect(readFileSync(join(cwd, 'dropout.txt'), 'utf8').match(/^thinnet-/gm)).toHaveLength(15);
  });

  it('keeps the progress of a study where XDG_DATA_HOME says', async () => {
    const cwd = temporaryFolder();
    const env = { XDG_DATA_HOME: join(cwd, 'data') };
    const { status, stdout } = await runCommand(['cards', 'study', '--export', 'study.json'], cwd, env);
    expect([status, stdout]).toEqual([0, 'Progress on 0 cards: study.json\n']);
    expect(await runCommand(['cards', 'study', '--import', 'study.json'], cwd, env)).toMatchObject({
      status: 0,
    });
    expect(existsSync(join(cwd, 'data', 'thinnet', 'study.json'))).toBe(true);
  });

  it.each([
    [
      ['cards', 'veriffy'],
      'unknown command veriffy (did you mean "verify"?); there are verify, list, show, study, export; see thinnet cards --help',
    ],
    [['cards', 'verify', '--card', 'gradinet'], 'there is no card "gradinet" (did you mean "gradient"?)'],
    [
      ['cards', 'verify', '--cards', 'gradient'],
      "unknown option '--cards' (Did you mean --card?); see thinnet cards verify --help",
    ],
    [['cards', 'verify', 'gradient'], 'verify takes no argument "gradient"'],
    [['cards', 'verify', '--out', ''], '--out takes a value, not an empty one'],
    [['cards', 'show'], "missing required argument 'id'; see thinnet cards show --help"],
    [['cards', 'show', 'nothing'], 'there is no card "nothing"; the cards are what, training,'],
    [['cards', 'export'], "required option '--anki <file>' not specified; see thinnet cards export --help"],
    [['cards', 'study'], 'needs a terminal'],
    [['lab', '--port', '65536'], '--port takes a whole number from 0 to 65,535, not "65536"'],
    [['lab', 'page'], 'lab takes no argument "page"'],
  ])('answers the wrong %j with one line and status 2', async (words, message) => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = await runCommand(words, cwd);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^thinnet: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('answers files that it cannot use with one line and status 1', async () => {
    const cwd = temporaryFolder();
    for (const [words, message] of [
      [['cards', 'export', '--anki', 'no/such.txt'], 'no/such.txt: there is no folder no; make it first'],
      [
        ['cards', 'study', '--import', 'nothing.json'],
        'nothing.json: no such file or folder; check the path',
      ],
    ] as const) {
      const { status, stderr } = await runCommand(words, cwd, { XDG_DATA_HOME: cwd });
      expect([status, stderr]).toEqual([1, `thinnet: ${message}\n`]);
    }
  });

  it('has help for each part', async () => {
    const cwd = temporaryFolder();
    expect((await runCommand(['cards'], cwd)).stdout).toContain('verify [options]');
    for (const part of ['verify', 'list', 'show', 'study', 'export'])
      expect((await runCommand(['cards', part, '--help'], cwd)).stdout).toMatch(
        new RegExp(`^Usage: thinnet cards ${part}`),
      );
  });

  it('stops a verification at Ctrl-C with 130', async () => {
    const cwd = temporaryFolder();
    const running = start(['cards', 'verify', '--card', 'masking', '--card', 'conv', '--out', 'out'], cwd);
    let said = '';
    running.process.stderr.on('data', (data) => (said += data));
    // The first card is done; the other one takes minutes.
    await running.until(() => said.includes('masking (1 of 2): holds'));
    running.process.kill('SIGINT');
    const { status, stderr } = await running.ended;
    expect(status).toBe(130);
    expect(stderr).toMatch(/Stopped after 1 of 2 cards\.\n$/);
  });
});

describe('the command thinnet lab', () => {
  it('serves the built page until Ctrl-C, which is no failure', async () => {
    const running = start(['lab', '--port', '0'], temporaryFolder());
    let said = '';
    running.process.stdout.on('data', (data) => (said += data));
    await running.until(() => said.includes('Ctrl-C'));
    const response = await fetch(/http\S+/.exec(said)?.[0] as string);
    expect([response.status, response.headers.get('cross-origin-embedder-policy')]).toEqual([
      200,
      'require-corp',
    ]);
    expect(await response.text()).toContain('<!doctype html>');
    running.process.kill('SIGINT');
    expect((await running.ended).status).toBe(0);
  });
});
