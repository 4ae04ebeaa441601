/** @file `--silence`, which several commands have. */
import type { Command } from 'commander';

export const withSilence = (command: Command): Command =>
  command.option(
    '--silence <name>',
    'leave out the warnings of this name; repeat it for each',
    (word: string, before: readonly string[] | undefined) => [...(before ?? []), word],
  );
