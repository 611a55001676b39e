import type { Field, Layout } from '@waybill/records';

/** How well the reference supports a width: D documented, N named only, H inferred by analogy, L inferred without much support. */
export type Evidence = 'D' | 'N' | 'H' | 'L';

/** What becomes of a value beside being written: a free text may be cut where an option says so, a secret is never shown. */
export type Mark = 'free' | 'secret';

export type FieldRow = readonly [name: string, width: number, evidence: Evidence, about: string, mark?: Mark];

/** A record as a table: its fields behind the version number. */
export interface RecordTable {
  readonly tag: string;
  /** What its version number always is. */
  readonly version: string;
  readonly rows: readonly FieldRow[];
  /** True: so little of it is documented that it ends early only where an option says so. */
  readonly sketchy?: boolean;
}

/** What an entry can choose about layouts. */
export interface Variant {
  /** Other widths than those of the tables, by `HDR010/NC_Fax`. */
  readonly widths: Readonly<Record<string, number>>;
  /** Whether free texts that are too long are cut when they are written. */
  readonly cuts: boolean;
  /** Whether records of which little is documented may end early. */
  readonly endsEarly: boolean;
}

export const versionField = ({ tag }: RecordTable): string => `NC_${tag}VersionNumber`;

/** Whether an option can give the field another width: it is inferred, or it takes no room unless somebody says how much. */
export function isOpen([, width, evidence]: FieldRow): boolean {
  return evidence !== 'D' || width === 0;
}

export function layoutOf(record: RecordTable, { widths, cuts }: Variant): Layout {
  const { tag, version, rows } = record;
  const fields = rows.flatMap(([name, width, evidence, description, mark]): readonly Field[] => {
    const length = widths[`${tag}/${name}`] ?? width;
    if (length === 0) return [];
    return [
      {
        name,
        length,
        evidence,
        description,
        ...(mark === 'secret' ? { secret: true } : {}),
        ...(mark === 'free' && cuts ? { truncate: true } : {}),
      },
    ];
  });
  return { name: tag, items: [{ name: versionField(record), length: 2, value: version, evidence: 'D' }, ...fields] };
}

/** How much of it there has to be: its documented beginning, if that is worth the name. Undefined: all of it. */
export function leastOf({ rows, sketchy = false }: RecordTable, { endsEarly }: Variant): number | undefined {
  if (sketchy && !endsEarly) return undefined;
  const end = rows.findIndex(([, , evidence]) => evidence !== 'D');
  return end < 0 ? undefined : rows.slice(0, end).reduce((sum, [, width]) => sum + width, 2);
}
