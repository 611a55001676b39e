import type { WaybillError } from '@waybill/contract/errors';

/** A field of a header block. Fields of one name are all kept, in their order. */
export interface Field {
  /** In lower case. */
  readonly name: string;
  /** As it was written, unfolded. Bytes outside ASCII are read as UTF-8 where they are that, else as Latin-1. */
  readonly value: string;
  /** For people: encoded words (RFC 2047) are read, control characters are blanks. */
  readonly text: string;
}

/**
 * What is odd about a part.
 *
 * - cut-short: the mail ends within it; nobody knows what is missing.
 * - cut-encoding: base64 or quoted-printable that ends within a group.
 * - after-end: base64 goes on after its padding, and what follows was left out; or a multipart goes on after its end, and its parts are there.
 * - unknown-encoding: a transfer encoding that nobody defines; the bytes are as they came.
 * - no-boundary, no-parts: a multipart that names no boundary, or in which none of its parts begins.
 * - not-read: a limit was met in it or before it, or it is an attached mail within too many others.
 * - not-closed: a multipart without its closing boundary. What stands in it is whole, but for a part that is `cut-short`.
 * - junk: characters in an encoded part that mean nothing, and were left out or taken as they are.
 * - no-empty-line: the header block ends at a line that is none of it.
 */
export type Mark =
  | 'cut-short'
  | 'cut-encoding'
  | 'after-end'
  | 'unknown-encoding'
  | 'no-boundary'
  | 'no-parts'
  | 'not-read'
  | 'not-closed'
  | 'junk'
  | 'no-empty-line';

/** A part of a mail, or the mail itself. */
export interface Part {
  /** Its place as IMAP numbers it, `2.1`; of a mail that is a multipart, empty. */
  readonly path: string;
  readonly fields: readonly Field[];
  /** In lower case, `text/plain`. What names none has it from its place. */
  readonly type: string;
  /** Of the content type: names in lower case, RFC 2231 read. */
  readonly parameters: ReadonlyMap<string, string>;
  /** In lower case: `attachment`, `inline`, or something else; undefined where it is not told. */
  readonly disposition: string | undefined;
  /** A name for people, made harmless: it has no folder and no control characters. Never open a file by it all the same. */
  readonly fileName: string | undefined;
  /** As it is stated, in lower case. It may be untrue. */
  readonly charset: string | undefined;
  /** The content with its transfer encoding undone, and not a byte else changed. Empty of a multipart that has parts. */
  readonly bytes: Uint8Array;
  /** Of a multipart. */
  readonly parts: readonly Part[];
  /** Of an attached mail (message/rfc822, message/global) that could be read. */
  readonly mail: Part | undefined;
  readonly marks: readonly Mark[];
}

/** A mail that was read. */
export interface MailTree extends Part {
  /** The whole mail as it came. */
  readonly raw: Uint8Array;
  /** A limit that the mail is over. What stands before that place was read. */
  readonly defect: WaybillError | undefined;
}

/** What a mail may cost. */
export interface ReadLimits {
  /** Of the whole mail, in bytes. Of a larger one only the header block is read. Default: 50 MB. */
  readonly total?: number | undefined;
  /** Of all header blocks together, in bytes. Default: 4 MB. */
  readonly headers?: number | undefined;
  /** How many parts, those of attached mails included. Default: 10,000. */
  readonly parts?: number | undefined;
  /** How many multiparts and attached mails may stand within each other. Default: 100. */
  readonly depth?: number | undefined;
}

/** The first field of a name. */
export function fieldOf(part: Part, name: string): Field | undefined {
  return part.fields.find((field) => field.name === name);
}

/** All fields of a name, in their order. */
export function fieldsOf(part: Part, name: string): readonly Field[] {
  return part.fields.filter((field) => field.name === name);
}

/** The parts of one mail in their order, itself included. Those of attached mails are not among them. */
export function partsOf(part: Part): readonly Part[] {
  return [part, ...part.parts.flatMap(partsOf)];
}
