import type { Content } from '../content/content.ts';
import { type RecordErrorCode, recordErrors } from '../errors.ts';
import type { Misfit } from '../misfit.ts';
import type { FieldNode } from './nodes.ts';
import { pathOf, type RecordItem } from './record-item.ts';

/** Where in a record or message a walk is. */
export interface Where {
  /** The occurrence of each repeated item around the place, the outermost first, from 0. */
  readonly indices: readonly number[];
  /** The number of the record, from 0, where there may be several. */
  readonly record: number | undefined;
  /** Of a place in the input: offset and its unit. Undefined when something is written. */
  readonly offset?: number | undefined;
  readonly unit?: 'byte' | 'character' | undefined;
}

export function recordFault(code: RecordErrorCode, item: RecordItem, says: string, where: Where, hint?: string): Error {
  const place = where.offset === undefined ? [] : [`${where.unit} ${where.offset}`];
  const path = pathOf(item, where.indices, where.record);
  return recordErrors[code](says, { at: [...(path === '' ? [] : [path]), ...place].join(', '), hint });
}

/** What a field held, for the message of an error: its text, or the bytes of a number that is no text. */
export function shown(node: FieldNode, content: Content, from: number, to: number): string {
  if (node.secret || to <= from) return '';
  if (node.form.isBinary && content.bytes !== undefined)
    return `, ${Buffer.from(content.bytes.subarray(from, Math.min(to, from + 20))).toString('hex')} in hex,`;
  const text = content.text(from, to);
  return typeof text === 'string' ? quoted(text) : '';
}

const longest = 40;

export function quoted(text: string): string {
  const characters = Array.from(text.trimEnd().slice(0, longest + 1));
  if (characters.length === 0) return '';
  const cut = characters.length > longest ? `${characters.slice(0, longest).join('')}…` : characters.join('');
  // A terminal would obey control characters, of which EBCDIC has more than JSON escapes.
  return `, ${JSON.stringify(cut.toWellFormed()).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, '?')},`;
}

/** What is wrong with a field, without anything that it holds where that is secret. */
export function clauseOf({ code, says }: Misfit, secret: boolean): string {
  return secret && code === 'WB_RECORD_UNENCODABLE' ? 'cannot hold one of its characters' : says;
}
