/** @file What the lab has kept in the browser's database, read by a test. */

import type { Page } from 'playwright-core';
import type { Epoch } from 'thinnet';

export interface StoredRun {
  readonly id: string;
  readonly status: string;
  readonly query: string;
  readonly arms: readonly {
    readonly label: string;
    readonly history: readonly Epoch[];
    readonly hasModel: boolean;
  }[];
}

/** All runs, the oldest first, and the keys of all checkpoints. */
export const stored = (page: Page): Promise<{ runs: readonly StoredRun[]; checkpoints: readonly string[] }> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('thinnet-lab'));
    const transaction = db.transaction(['runs', 'checkpoints']);
    // biome-ignore lint/suspicious/noExplicitAny: as the database gives them.
    const runs: any[] = await done(transaction.objectStore('runs').getAll());
    const checkpoints = (await done(transaction.objectStore('checkpoints').getAllKeys())) as string[];
    db.close();
    return {
      checkpoints,
      runs: runs
        .sort((a, b) => a.started - b.started)
        .map(({ id, status, query, arms }) => ({
          id,
          status,
          query,
          // biome-ignore lint/suspicious/noExplicitAny: as the database gives them.
          arms: arms.map(({ label, history, model }: any) => ({
            label,
            history,
            hasModel: model?.length > 0,
          })),
        })),
    };
  });

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
