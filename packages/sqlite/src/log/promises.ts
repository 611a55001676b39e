import { closeSync, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { FileFault } from '../fault.ts';

/** A place for each of the processes that use the file at a time; two of them in one place are no harm, since both only count up. */
const places = 16;
const placeSize = 32;

/** SQL by which a file tells of its promises. */
export interface PromiseFormat {
  /** Answers `file`, 32 hexadecimal digits that name the file, and `count`. Changes nothing. */
  readonly read: string;
  /** Adds one to the count and answers it as `count`. */
  readonly add: string;
}

/**
 * How many steps the file has promised to keep, counted in the file and, after each commit, in a second one beside it. SQLite cannot tell
 * a log that lost its end from one that ends there. The file that has fewer promises than were told has lost some.
 */
export class Promises {
  readonly #add: StatementSync;
  readonly #changes: StatementSync;
  readonly #place: Buffer = Buffer.alloc(placeSize);
  readonly #file: number;
  readonly #at: number;
  #seen: number | undefined;
  #count: number | undefined;

  constructor(database: DatabaseSync, path: string, { read, add }: PromiseFormat, uuid: string) {
    this.#add = database.prepare(add);
    this.#changes = database.prepare('SELECT total_changes() AS n');
    this.#place.write(String(database.prepare(read).get()?.['file']), 0, 16, 'hex');
    this.#file = openPlaces(promisesPath(path));
    this.#at = (crc32(uuid) % places) * placeSize;
  }

  /** Counts the transaction that ends now, where it has changed anything. */
  count(): void {
    const changes = Number(this.#changes.get()?.['n']);
    this.#count = changes === this.#seen ? undefined : Number(this.#add.get()?.['count']);
    // The count is a change as well.
    this.#seen = this.#count === undefined ? changes : changes + 1;
  }

  /** The transaction is on the disk; nobody has been told yet. Not synced: after a loss of power this file may say too little, never too much. */
  note(): void {
    if (this.#count === undefined) return;
    this.#place.writeUIntLE(this.#count, 16, 6);
    this.#place.writeUInt32LE(crc32(this.#place.subarray(0, 24)), 24);
    writeSync(this.#file, this.#place, 0, placeSize, this.#at);
    this.#count = undefined;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** All places are written once: later, the disk may be full. */
function openPlaces(path: string): number {
  try {
    closeSync(openSync(path, 'a', 0o600));
    const file = openSync(path, 'r+');
    const { size } = fstatSync(file);
    if (size < places * placeSize) writeSync(file, Buffer.alloc(places * placeSize - size), 0, undefined, size);
    return file;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FileFault(code === 'ENOSPC' ? 'full' : 'io', message);
  }
}

/** How many promises of this file were told; 0 when nothing is known of it. */
export function toldPromises(path: string, file: string): number {
  let bytes: Buffer;
  try {
    bytes = readFileSync(promisesPath(path));
  } catch {
    return 0;
  }
  let most = 0;
  for (let at = 0; at + placeSize <= bytes.length; at += placeSize) {
    const place = bytes.subarray(at, at + placeSize);
    const isWhole = place.readUInt32LE(24) === crc32(place.subarray(0, 24));
    if (isWhole && place.toString('hex', 0, 16) === file) most = Math.max(most, Number(place.readBigUInt64LE(16)));
  }
  return most;
}

/** How many promises the file lacks that were told. */
export function lostPromises(database: DatabaseSync, path: string, { read }: PromiseFormat): number {
  const promises = database.prepare(read);
  const told = toldPromises(path, String(promises.get()?.['file']));
  // Read after what was told: another process may be promising more at this moment.
  return told === 0 ? 0 : Math.max(0, told - Number(promises.get()?.['count']));
}

export function promisesPath(path: string): string {
  return `${path}-told`;
}
