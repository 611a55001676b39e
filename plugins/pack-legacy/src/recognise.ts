import type { MessageTypeRef, ReadableMessage } from '@waybill/contract';
import { TaggedFormat } from '@waybill/records';
import { errors } from './errors.ts';
import { prologLayout } from './layouts/message.ts';

const root = 'ECEDOC';
const head = { tag: root, tags: [prologLayout()] } as const;
/** How far into a message its beginning reaches: white space, two tags and 22 characters. */
const far = 4096;

/** `<ECEDOC>` and the white space before it, in ASCII and in EBCDIC: the same bytes in every code page. */
const ascii = { mark: [...Buffer.from(`<${root}>`)], white: [0x20, 0x09, 0x0a, 0x0d] };
const ebcdic = { mark: [0x4c, 0xc5, 0xc3, 0xc5, 0xc4, 0xd6, 0xc3, 0x6e], white: [0x40, 0x05, 0x15, 0x25, 0x0d] };
const byteOrderMark = [0xef, 0xbb, 0xbf];

const formats = new Map<string, TaggedFormat>();

/**
 * Type and version by the PROLOG (reference/legacy-messages.md, section 1.8). Undefined for what does not begin with `<ECEDOC>`. Throws a final
 * `MessageError`: `WB_LEGACY_UNKNOWN_MESSAGE` for a type or version that is not in `known`, `WB_LEGACY_WRONG_ENCODING`, or what is wrong with the PROLOG.
 */
export function recognise({ body, encoding }: ReadableMessage, known: ReadonlyMap<string, MessageTypeRef>): MessageTypeRef | undefined {
  const form = [ascii, ebcdic].find((each) => begins(body, each));
  if (form === undefined) return undefined;
  if (!isIn(form, encoding)) {
    const hint = `It stands in ${form === ascii ? 'ASCII or UTF-8' : 'EBCDIC'}; set "encoding" of the entry.`;
    throw errors.WB_LEGACY_WRONG_ENCODING(`The message begins with <${root}>, but not in ${encoding}.`, { hint });
  }
  const { PROLOG: { NC_MsgType = '', NC_MsgVersion = '' } = {} } = formatIn(encoding).head(body.subarray(0, far)) as {
    readonly PROLOG?: { readonly NC_MsgType?: string; readonly NC_MsgVersion?: string };
  };
  const found = known.get(`${NC_MsgType} ${NC_MsgVersion}`);
  if (found !== undefined) return found;
  const says = `There is no message "${NC_MsgType}" of version "${NC_MsgVersion}" among those of tagged segments.`;
  throw errors.WB_LEGACY_UNKNOWN_MESSAGE(says, { at: `${root}/PROLOG`, hint: `Known: ${[...known.keys()].join(', ')}.` });
}

interface Form {
  readonly mark: readonly number[];
  readonly white: readonly number[];
}

function begins(body: Uint8Array, { mark, white }: Form): boolean {
  let at = byteOrderMark.every((byte, index) => body[index] === byte) ? 3 : 0;
  while (at < far && at < body.length && white.includes(body[at] as number)) at += 1;
  return mark.every((byte, index) => body[at + index] === byte);
}

/** Whether text of this encoding begins in this form. That of UTF-16 does in none, and records refuse it. */
function isIn({ mark }: Form, encoding: string): boolean {
  if (encoding.startsWith('utf-16')) return false;
  const empty = formatIn(encoding).encode({ PROLOG: {} });
  return mark.every((byte, index) => empty[index] === byte);
}

function formatIn(encoding: string): TaggedFormat {
  const format = formats.get(encoding) ?? new TaggedFormat(head, { encoding, units: 'bytes' });
  formats.set(encoding, format);
  return format;
}
