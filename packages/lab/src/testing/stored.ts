/** @file What the lab has kept in the browser's database, read by a test. */

import type { Page } from 'playwright-core';
import type { Epoch } from 'thinnet';
import { expect } from 'vitest';

export interface StoredRun {
  readonly id: string;
  readonly status: string;
  readonly query: string;
  readonly arms: readonly {
    readonly label: string;
    readonly history: readonly Epoch[];
    readonly failed?: string;
    readonly hasModel: boolean;
  }[];
}

export interface Stored {
  /** The oldest first. */
  readonly runs: readonly StoredRun[];
  /** The keys of all checkpoints. */
  readonly checkpoints: readonly string[];
  /** Names of the visitor's files, in the order of their digests. */
  readonly files: readonly string[];
  /** Names of what pages keep for themselves. */
  readonly values: readonly string[];
}

/** Everything that is kept, once what was being written is there. */
export const stored = (page: Page): Promise<Stored> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('thinnet-lab'));
    const transaction = db.transaction(['runs', 'checkpoints', 'files', 'values']);
    // biome-ignore lint/suspicious/noExplicitAny: as the database gives them.
    const runs: any[] = await done(transaction.objectStore('runs').getAll());
    const checkpoints = (await done(transaction.objectStore('checkpoints').getAllKeys())) as string[];
    const values = (await done(transaction.objectStore('values').getAllKeys())) as string[];
    const files: { readonly name: string }[] = await done(transaction.objectStore('files').getAll());
    db.close();
    return {
      ...{ checkpoints, values, files: files.map(({ name }) => name) },
      runs: runs
        .sort((a, b) => a.started - b.started)
        .map(({ id, status, query, arms }) => ({
          id,
          status,
          query,
          // biome-ignore lint/suspicious/noExplicitAny: as the database gives them.
          arms: arms.map(({ label, history, failed, model }: any) => ({
            ...{ label, history, failed },
            hasModel: model?.length > 0,
          })),
        })),
    };
  });

/** Waits until the runs that are kept have these statuses, the oldest first. */
export const runsAre = (page: Page, ...statuses: readonly string[]): Promise<void> =>
  expect.poll(async () => (await stored(page)).runs.map(({ status }) => status)).toEqual(statuses);

/** The curves of a run: losses and errors of each arm and epoch. */
export const curvesOf = ({ arms }: StoredRun) =>
  arms.map(({ label, history }) => [
    label,
    ...history.map(({ epoch, thinnedLoss, train, test }) => [
      epoch,
      thinnedLoss,
      train.loss,
      train.error,
      test.loss,
      test.error,
    ]),
  ]);
