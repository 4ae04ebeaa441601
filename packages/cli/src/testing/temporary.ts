/** @file A folder that is gone after the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const temporaryFolder = (): string => makeTemporaryFolder(onTestFinished);

/** A folder that goes when `finish` calls: `afterAll` for one that several tests share. */
export function makeTemporaryFolder(finish: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'thinnet-test-'));
  finish(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
