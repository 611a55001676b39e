import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, lstat, open, readFile, rename, unlink, utimes } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { compareWith, errnoOf, syncFolder, undefinedWhenMissing } from './file-system.ts';

/**
 * The codes of `link` that tell of the names or of the disk. Every other one means that there are no hard links here: file
 * systems say so in many ways, of which EPERM, ENOTSUP, EACCES, EXDEV, EINVAL and (Windows on FAT) EISDIR were seen.
 */
const faults = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'ESTALE']);

/** How far apart the times of a file and its copy may be, in milliseconds: FAT keeps even seconds only. */
const coarsest = 2_000;

/**
 * Gives `file` another name on the same disk unless that is taken. Answers whether it did. Nobody sees the name before the file is
 * there. Where the file system has no hard links, two processes that do this for the same name in the same instant could both succeed.
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
      if (await isThere(to)) return false;
      await rename(file, to);
      return true;
  }
}

/**
 * Gives `file` a name in `folder`: its own, or one with a number when that is taken. Answers with the name. A folder on another
 * disk gets a copy, which is durable before the file is removed. No file there is ever replaced, whoever moves files at the same time.
 */
export async function moveInto(file: string, folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${stem}~${number}${ext}`;
    if (await moveTo(file, join(folder, free))) return free;
  }
}

async function moveTo(file: string, to: string): Promise<boolean> {
  const placed = await linkUnlessTaken(file, to);
  switch (placed) {
    case 'taken':
      return removeWhenCopied(file, to);
    case 'linked':
      await unlink(file);
      return true;
    case 'unsupported':
      return (await reserve(to)) ? replace(file, to) : removeWhenCopied(file, to);
  }
}

async function linkUnlessTaken(file: string, to: string): Promise<'linked' | 'taken' | 'unsupported'> {
  try {
    await link(file, to);
    return 'linked';
  } catch (error) {
    const errno = errnoOf(error) ?? '';
    if (errno === 'EEXIST') return (await areOneFile(file, to)) ? 'linked' : 'taken';
    if (faults.has(errno)) throw error;
    return 'unsupported';
  }
}

/** Takes a name that is free, with an empty file: only one can do that, with or without hard links. */
async function reserve(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.close();
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Puts a file in the place of the empty one that keeps its name. When that fails, the name is free again and the file where it was. */
async function replace(file: string, to: string): Promise<true> {
  try {
    if (!(await renameOnOneDisk(file, to))) await copyToOtherDisk(file, to);
    return true;
  } catch (error) {
    await unlink(to).catch(undefinedWhenMissing);
    throw error;
  }
}

/** Answers false when the names are on two disks. */
async function renameOnOneDisk(file: string, to: string): Promise<boolean> {
  try {
    await rename(file, to);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EXDEV') return false;
    throw error;
  }
}

/** After a crash between copying a file to another disk and removing it, both are there. */
async function removeWhenCopied(file: string, to: string): Promise<boolean> {
  const [from, copy] = await Promise.all([lstat(file), lstat(to)]);
  if (from.dev === copy.dev || Math.abs(from.mtimeMs - copy.mtimeMs) > coarsest) return false;
  if ((await compareWith(to, await readFile(file))) !== 'same') return false;
  await unlink(file);
  return true;
}

/** Moves a file to another disk: a copy that is whole and durable, then its name, then the file goes. */
async function copyToOtherDisk(file: string, to: string): Promise<void> {
  const draft = join(dirname(to), `.waybill-${randomUUID()}`);
  try {
    await copyFile(file, draft, constants.COPYFILE_EXCL);
    const { atime, mtime } = await lstat(file);
    await utimes(draft, atime, mtime);
    await syncFile(draft);
    await rename(draft, to);
  } finally {
    await unlink(draft).catch(undefinedWhenMissing);
  }
  await syncFolder(dirname(to));
  await unlink(file);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * After a crash between linking and unlinking a file has both names. Not every file system numbers its files (some network
 * drives say 0 for all of them), so the number alone proves nothing: the file is counted as having two names, too, and both
 * names have the same bytes.
 */
async function areOneFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => lstat(path, { bigint: true }).catch(undefinedWhenMissing)));
  if (!a?.isFile() || !b?.isFile()) return false;
  if (a.ino === 0n || a.ino !== b.ino || a.dev !== b.dev || a.nlink < 2n || a.size !== b.size) return false;
  return (await compareWith(other, await readFile(one))) === 'same';
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(undefinedWhenMissing)) !== undefined;
}
