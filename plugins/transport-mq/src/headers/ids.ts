import { createHash } from 'node:crypto';

/** Ids of messages have so many bytes in MQ. */
export const idLength = 24;

/** Stands before a UUID, so that it can be told from the ids that queue managers make. */
const mark = Buffer.from('WAYBILL\0', 'latin1');
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hexadecimal = /^[0-9a-f]{48}$/;

/**
 * The id of a message as MQ has it. A UUID, as our ids are, and 48 hexadecimal digits can be turned back by `textOfId`; of any
 * other text these are the first bytes of its digest, and the text has to travel beside them.
 */
export function idOfText(text: string): Buffer {
  if (uuid.test(text)) return Buffer.concat([mark, Buffer.from(text.replaceAll('-', ''), 'hex')]);
  if (hexadecimal.test(text)) return Buffer.from(text, 'hex');
  return createHash('sha256').update(text).digest().subarray(0, idLength);
}

/** An id of MQ as text; undefined where it is empty. */
export function textOfId(id: Buffer): string | undefined {
  if (id.every((byte) => byte === 0)) return undefined;
  const digits = id.toString('hex');
  if (!id.subarray(0, mark.length).equals(mark)) return digits;
  return digits.slice(2 * mark.length).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The text of an id, where one travels beside it and is the right one. */
export function textOfIdBeside(id: Buffer, beside: string | undefined): string | undefined {
  return beside !== undefined && idOfText(beside).equals(id) ? beside : textOfId(id);
}

/** Whether the text has to travel beside the id. */
export function isLost(text: string): boolean {
  return textOfId(idOfText(text)) !== text;
}
