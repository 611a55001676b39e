import { createHash } from 'node:crypto';
import type { About, Mailbox } from './mailbox.ts';

/** A mail as it came out of the mailbox. */
export interface FetchedMail {
  /** All of it, or the beginning of one that is too large. */
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
  /** In bytes, as the server says. */
  readonly size: number;
  readonly arrivedAt: number | undefined;
  /** Tells deliveries apart, also two of one mail: each has its own way through servers in its headers. */
  readonly digest: string;
}

/** How much is kept of a mail that is too large: more than any header block of good will. */
const beginning = 256 * 1024;

/** Fetches a mail of which the size is known. Undefined when it has gone meanwhile. */
export async function fetchMail(mailbox: Mailbox, uid: number, about: About, limit: number): Promise<FetchedMail | undefined> {
  const { size } = about;
  // A server may be wrong about the size of a mail, by its line ends: the bytes tell.
  const most = size > limit ? Math.min(limit, beginning) : limit + 1;
  const bytes = await mailbox.bytesOf(uid, most);
  if (!bytes) return undefined;
  if (size <= limit && bytes.length <= limit) return { ...about, bytes, isWhole: true, digest: digestOf(bytes) };
  const head = headOf(bytes.subarray(0, beginning));
  return { ...about, bytes: head, isWhole: false, digest: digestOf(head, String(size)) };
}

function digestOf(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 32);
}

/** The header block with the empty line behind it. */
function headOf(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends = ['\r\n\r\n', '\n\n'].flatMap((end) => (text.includes(end) ? [text.indexOf(end) + end.length] : []));
  // Copied: what is kept for people must not hold on to the rest.
  return Uint8Array.from(bytes.subarray(0, Math.min(bytes.length, ...ends)));
}
