/** @file The one class of errors that a user can act on. */

/**
 * Something the caller can put right. The message is one line that names the value, the place and the remedy;
 * command-line front ends print it without a stack trace. Any other error is a defect of Thinnet.
 */
export class ThinnetError extends Error {
  override readonly name = 'ThinnetError';
}
