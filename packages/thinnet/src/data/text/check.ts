/** @file That what is given are texts. */
import { shown, ThinnetError } from '../../error.js';

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof (value as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] === 'function';

/** The texts one by one; `place` begins errors. Errors: a single text, something else than a list of texts. */
export function* eachText(place: string, texts: Iterable<string>): Generator<string, void> {
  const given: unknown = texts;
  // A string would be taken for the list of its letters.
  if (typeof given === 'string')
    throw new ThinnetError(`${place}: one string for texts; give a list of texts, such as [text]`);
  if (!isIterable(given))
    throw new ThinnetError(`${place}: texts is ${shown(given)}; give a list of texts, such as [text]`);
  let at = 0;
  for (const text of given) {
    if (typeof text !== 'string')
      throw new ThinnetError(`${place}: text ${at} is ${shown(text)}; give a list of texts`);
    yield text;
    at++;
  }
}
