/** @file Commands as they can be typed. */

/** A word as a shell takes it. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** How `thinnet compare` was called, so that what is printed can be typed: `npx` leaves no command `thinnet` behind. */
export function invocation(event: string | undefined = process.env.npm_lifecycle_event): string {
  if (event === 'start') return 'npm start --';
  return event === 'npx' ? 'npx thinnet compare' : 'thinnet compare';
}
