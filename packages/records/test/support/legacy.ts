import { readFileSync } from 'node:fs';
import { type Tag, TaggedFormat, type TaggedFormatOptions } from '../../src/index.ts';

/** The messages of an older format of tagged segments, as data: six types, two of them in two versions. */
export const declarations = JSON.parse(text('declarations.json')) as Readonly<Record<string, Tag>>;

export function text(file: string): string {
  return bytes(file).toString('utf8');
}

export function bytes(file: string): Buffer {
  return readFileSync(new URL(`../fixtures/legacy/${file}`, import.meta.url));
}

const names: Readonly<Record<string, string>> = {
  'ON 01': 'order_create',
  'NC 01': 'customer_new',
  'UC 01': 'customer_update',
  'OS 01': 'order_status_update_v01',
  'OS 02': 'order_status_update_v02',
  'PP 01': 'product_price_update_v01',
  'PP 02': 'product_price_update_v02',
  'PQ 01': 'product_quantity_update',
};

const head: Tag = {
  tag: 'ECEDOC',
  tags: [
    { tag: 'PROLOG', layout: { name: 'PROLOG', items: [{ name: 'type', length: 10 }, { name: 'version', length: 2 }, { filler: 10 }] } },
  ],
};

/** The format of a message, found by its first segment. */
export function formatFor(body: Uint8Array, options: TaggedFormatOptions = {}): TaggedFormat {
  const { PROLOG } = new TaggedFormat(head, options).head(body) as { PROLOG: { type: string; version: string } };
  const name = names[`${PROLOG.type} ${PROLOG.version}`] ?? '';
  return new TaggedFormat(declarations[name]!, options);
}

export function declared(name: string, options: TaggedFormatOptions = {}): TaggedFormat {
  return new TaggedFormat(declarations[name]!, options);
}
