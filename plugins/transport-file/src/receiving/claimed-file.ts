import { createHash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { IncomingMessage, TransportError } from '@waybill/contract';
import { errors } from '../errors.ts';
import { errnoOf } from '../file-system.ts';

/**
 * What became of reading a claimed file:
 * - read: this is its message, possibly with a defect.
 * - unfinished: it changed while it was read, so somebody still writes it.
 * - gone: the claim was lost.
 */
export type Reading =
  | { readonly kind: 'read'; readonly message: IncomingMessage; readonly defect?: TransportError }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'gone' };

/** Never follows a link and never waits for the other end of a pipe. Windows knows neither flag. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const contentTypes: Readonly<Record<string, string>> = {
  '.xml': 'application/xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
};

/** Reads a claimed file, unless it is larger than `limit` bytes: then the delivery has a defect and no body. */
export async function readClaimed(path: string, name: string, limit: number): Promise<Reading> {
  let file: FileHandle;
  try {
    file = await open(path, flags);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return { kind: 'gone' };
    return unreadable(path, name, cause);
  }
  try {
    return await readOpen(file, name, limit);
  } catch (cause) {
    return await unreadable(path, name, cause);
  } finally {
    await file.close();
  }
}

async function readOpen(file: FileHandle, name: string, limit: number): Promise<Reading> {
  const before = await file.stat({ bigint: true });
  if (!before.isFile()) throw new Error('not a regular file');
  if (before.size > BigInt(limit)) return tooLarge(name, before, limit);
  const body = await readWhole(file, Number(before.size));
  const after = await file.stat({ bigint: true });
  if (body === undefined || after.size !== before.size || after.mtimeNs !== before.mtimeNs) return { kind: 'unfinished' };
  return { kind: 'read', message: messageOf(name, before, body) };
}

/** Undefined when the file ends earlier than it said. */
async function readWhole(file: FileHandle, size: number): Promise<Uint8Array | undefined> {
  const body = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await file.read(body, filled, size - filled, filled);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return body;
}

function messageOf(name: string, stat: BigIntStats, body: Uint8Array): IncomingMessage {
  return {
    id: idOf(name, stat, body),
    body,
    createdAt: Number(stat.mtimeNs / 1_000_000n),
    contentType: contentTypes[extname(name).toLowerCase()],
    properties: { 'file-name': name, 'file-modified': stat.mtime.toISOString() },
  };
}

/**
 * A file keeps its name, its number on the disk, its time of change and its bytes when it is claimed, given back or
 * found again after a crash; another file differs in at least one of them.
 */
function idOf(name: string, { ino, mtimeNs, size }: BigIntStats, body: Uint8Array): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, String(ino), String(mtimeNs), String(size)]))
    .update(body);
  return `file-${hash.digest('hex').slice(0, 40)}`;
}

function tooLarge(name: string, stat: BigIntStats, limit: number): Reading {
  const defect = errors.WB_FILE_TOO_LARGE(`The file ${name} has ${stat.size} bytes, and ${limit} are accepted.`, { at: name });
  return { kind: 'read', message: messageOf(name, stat, new Uint8Array(0)), defect };
}

async function unreadable(path: string, name: string, cause: unknown): Promise<Reading> {
  const defect = errors.WB_FILE_UNREADABLE(`The file ${name} cannot be read.`, { at: name, cause });
  return { kind: 'read', message: messageOf(name, await lstat(path, { bigint: true }), new Uint8Array(0)), defect };
}
