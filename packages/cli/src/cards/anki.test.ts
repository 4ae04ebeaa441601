import Papa from 'papaparse';
import { deck } from 'thinnet-deck';
import { describe, expect, it } from 'vitest';
import { fakeCard, fakeDeck } from '../testing/fake-deck.js';
import { ankiText } from './anki.js';

/** Header lines and notes, read by the rules of Anki's text files: `#key:value` lines first, then fields between tabs. */
function read(text: string) {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => !line.startsWith('#'));
  const headers = Object.fromEntries(
    lines.slice(0, start).map((line) => line.slice(1).split(/:(.*)/s).slice(0, 2)),
  );
  const { data, errors } = Papa.parse<string[]>(lines.slice(start).join('\n'), {
    delimiter: '\t',
    skipEmptyLines: true,
  });
  return { headers, notes: data, errors };
}

describe('the file for Anki', () => {
  it('says how it is to be read', () => {
    expect(read(ankiText(fakeDeck)).headers).toEqual({
      separator: 'tab',
      html: 'true',
      notetype: 'Basic',
      deck: 'Thinnet: dropout',
      columns: 'Id\tFront\tBack\tTags',
      'guid column': '1',
      'tags column': '4',
    });
  });

  it('has a note for each card, with an id that stays, and formulas in the marks of MathJax', () => {
    const { notes, errors } = read(ankiText(fakeDeck));
    expect(errors).toEqual([]);
    expect(notes.map(([id]) => id)).toEqual(fakeDeck.map(({ id }) => `thinnet-${id}`));
    const [id, front, back, tags] = notes[0] as string[];
    expect([id, front, tags]).toEqual([
      'thinnet-what',
      String.raw`What is what, at <i>rate</i> \(p\)?`,
      'dropout dropout::overview',
    ]);
    expect(back).toBe(
      [
        String.raw`The answer of what: with \(p &lt; 1\) it is so.`,
        'A second paragraph.',
        String.raw`\[\tilde{y} = \frac{m \odot y}{1 - p}\]`,
        String.raw`<b>A common slip:</b> The keep probability is \(1 - p\).`,
        '<small><a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava 2014, section 4</a><br>' +
          '&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;</small>',
      ].join('<br><br>'),
    );
  });

  it('comes back whole whatever the text has in it', () => {
    const question = 'Tab\there, "quotes", a line\nbreak, `a\tb` and # at';
    const card = {
      ...fakeCard('what', 'overview'),
      question,
      sources: [{ text: '"', url: 'https://a.b/"c"' }],
    };
    const { notes, errors } = read(ankiText([card, ...fakeDeck]));
    expect(errors).toEqual([]);
    expect(notes).toHaveLength(1 + fakeDeck.length);
    expect(notes.every((fields) => fields.length === 4)).toBe(true);
    expect(notes[0]?.[1]).toBe('Tab here, &quot;quotes&quot;, a line break, <code>a b</code> and # at');
  });

  it('has every card of the deck', () => {
    const { notes, errors } = read(ankiText(deck));
    expect(errors).toEqual([]);
    expect(notes.map(([id]) => id)).toEqual(deck.map(({ id }) => `thinnet-${id}`));
    for (const [id, front = '', back = ''] of notes) {
      expect([front, back].join(), String(id)).not.toMatch(/\$|(^|[^\\])\\$/);
      expect(back.split('\\(').length, String(id)).toBe(back.split('\\)').length);
    }
  });
});
