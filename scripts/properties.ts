/**
 * @file The seed of the properties: the same inputs in each run, unless `THINNET_SEED` names another seed or is `random`.
 *
 * A suite that draws new inputs each time fails for reasons that the change at hand did not bring; so new inputs are drawn on
 * purpose. A failure prints its seed either way.
 */
import fc from 'fast-check';

const given = process.env.THINNET_SEED ?? '1';
if (given !== 'random') {
  const seed = Number(given);
  if (given.trim() === '' || !Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31)
    throw new Error(
      `THINNET_SEED is "${given}"; give an integer between -2^31 and 2^31, as fast-check prints it, or "random"`,
    );
  fc.configureGlobal({ seed });
}
