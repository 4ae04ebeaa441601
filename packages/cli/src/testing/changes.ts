/** @file What happens in a folder, as it happens. */
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Calls `changed` at each change in a folder or below it, in folders that come later too; gives what ends that. */
export function watchFolder(root: string, changed: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  // Watched before it is read, so that no folder comes in between.
  const follow = (folder: string): void => {
    if (!watchers.has(folder))
      watchers.set(
        folder,
        watch(folder, () => {
          follow(root);
          changed();
        }),
      );
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) follow(join(folder, entry.name));
  };
  follow(root);
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}
