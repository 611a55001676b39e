import type { Tag, TagSegment } from '@waybill/records';
import { layoutOf, leastOf, type RecordTable, type Variant } from './record.ts';

// Tags and their order: reference/legacy-messages.md, section 1.1.

/** A message as its records. */
export interface MessageTable {
  /** What PROLOG says: `ON` and `01`. */
  readonly type: string;
  readonly version: string;
  readonly headers: readonly RecordTable[];
  /** Whether the header has user data. */
  readonly userData: boolean;
  /** The record of an item, each with user data of its own. */
  readonly items?: { readonly record: RecordTable; readonly min: 0 | 1; readonly max: number };
}

/** Names of user data are cut by nobody: a longer one is refused. */
export const userDataWidths = { name: 8, length: 10, value: 1_000_000 } as const;
/** How many fields of user data a list may have. */
const mostUserData = 9999;

export const prologLayout = (type?: string, version?: string): TagSegment => ({
  tag: 'PROLOG',
  layout: {
    name: 'PROLOG',
    items: [
      { name: 'NC_MsgType', length: 10, ...(type === undefined ? {} : { value: type }) },
      { name: 'NC_MsgVersion', length: 2, ...(version === undefined ? {} : { value: version }) },
      ...(type === undefined ? [{ filler: 10 }] : [{ name: 'NC_RESERVED', length: 10, value: '' }]),
    ],
  },
});

const users: Tag = {
  tag: 'USRLST',
  min: 0,
  tags: [
    {
      tag: 'DATUSR',
      min: 0,
      max: mostUserData,
      layout: {
        name: 'DATUSR',
        items: [
          { name: 'NC_FieldName', length: userDataWidths.name },
          { name: 'NC_FieldLength', type: 'number', length: userDataWidths.length },
          { name: 'NC_FieldValue', length: { in: 'NC_FieldLength', max: userDataWidths.value } },
        ],
      },
    },
  ],
};

function segment(record: RecordTable, variant: Variant): TagSegment {
  const least = leastOf(record, variant);
  return { tag: record.tag, layout: layoutOf(record, variant), ...(least === undefined ? {} : { least }) };
}

export function tagOf({ type, version, headers, userData, items }: MessageTable, variant: Variant): Tag {
  const header = { tag: 'HEADER', tags: [...headers.map((each) => segment(each, variant)), ...(userData ? [users] : [])] };
  const list = items && {
    tag: 'ITMLST',
    min: items.min,
    tags: [{ tag: 'ITMDAT', min: items.min, max: items.max, tags: [segment(items.record, variant), users] }],
  };
  return { tag: 'ECEDOC', tags: [prologLayout(type, version), header, ...(list === undefined ? [] : [list])] };
}
