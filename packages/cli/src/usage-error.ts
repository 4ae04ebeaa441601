/** @file The error of a command line that asks for something that cannot be done. */

/** A wrong option or a wrong combination of options: printed as one line, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
