/** @file What happens in a folder, as it happens. */
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../run-folder/read.js';

/** Calls `changed` at each change in a folder or below it, in folders that come later too; gives what ends that. */
export function watchFolder(root: string, changed: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  const look = () => {
    follow(root);
    changed();
  };
  // Watched before it is read, so that no folder comes in between.
  const follow = (folder: string): void => {
    try {
      if (!watchers.has(folder)) watchers.set(folder, watch(folder, look));
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory()) follow(join(folder, entry.name));
    } catch (error) {
      // A folder may go between being seen and being read.
      if (!hasCode(error, 'ENOENT')) throw error;
      watchers.get(folder)?.close();
      watchers.delete(folder);
    }
  };
  follow(root);
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}
