/** @file Runs and their checkpoints in the database. */
import type { CheckpointStore } from 'thinnet';
import { database, type RunRecord } from './database.js';

/** Runs, the latest first. */
export async function listRuns(): Promise<readonly RunRecord[]> {
  const runs = await (await database()).getAllFromIndex('runs', 'updated');
  return runs.reverse();
}

export const getRun = async (id: string): Promise<RunRecord | undefined> =>
  (await database()).get('runs', id);

export async function saveRun(run: RunRecord): Promise<void> {
  await (await database()).put('runs', run);
}

const keyOf = (run: string, arm: number): string => `${run}/${arm}`;
const allOf = (run: string): IDBKeyRange => IDBKeyRange.bound(`${run}/`, `${run}/\uffff`);

/** Forgets a run with everything that belongs to it, at once. */
export async function deleteRun(id: string): Promise<void> {
  const transaction = (await database()).transaction(['runs', 'checkpoints'], 'readwrite');
  await Promise.all([
    transaction.objectStore('checkpoints').delete(allOf(id)),
    transaction.objectStore('runs').delete(id),
    transaction.done,
  ]);
}

export async function deleteCheckpoints(run: string): Promise<void> {
  await (await database()).delete('checkpoints', allOf(run));
}

/** Where an arm's trainer keeps its checkpoint. A put either happens or does not: the previous one stays whole. */
export const checkpointStore = (run: string, arm: number): CheckpointStore => ({
  read: async () => (await database()).get('checkpoints', keyOf(run, arm)),
  write: async (bytes) => {
    await (await database()).put('checkpoints', bytes, keyOf(run, arm));
  },
});
