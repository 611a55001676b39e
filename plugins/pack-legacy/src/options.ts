import { type Settings, settings, Type } from '@waybill/contract';
import { recordReadingOptions } from '@waybill/records';
import type { MessageTable } from './layouts/message.ts';
import { isOpen, type RecordTable } from './layouts/record.ts';
import { tables } from './tables.ts';

const evidence = { D: 'without a width in the reference', N: 'named in the reference', H: 'inferred', L: 'inferred, weakly' } as const;

/** A setting for each field whose width the reference does not document, by `CustomerNew@01/HDR010/NC_Fax`. */
const widths = settings(
  Object.fromEntries(
    Object.entries(tables).flatMap(([name, table]) =>
      recordsOf(table).flatMap((record) =>
        record.rows.filter(isOpen).map((row) => {
          const [field, width, mark] = row;
          const description = `Width of ${field}; default ${width}, ${evidence[mark]}.`;
          return [`${name}/${record.tag}/${field}`, Type.Optional(Type.Integer({ description, minimum: 1, maximum: 4000 }))] as const;
        }),
      ),
    ),
  ),
);

function recordsOf({ headers, items }: MessageTable): readonly RecordTable[] {
  return [...headers, ...(items === undefined ? [] : [items.record])];
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
  widths: { ...widths, description: 'Widths that the reference does not document, as the partner has them.', default: {} },
});
export interface Options extends Omit<Settings<typeof options>, 'widths'> {
  /** By `CustomerNew@01/HDR010/NC_Fax`. */
  readonly widths: Readonly<Record<string, number>>;
}
