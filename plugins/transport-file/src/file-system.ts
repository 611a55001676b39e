import { link, lstat, open, readdir, rename, unlink } from 'node:fs/promises';
import { join, parse } from 'node:path';

/** The codes with which file systems say that they have no hard links. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Gives `file` another name unless that is taken. Answers whether it did. Where the file system has no hard links,
 * two processes that do this for the same name in the same instant could both succeed.
 */
export async function moveUnlessTaken(file: string, to: string): Promise<boolean> {
  const placed = await linkUnlessTaken(file, to);
  switch (placed) {
    case 'taken':
      return false;
    case 'linked':
      await unlink(file);
      return true;
    case 'unsupported':
      if (await exists(to)) return false;
      await rename(file, to);
      return true;
  }
}

async function linkUnlessTaken(file: string, to: string): Promise<'linked' | 'taken' | 'unsupported'> {
  try {
    await link(file, to);
    return 'linked';
  } catch (error) {
    const errno = errnoOf(error) ?? '';
    if (errno === 'EEXIST') return (await isSameFile(file, to)) ? 'linked' : 'taken';
    if (noLinks.has(errno)) return 'unsupported';
    throw error;
  }
}

/** Gives `file` a name in `folder`: its own, or one with a number when that is taken. Answers with the name. */
export async function moveInto(file: string, folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${stem}~${number}${ext}`;
    if (await moveUnlessTaken(file, join(folder, free))) return free;
  }
}

/** After a crash between linking and unlinking a file has both names. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([identityOf(one), identityOf(other)]);
  return a !== undefined && a === b;
}

async function exists(path: string): Promise<boolean> {
  return (await identityOf(path)) !== undefined;
}

/** Undefined when there is no such file. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await lstat(path, { bigint: true }).catch(undefinedWhenMissing);
  return found && `${found.dev}:${found.ino}`;
}

/** How long ago a file was last written, in milliseconds; undefined when there is none. */
export async function ageOf(path: string): Promise<number | undefined> {
  const found = await lstat(path).catch(undefinedWhenMissing);
  return found && Date.now() - found.mtimeMs;
}

/** Removes the files of a folder that were last written more than `age` milliseconds ago. */
export async function removeOlder(folder: string, age: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // Another sender on the folder may be removing the same file.
    if (((await ageOf(path)) ?? 0) > age) await unlink(path).catch(undefinedWhenMissing);
  }
}

/** Makes the names in a folder durable. Windows cannot open folders, and needs no such thing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
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
