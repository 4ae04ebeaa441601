/** @file The one class of errors that a user can act on. */

/**
 * Something the caller can put right. The message is one line that names the value, the place and the remedy;
 * command-line front ends print it without a stack trace. Any other error is a defect of Thinnet.
 */
export class ThinnetError extends Error {
  override readonly name = 'ThinnetError';

  constructor(message: string, options?: ErrorOptions) {
    super(message.replace(lineBreaking, escaped), options);
  }
}

/** Control characters and line separators: names in files may hold them, terminals obey them. */
const lineBreaking = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
