import { randomUUID } from 'node:crypto';
import { lstat, open, realpath, unlink } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { type Log, type TransportError } from '@waybill/contract';
import { makeFolder } from '@waybill/contract/system';
import { errors, failureOf } from './errors.ts';
import { errnoOf, syncFolder, undefinedWhenMissing } from './file-system.ts';
import type { FolderSettings } from './settings.ts';

/** The folder inside an endpoint's folder that holds claims, drafts and the notes of sent files. */
const hidden = '.waybill';

/** An open connection: a folder that exists. */
export class Folder {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly #create: boolean;
  readonly #log: Log;
  #isSyncable = true;

  private constructor(path: string, create: boolean, log: Log) {
    this.path = path;
    this.#create = create;
    this.#log = log;
  }

  /** Throws WB_FILE_NO_FOLDER, WB_FILE_NOT_ALLOWED. */
  static async open({ path, create }: FolderSettings, log: Log): Promise<Folder> {
    await provide(path, create);
    return new Folder(await realpath(path), create, log);
  }

  /** Writes a file, makes it durable and removes it. */
  async probe(): Promise<void> {
    const file = join(this.path, `.waybill-probe-${randomUUID()}`);
    try {
      const handle = await open(file, 'wx');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      await unlink(file);
    } catch (error) {
      throw failureOf(error, `write in the folder ${this.path}`);
    }
  }

  /** A folder in this one (or in `from`, which is in this one), made if need be. Throws WB_FILE_OUTSIDE. */
  async inner(name: string | undefined, from: string = this.path): Promise<string> {
    const wanted = join(from, name ?? '.');
    this.#refuseOutside(wanted, name);
    await provide(wanted, this.#create);
    const real = await realpath(wanted);
    this.#refuseOutside(real, name);
    return real;
  }

  /** A place for our own bookkeeping in `folder`. Always made. */
  async hidden(folder: string, purpose: string): Promise<string> {
    const path = join(folder, hidden, purpose);
    await provide(path, true);
    this.#refuseOutside(await realpath(path), hidden);
    return path;
  }

  /** Makes the names in `folder` durable where the file system can do that. Where it cannot, the log says so once. */
  async sync(folder: string): Promise<void> {
    if (!this.#isSyncable) return;
    this.#isSyncable = await syncFolder(folder);
    if (this.#isSyncable) return;
    this.#log.info(
      { folder },
      'the file system cannot make names durable: a file that was just written may be missing after a power failure',
    );
  }

  /** Whether the file system takes names in `folder` that differ only in case for one name. `hidden` was called for the folder before. */
  async ignoresCase(folder: string): Promise<boolean> {
    return (await lstat(join(folder, hidden.toUpperCase())).catch(undefinedWhenMissing)) !== undefined;
  }

  #refuseOutside(path: string, name: string | undefined): void {
    const way = relative(this.path, path);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
      throw errors.WB_FILE_OUTSIDE(`The folder "${name}" is outside the folder ${this.path} of its connection.`, { at: path });
    }
  }
}

async function provide(path: string, create: boolean): Promise<void> {
  try {
    if (create) makeFolder(path);
    const found = await lstat(await realpath(path));
    if (!found.isDirectory()) throw notAFolder(path);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') throw notAFolder(path, error);
    throw failureOf(error, `open the folder ${path}`);
  }
}

function notAFolder(path: string, cause?: unknown): TransportError {
  const hint = 'Name a folder, or move away what has its name.';
  return errors.WB_FILE_NO_FOLDER(`${path} is not a folder.`, { connectionLost: true, cause, hint });
}
