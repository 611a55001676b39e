import { createHash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { IncomingMessage, TransportError } from '@waybill/contract';
import { errors } from '../../errors.ts';
import { errnoOf } from '../../file-system.ts';
import type { Room } from '../room.ts';
import type { Claim } from './claim.ts';

/** What a file was like when it was read whole. */
export interface AsRead {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/**
 * What became of reading a claimed file:
 * - read: this is its message, with what the file was like.
 * - defective: it was not read, or not whole; its message has no body.
 * - unfinished: it changed while it was read, so somebody still writes it.
 * - gone: the claim was lost.
 */
export type Reading =
  | { readonly kind: 'read'; readonly message: IncomingMessage; readonly asRead: AsRead }
  | { readonly kind: 'defective'; readonly message: IncomingMessage; readonly defect: TransportError }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'gone' };

/** Never follows a link and never waits for the other end of a pipe. Windows knows neither flag. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Times that are whole hundredths of a second come from a disk that keeps no finer ones, or from somebody who set them. */
const coarse = 10_000_000n;

const contentTypes: Readonly<Record<string, string>> = {
  '.xml': 'application/xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
};

export interface ReadingOptions {
  /** The most bytes that are read. */
  readonly limit: number;
  /** Where the bytes of the claim find room before they are read; whoever reads makes it free again. */
  readonly room: Room;
}

/** Reads the file of a claim at `path`, unless it is larger than `limit` bytes. */
export async function readClaimed(path: string, claim: Claim, options: ReadingOptions): Promise<Reading> {
  let file: FileHandle;
  try {
    file = await open(path, flags);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return { kind: 'gone' };
    return unreadable(path, claim, cause);
  }
  try {
    return await readOpen(file, claim, options);
  } catch (cause) {
    return await unreadable(path, claim, cause);
  } finally {
    await file.close();
  }
}

/**
 * Whether the file at `path` still is what was read. Its size and times decide, and where they differ or are too coarse its
 * bytes: the times that some network drives tell change by themselves. Throws ENOENT when the file is gone.
 */
export async function isAsRead(path: string, claim: Claim, asRead: AsRead, id: string | undefined): Promise<boolean> {
  const { size, mtimeNs, ctimeNs } = await lstat(path, { bigint: true });
  if (size !== asRead.size) return false;
  if (mtimeNs === asRead.mtimeNs && ctimeNs === asRead.ctimeNs && mtimeNs % coarse !== 0n) return true;
  const file = await open(path, flags);
  try {
    const body = await readWhole(file, Number(size));
    return body !== undefined && idOf(claim, body) === id;
  } finally {
    await file.close();
  }
}

async function readOpen(file: FileHandle, claim: Claim, { limit, room }: ReadingOptions): Promise<Reading> {
  const found = await file.stat({ bigint: true });
  if (!found.isFile()) throw new Error('not a regular file');
  if (found.size > BigInt(limit)) return tooLarge(claim, found, limit);
  await room.enter(claim, Number(found.size));
  const before = await file.stat({ bigint: true });
  if (before.size !== found.size) return { kind: 'unfinished' };
  const body = await readWhole(file, Number(before.size));
  const after = await file.stat({ bigint: true });
  if (body === undefined || after.size !== before.size || after.mtimeNs !== before.mtimeNs) return { kind: 'unfinished' };
  return { kind: 'read', message: messageOf(claim, before, body), asRead: after };
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

function messageOf(claim: Claim, stat: BigIntStats, body: Uint8Array): IncomingMessage {
  return {
    id: idOf(claim, body),
    body,
    createdAt: Number(stat.mtimeNs / 1_000_000n),
    contentType: contentTypes[extname(claim.name).toLowerCase()],
    properties: { 'file-name': claim.name, 'file-modified': stat.mtime.toISOString() },
  };
}

/**
 * A message is the bytes that were found under a claim. The claim lasts until the file is settled, over crashes and from one
 * listener to the next; whatever is dropped later gets a claim of its own, even with the same name, times and bytes. And a file
 * that was written to while it waited for its next attempt is another message.
 */
function idOf({ token }: Claim, body: Uint8Array): string {
  return `file-${createHash('sha256').update(`${token}\n`).update(body).digest('hex').slice(0, 40)}`;
}

function tooLarge(claim: Claim, stat: BigIntStats, limit: number): Reading {
  const { name } = claim;
  const defect = errors.WB_FILE_TOO_LARGE(`The file ${name} has ${stat.size} bytes, and ${limit} are accepted.`, { at: name });
  return { kind: 'defective', message: messageOf(claim, stat, new Uint8Array(0)), defect };
}

async function unreadable(path: string, claim: Claim, cause: unknown): Promise<Reading> {
  const { name } = claim;
  const defect = errors.WB_FILE_UNREADABLE(`The file ${name} cannot be read.`, { at: name, cause });
  return { kind: 'defective', message: messageOf(claim, await lstat(path, { bigint: true }), new Uint8Array(0)), defect };
}
