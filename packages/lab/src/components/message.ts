/** @file Errors as words. */

/** One line that a visitor can read: the message of an error, with a full stop. */
export function messageOf(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
  const line = text.trim() || 'An unknown error';
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}
