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

/** The first line of an error's message, which the message of a ThinnetError can end with. */
export const firstLineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] as string;

/** A value of the wrong sort, for a message that says what it is instead: `"3", a string`. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `"${value}", a string`;
    case 'bigint':
      return `${value}n, a bigint`;
    case 'function':
      return value.name === '' ? 'a function' : `the function ${value.name}`;
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'an array' : 'an object';
    default:
      return String(value);
  }
}

/** Control characters and line separators: names in files may hold them, terminals obey them. */
const lineBreaking = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
