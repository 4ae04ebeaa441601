/** @file Text in lines of a terminal's width. */

/** Columns that a text takes: characters that combine with the one before take none. */
export const columnsOf = (text: string): number => [...text.replace(/\p{M}/gu, '')].length;

/** The text in lines of at most `width` columns, broken at spaces; a longer word stays whole. Its own line breaks are kept. */
export function wrapped(text: string, width: number, indent = ''): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = indent;
    for (const word of line.split(' ').filter((each) => each !== '')) {
      const isEmpty = current === indent;
      if (!isEmpty && columnsOf(current) + 1 + columnsOf(word) > width) {
        lines.push(current);
        current = indent + word;
      } else current += isEmpty ? word : ` ${word}`;
    }
    return [...lines, current];
  });
}
