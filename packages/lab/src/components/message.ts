/** @file Errors as words. */

/** The first line of an error's message. */
export function firstLineOf(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
  return text.trim() || 'An unknown error';
}

/** One line that a visitor can read: the first of an error's message, with a full stop. */
export function messageOf(error: unknown): string {
  const line = firstLineOf(error);
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}
