/** @file What the command line asks for, without running it. */

import type { CompareRequest } from '../options/compare-command.js';
import { compareCommand } from '../options/compare-command.js';

/** Parses words as `thinnet compare` would. */
export async function requestOf(...words: readonly string[]): Promise<CompareRequest> {
  let request: CompareRequest | undefined;
  const command = compareCommand((parsed) => {
    request = parsed;
    return Promise.resolve();
  });
  command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
  await command.parseAsync([...words], { from: 'user' });
  if (request === undefined) throw new Error('the command was not run');
  return request;
}
