import { lstatSync, readdirSync, type Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { onTestFinished } from 'vitest';

type FileSystem = typeof import('node:fs/promises');
type AnyStats = Stats & Record<string, unknown>;

/** What a file system lacks. Nothing is switched on by itself. */
export interface Poverty {
  /** Names that differ only in case, or in how accents are composed, are one name. */
  readonly ignoresCase?: boolean;
  /** The code with which hard links are refused. */
  readonly noLinks?: string;
  /** The code with which folders refuse to be synced, or already to be opened. */
  readonly noFolderSync?: { readonly at: 'open' | 'sync'; readonly errno: string };
  /** Files have no numbers, or another one each time somebody asks. */
  readonly numbers?: 'none' | 'changing';
  /** How fine times are, in seconds. */
  readonly coarse?: number;
  /** Why a file cannot be renamed at the moment; undefined when it can. */
  readonly refuses?: (from: string) => string | undefined;
  /** The folder cannot be written to. */
  readonly isReadOnly?: boolean;
  /** What lies in this folder lies on another disk. */
  readonly otherDisk?: string;
  /** What a listing of a folder shows. */
  readonly lists?: (folder: string, names: string[]) => string[] | Promise<string[]>;
  /** Hears of what is done: `sync`, `link`, `rename`, `unlink` and the names of the files. */
  readonly hears?: (what: string, ...names: readonly string[]) => void;
}

let lacks: Poverty = {};

/** Until the test ends, or as long as the test file runs when called outside of a test. */
export function lacking(poverty: Poverty): void {
  const before = lacks;
  lacks = { ...before, ...poverty };
  try {
    onTestFinished(() => {
      lacks = before;
    });
  } catch {
    // Outside of a test.
  }
}

/** The real file system without what it is to lack. For `vi.mock('node:fs/promises', …)`. */
export function poorFileSystem(real: FileSystem): object {
  const onPath = (name: 'unlink' | 'rmdir' | 'mkdir' | 'readFile' | 'writeFile' | 'appendFile' | 'utimes' | 'rm' | 'realpath') => {
    const act = real[name] as (path: string, ...rest: unknown[]) => Promise<unknown>;
    return (path: string, ...rest: unknown[]) => {
      lacks.hears?.(name, basename(path));
      return act(found(path), ...rest);
    };
  };
  const names = ['unlink', 'rmdir', 'mkdir', 'readFile', 'writeFile', 'appendFile', 'utimes', 'rm', 'realpath'] as const;
  const poor = {
    ...real,
    ...Object.fromEntries(names.map((name) => [name, onPath(name)])),
    lstat: statWith(real.lstat as never),
    stat: statWith(real.stat as never),
    ...moving(real),
    open: opening(real),
    readdir: listing(real),
    access: (path: string, mode?: number) => (lacks.isReadOnly ? refuse('EACCES', path) : real.access(found(path), mode)),
  };
  return { ...poor, default: poor };
}

function moving(real: FileSystem): object {
  return {
    link: async (from: string, to: string) => {
      // A name that is taken is told of before anything else.
      if (isThere(found(to))) return refuse('EEXIST', from);
      refuseOtherDisk(from, to);
      if (lacks.noLinks !== undefined) return refuse(lacks.noLinks, from);
      lacks.hears?.('link', basename(from), basename(to));
      return real.link(found(from), found(to));
    },
    rename: async (from: string, to: string) => {
      refuseOtherDisk(from, to);
      const errno = lacks.isReadOnly ? 'EACCES' : lacks.refuses?.(from);
      if (errno !== undefined) return refuse(errno, from);
      lacks.hears?.('rename', basename(from), basename(to));
      return real.rename(found(from), found(to));
    },
    copyFile: (from: string, to: string, mode?: number) => real.copyFile(found(from), found(to), mode),
  };
}

function opening(real: FileSystem) {
  return async (path: string, ...rest: never[]): Promise<FileHandle> => {
    const handle = await real.open(found(path), ...rest);
    const stat = handle.stat.bind(handle);
    const sync = handle.sync.bind(handle);
    const isFolder = (await stat()).isDirectory();
    if (isFolder && lacks.noFolderSync?.at === 'open') {
      await handle.close();
      return refuse(lacks.noFolderSync.errno, path);
    }
    return Object.assign(handle, {
      stat: async (options: never) => poorer((await stat(options)) as never, path),
      sync: async () => {
        if (isFolder && lacks.noFolderSync) return refuse(lacks.noFolderSync.errno, path);
        lacks.hears?.('sync', basename(path));
        return sync();
      },
    });
  };
}

/** Like one on a disk that does not tell the types of what it lists: who asks for them fails. */
function listing(real: FileSystem) {
  return async (path: string, options?: { readonly withFileTypes?: boolean }) => {
    if (options?.withFileTypes) return refuse('ENOENT', path);
    const names: string[] = await real.readdir(found(path), options as never);
    return lacks.lists ? lacks.lists(path, names) : names;
  };
}

function statWith(stat: (path: string, options?: object) => Promise<AnyStats>) {
  return async (path: string, options?: object) => poorer(await stat(found(path), options), path);
}

let asked = 0;

function poorer(stat: AnyStats, path: string): AnyStats {
  const big = (value: number) => (typeof stat.ino === 'bigint' ? BigInt(value) : value);
  const { numbers, coarse, otherDisk } = lacks;
  if (numbers !== undefined) Object.assign(stat, { ino: big(numbers === 'none' ? 0 : ++asked) });
  if (otherDisk !== undefined && path.startsWith(otherDisk + sep)) Object.assign(stat, { dev: big(4_711) });
  if (coarse === undefined) return stat;
  for (const time of ['mtime', 'ctime']) {
    const rounded = Math.floor(Number(stat[`${time}Ms`]) / 1_000 / coarse) * coarse * 1_000;
    Object.assign(stat, { [`${time}Ms`]: big(rounded), [time]: new Date(rounded) });
    if (`${time}Ns` in stat) Object.assign(stat, { [`${time}Ns`]: BigInt(rounded) * 1_000_000n });
  }
  return stat;
}

function refuseOtherDisk(from: string, to: string): void {
  const { otherDisk } = lacks;
  const isThere = (path: string): boolean => otherDisk !== undefined && path.startsWith(otherDisk + sep);
  if (isThere(from) !== isThere(to)) throw failure('EXDEV', from);
}

/** The path as the file system has it, where it ignores case. */
function found(path: string): string {
  if (!lacks.ignoresCase || isThere(path)) return path;
  const parent = dirname(path);
  if (parent === path) return path;
  const folder = found(parent);
  const key = keyOf(basename(path));
  return join(folder, namesIn(folder).find((name) => keyOf(name) === key) ?? basename(path));
}

const keyOf = (name: string): string => name.normalize('NFC').toLowerCase();

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function refuse(errno: string, path: string): Promise<never> {
  return Promise.reject(failure(errno, path));
}

function failure(errno: string, path: string): Error {
  return Object.assign(new Error(`${errno}: ${path}`), { code: errno });
}
