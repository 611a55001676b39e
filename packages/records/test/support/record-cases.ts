import { readFileSync } from 'node:fs';
import {
  type CopybookOptions,
  type Layout,
  layoutFromCopybook,
  RecordFormat,
  type RecordFormatOptions,
  type RecordValues,
} from '../../src/index.ts';

/** A case of `fixtures/records.json`: a layout or copybook, and what it makes of bytes and values. */
export interface RecordCase {
  readonly id: string;
  /** standard: COBOL, the code page or honesty demand it. policy: somebody could decide otherwise; this is what we decided. */
  readonly rule: 'standard' | 'policy';
  readonly why: string;
  readonly copybook?: readonly string[];
  readonly copybookOptions?: CopybookOptions;
  readonly layout?: Layout;
  readonly options: RecordFormatOptions;
  readonly checks: readonly Check[];
}

interface Refused {
  readonly code: string;
  readonly at?: string;
  readonly line?: number;
}

export type Check =
  | { readonly places: Readonly<Record<string, readonly [number, number]>>; readonly size?: number }
  | { readonly bytes: string; readonly records?: readonly RecordValues[]; readonly refused?: Refused }
  | { readonly values: RecordValues; readonly gives?: string; readonly refused?: Refused }
  | { readonly refused: Refused };

export const recordCases = JSON.parse(readFileSync(new URL('../fixtures/records.json', import.meta.url), 'utf8')) as readonly RecordCase[];

export function formatOf({ copybook, copybookOptions, layout, options }: RecordCase): RecordFormat {
  return new RecordFormat(layout ?? layoutFromCopybook((copybook ?? []).join('\n'), copybookOptions), options);
}

/** Where a path such as `R/T[2]/PAY` stands; tables are counted from 0 here. */
export function placeOf(format: RecordFormat, path: string): readonly [number, number] | undefined {
  const indices = [...path.matchAll(/\[(\d+)\]/g)].map(([, index]) => Number(index) - 1);
  const plain = path.replaceAll(/\[\d+\]/g, '');
  const found = format.places.fields.find(({ item }) => pathOf(item) === plain);
  if (found === undefined) return undefined;
  return [found.tables.reduce((offset, { stride }, depth) => offset + stride * (indices[depth] ?? 0), found.offset), found.length];
}

function pathOf(item: { readonly name: string; readonly parent: unknown }): string {
  const above = item.parent === undefined ? '' : pathOf(item.parent as typeof item);
  return above === '' ? item.name : `${above}/${item.name}`;
}

/** Values without zeros that mean nothing, so that 12.30 is 12.3. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
  if (whole === undefined) return value;
  const behind = fraction.replace(/0+$/, '');
  return `${sign}${whole.replace(/^0+(?=\d)/, '')}${behind === '' ? '' : `.${behind}`}`;
}
