import { lstat, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/**
 * The codes with which file systems say that they cannot make the names in a folder durable, or cannot open a folder at all:
 * some network and FUSE drives, and Windows, which needs no such thing. A fault of the disk has another code.
 */
const cannotSync = new Set(['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF', 'EISDIR', 'EACCES', 'EPERM']);

/** Makes the names in a folder durable. Answers whether the file system can do that. */
export async function syncFolder(path: string): Promise<boolean> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
    return true;
  } catch (error) {
    if (cannotSync.has(errnoOf(error) ?? '')) return false;
    throw error;
  }
}

/** Removes the files of a folder that were last written more than `age` milliseconds ago. */
export async function removeOlder(folder: string, age: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await lstat(path).catch(undefinedWhenMissing);
    // Another sender on the folder may be removing the same file.
    if (found && Date.now() - found.mtimeMs > age) await unlink(path).catch(undefinedWhenMissing);
  }
}

/** Compares the file at a path with the bytes that should be there. A file of another size is not read. */
export async function compareWith(path: string, body: Uint8Array): Promise<'same' | 'other' | 'gone'> {
  try {
    const stat = await lstat(path);
    if (!stat.isFile() || stat.size !== body.length) return 'other';
    return (await readFile(path)).equals(body) ? 'same' : 'other';
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 'gone';
    throw error;
  }
}

/** The codes with which one file cannot be renamed or removed although the others of its folder can: it is open elsewhere, or somebody else's. */
const ofOneFile = new Set(['EACCES', 'EPERM', 'EBUSY', 'ETXTBSY']);

/** Whether a failure to rename or to remove is that of one file, and may pass. */
export function isRefused(error: unknown): boolean {
  return ofOneFile.has(errnoOf(error) ?? '');
}

/** Repeats what is refused for one file, for three seconds: programs that look at every new file have it open for moments. */
export async function patiently<Value>(act: () => Promise<Value>): Promise<Value> {
  for (let wait = 50; ; wait *= 2) {
    try {
      return await act();
    } catch (error) {
      if (!isRefused(error) || wait > 1_600) throw error;
    }
    await setTimeout(wait);
  }
}

/** For `catch`: a file that is not there, or not any more, is undefined. Throws every other error. */
export function undefinedWhenMissing(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}

/** `ENOENT` and the like; undefined for anything that is not an error of the operating system. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
