import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../errors.ts';

/** How long ago a file was last written, in milliseconds; undefined when there is none. */
export async function ageOf(path: string): Promise<number | undefined> {
  try {
    const { mtimeMs } = await lstat(path);
    return Date.now() - mtimeMs;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes the files of a folder that were last written more than `age` milliseconds ago. */
export async function removeOlder(folder: string, age: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (((await ageOf(path)) ?? 0) > age) await unlink(path).catch(ignoreMissing);
  }
}

/** Another sender on the folder may be removing the same. */
function ignoreMissing(error: unknown): void {
  if (errnoOf(error) !== 'ENOENT') throw error;
}
