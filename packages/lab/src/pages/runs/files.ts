/** @file What a visitor gave: files with their paths, from a drop or from a file dialogue. */

export interface GivenFile {
  /** Within the folder that was given, with slashes: `run/config.json`; of a single file its name. */
  readonly path: string;
  readonly file: File;
}

/** More than any run folder has. */
const mostFiles = 20_000;

/** Of a file dialogue, of a folder or of single files. */
export const filesOfInput = (list: FileList | null): readonly GivenFile[] =>
  Array.from(list ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));

/**
 * Of a drop: files, and folders with all that is in them. Call it while the event is being handled: what was dropped is
 * gone afterwards. Errors: more files than a run folder can have.
 */
export function filesOfDrop(transfer: DataTransfer): Promise<readonly GivenFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  // A drop that a script made has files, but no entries of a file system.
  if (entries.length === 0) return Promise.resolve(filesOfInput(transfer.files));
  return collect(entries);
}

async function collect(entries: readonly FileSystemEntry[]): Promise<readonly GivenFile[]> {
  const found: GivenFile[] = [];
  for (const waiting = [...entries]; waiting.length > 0; ) {
    const entry = waiting.shift() as FileSystemEntry;
    if (entry.isDirectory) waiting.push(...(await entriesOf(entry as FileSystemDirectoryEntry)));
    else
      found.push({
        path: entry.fullPath.replace(/^\//, ''),
        file: await fileOf(entry as FileSystemFileEntry),
      });
    if (found.length + waiting.length > mostFiles)
      throw new Error(
        `the folder has more than ${mostFiles.toLocaleString('en')} files; give the folder of one run`,
      );
  }
  return found;
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** A reader gives a folder's entries in portions, and an empty one at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
