import { type Settings, settings, Type } from '@waybill/contract';
import { recordReadingOptions } from '@waybill/records';
import type { MessageTable } from './layouts/message.ts';
import { isOpen, type RecordTable } from './layouts/record.ts';
import { tables } from './tables.ts';

const evidence = { D: 'without a width in the reference', N: 'named in the reference', H: 'inferred', L: 'inferred, weakly' } as const;

const word = <const Words extends readonly string[]>(words: Words, preset: Words[number], description: string) =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: words, description, default: preset });

/** A setting for each field of these messages whose width the reference does not document, by `CustomerNew@01/HDR010/NC_Fax`. */
const widthsOf = (messages: readonly string[]) => ({
  ...settings(
    Object.fromEntries(messages.flatMap((name) => recordsOf(tables[name] as MessageTable).flatMap((record) => ownWidths(name, record)))),
  ),
  description: 'Widths that the reference does not document, as the partner has them.',
  default: {},
});

function recordsOf({ headers, items }: MessageTable): readonly RecordTable[] {
  return [...headers, ...(items === undefined ? [] : [items.record])];
}

function ownWidths(name: string, record: RecordTable) {
  return record.rows.filter(isOpen).map((row) => {
    const [field, width, mark] = row;
    const description = `Width of ${field}; default ${width}, ${evidence[mark]}.`;
    return [`${name}/${record.tag}/${field}`, Type.Optional(Type.Integer({ description, minimum: 1, maximum: 4000 }))] as const;
  });
}

/** What an inbound entry can choose for reading: `"packs": { "legacy": { … } }`. */
export const options = settings({
  ...recordReadingOptions,
  endsEarly: Type.Boolean({
    description:
      'Whether the records of which the reference documents little (HDR010 of CustomerUpdate, ITM010 of OrderStatusUpdate 01) may end behind any field, too. All others may end behind any field that is not documented.',
    default: false,
  }),
  customerStore: Type.Boolean({
    description: 'Whether NC_MerchantRefNumber of a customer is the store. False: it means nothing, and is kept beside the input.',
    default: false,
  }),
  widths: widthsOf(Object.keys(tables)),
});

/** By `CustomerNew@01/HDR010/NC_Fax`. */
type Widths = Readonly<Record<string, number>>;

export interface Options extends Omit<Settings<typeof options>, 'widths'> {
  readonly widths: Widths;
}

const encodings =
  'utf-8 us-ascii iso-8859-1 iso-8859-2 iso-8859-9 iso-8859-15 windows-1250 windows-1252 cp850 cp858 ' +
  'cp037 cp273 cp277 cp278 cp280 cp284 cp285 cp297 cp500 cp870 cp871 cp1026 cp1047 ' +
  'cp1140 cp1141 cp1142 cp1143 cp1144 cp1145 cp1146 cp1147 cp1148 cp1149';

/** What an outbound entry can choose for writing. Only orders are sent, so that no other width means anything there. */
export const writing = settings({
  encoding: word(
    encodings.split(' '),
    'utf-8',
    'In which encoding messages are written. A character that it does not have is refused, and nothing is written.',
  ),
  units: recordReadingOptions.units,
  truncate: Type.Boolean({
    description:
      'Whether free texts (names, addresses, descriptions) that are too long are cut; the property `legacyTruncated` of the message names the fields. Ids, codes, numbers, secrets and user data are never cut. False: the message is refused.',
    default: false,
  }),
  widths: widthsOf(['OrderCreate@01']),
});

export interface Writing extends Omit<Settings<typeof writing>, 'widths'> {
  readonly widths: Widths;
  /** As in `Options`, where a tool writes a customer for somebody's inbound entry. Default false. */
  readonly customerStore?: boolean;
}
