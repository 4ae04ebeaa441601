import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtModule, runModule } from '../testing/module.js';
import { temporaryFolder } from '../testing/temporary.js';
import { lockFolder, takeoverName } from './lock.js';
import { lockName } from './names.js';

/** The number of no process: above the highest that Linux gives. */
const gone = '999999999\n';
const lock = builtModule('run-folder/lock.js');

describe('the lock of a folder', () => {
  it('is held by one process, and leaves nothing behind when it is released', async () => {
    const folder = temporaryFolder();
    const unlock = await lockFolder(folder);
    expect(readdirSync(folder)).toEqual([lockName]);
    await expect(lockFolder(folder)).rejects.toThrow(`${folder} is in use by process ${process.pid}`);
    expect(readdirSync(folder)).toEqual([lockName]);
    await unlock();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken over from a process that is gone, with what it left', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, lockName), gone);
    writeFileSync(join(folder, `${lockName}.999999999-0123abcd.tmp`), gone);
    const unlock = await lockFolder(folder);
    expect(readdirSync(folder)).toEqual([lockName]);
    expect(readFileSync(join(folder, lockName), 'utf8')).toBe(`${process.pid}\n`);
    await unlock();
  });

  it.each(['', 'x', '-1\n', '12 34\n'])(
    'that does not say whose it is, %j, counts as held, and the error says what to delete',
    async (content) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, lockName), content);
      await expect(lockFolder(folder)).rejects.toThrow(
        `${folder} is in use by a process that cannot be told; if none is at work in it, delete ${join(folder, lockName)}`,
      );
      expect(readFileSync(join(folder, lockName), 'utf8')).toBe(content);
    },
  );

  it('is not taken over by two: who comes second while the first is at it is refused', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, lockName), gone);
    writeFileSync(join(folder, takeoverName), `${process.pid}\n`);
    await expect(lockFolder(folder)).rejects.toThrow(`${folder} is being taken over by another process`);
    expect(readdirSync(folder).sort()).toEqual([lockName, takeoverName]);
  });

  it('of another process, which was let in meanwhile, is not released', async () => {
    const folder = temporaryFolder();
    const unlock = await lockFolder(folder);
    writeFileSync(join(folder, lockName), gone);
    await unlock();
    expect(readFileSync(join(folder, lockName), 'utf8')).toBe(gone);
  });

  it('of a file lets one of many processes in at a time, also when some die with it', async () => {
    const file = join(temporaryFolder(), 'count');
    writeFileSync(file, '0');
    writeFileSync(`${file}.lock`, gone);
    // Each adds to a number that it reads and writes back, and ends while it still holds the lock.
    const script = `
      import { readFileSync, writeFileSync } from 'node:fs';
      import { whileLocked } from ${JSON.stringify(lock)};
      const [file] = JSON.parse(process.argv[1]);
      for (let n = 1; n <= 10; n++)
        await whileLocked(file, async () => {
          const count = Number(readFileSync(file, 'utf8'));
          await new Promise(setImmediate);
          writeFileSync(file, String(count + 1));
          if (n === 10) process.exit(0);
        });
    `;
    const all = Array.from({ length: 5 }, () => runModule(script, [file]));
    expect(await Promise.all(all)).toEqual([0, 0, 0, 0, 0]);
    expect(readFileSync(file, 'utf8')).toBe('50');
  });
});
