/** @file The text of cards as paragraphs of spans: words, `$formulas$`, `*emphasis*`, `` `code` ``. */

export interface Span {
  readonly kind: 'words' | 'formula' | 'emphasis' | 'code';
  /** Without its marks; of a formula KaTeX. */
  readonly text: string;
}

/** What is between two of the same marks; a mark that no second one follows is a character like others. */
const marked = /\$(?<formula>[^$]+)\$|\*(?<emphasis>[^*\s](?:[^*]*[^*\s])?)\*|`(?<code>[^`]+)`/g;

function spansOf(paragraph: string): readonly Span[] {
  const spans: Span[] = [];
  let end = 0;
  const words = (until: number) => {
    if (until > end) spans.push({ kind: 'words', text: paragraph.slice(end, until) });
  };
  for (const match of paragraph.matchAll(marked)) {
    words(match.index);
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? [];
    spans.push({ kind: kind as Span['kind'], text: text as string });
    end = match.index + match[0].length;
  }
  words(paragraph.length);
  return spans;
}

/** A card's question, answer or slip: paragraphs are parted by an empty line, and other line breaks are spaces. */
export const paragraphsOf = (text: string): readonly (readonly Span[])[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .map(spansOf);
