/** @file Options that a function does not know are refused: a misspelt one would silently do nothing. */
import { shown, ThinnetError } from '../error.js';
import { nearest } from './nearest.js';

/** Every key of a type of options. A literal of it does not compile once the options gain or lose one. */
export type KeysOf<Options> = { readonly [K in keyof Required<Options>]: true };

/** Keys by name. */
export type Keys = Readonly<Record<string, true>>;

/**
 * Checks that options have known keys alone. The compiler looks for others in a literal, not in a variable that is passed.
 *
 * @param place what takes them, such as `dropout`; a name among the options is added
 * Errors: no object; a key that is not known.
 */
export function checkOptions(place: string, options: object, known: Keys): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new ThinnetError(
      `${place}: its options are ${shown(options)}; they must be an object with ${listed(known)}`,
    );
  for (const key of Object.keys(options))
    if (!Object.hasOwn(known, key)) throw unknownOption(placeWithName(place, options), key, known);
}

function unknownOption(place: string, key: string, known: Keys): ThinnetError {
  const meant = nearest(key, Object.keys(known));
  return new ThinnetError(
    meant === undefined
      ? `${place}: no option "${key}"; known are ${listed(known)}`
      : `${place}: no option "${key}"; did you mean "${meant}"? (known are ${listed(known)})`,
  );
}

const listed = (known: Keys): string => Object.keys(known).join(', ') || 'none';

function placeWithName(place: string, options: object): string {
  const { name } = options as { readonly name?: unknown };
  return typeof name === 'string' && name !== '' ? `${place} "${name}"` : place;
}
