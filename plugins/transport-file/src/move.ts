import { link, lstat, rename, unlink } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { errnoOf } from './errors.ts';

/** File systems without hard links say so in one of these ways. */
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
  try {
    const { dev, ino } = await lstat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
