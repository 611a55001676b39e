import { readFileSync } from 'node:fs';
import { readDocument } from '@waybill/cxml';
import saxes from 'saxes';
import { median } from '../median.ts';

// An order of cXML: CPU time of reading, checking and mapping it, in turns with saxes that does nothing but walk it; and one of 1,000 lines.

/** CPU time: microseconds for a small order, milliseconds for a large one, which also has bytes of the heap. */
export interface OrderCosts {
  readonly characters: number;
  readonly read: number;
  readonly saxes: number;
  readonly large: { readonly lines: number; readonly ms: number; readonly bytes: number };
}

const turns = 7;
const whole = readFileSync(new URL('../../../packages/cxml/test/documents/order-new.xml', import.meta.url), 'utf8');
const line = /<ItemOut quantity="1"[^]*?<\/ItemOut>/.exec(whole)?.[0] ?? '';
const plain = line.replace(' isAdHoc="yes" parentLineNumber="1"', '').replace('<SupplierPartID/>', '<SupplierPartID>M3-8</SupplierPartID>');
/** With nothing but what every order has: about 3,000 characters. */
const small = whole
  .replace(/<BillTo>[^]*?<\/BillTo>/, '')
  .replace(/<ItemOut quantity="3000"[^]*?<\/ItemOut>/, plain.replace('lineNumber="2"', 'lineNumber="1"'));

function walk(text: string): number {
  const parser = new saxes.SaxesParser({ fragment: false });
  let seen = 0;
  parser.on('opentag', () => seen++);
  parser.on('text', () => seen++);
  parser.on('closetag', () => seen++);
  parser.write(text).close();
  return seen;
}

function cost(work: () => unknown, times: number): number {
  const before = process.cpuUsage();
  for (let count = 0; count < times; count++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

function large(): OrderCosts['large'] {
  const lines = 1_000;
  const all = Array.from({ length: lines }, (_, index) => plain.replace('lineNumber="2"', `lineNumber="${index + 1}"`));
  const text = small.replace(/<ItemOut [^]*<\/ItemOut>/, all.join('\n'));
  const heap = process.memoryUsage().heapUsed;
  const before = process.cpuUsage();
  const document = readDocument(text);
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  const bytes = process.memoryUsage().heapUsed - heap;
  const { length } = (document.input as { readonly lines: readonly unknown[] }).lines;
  if (length !== lines) throw new Error(`${length} lines were read`);
  return { lines, ms, bytes };
}

/** Before anything else is compiled: a process reads its first large order so. */
const first = large();
const works = { read: () => readDocument(small), saxes: () => walk(small) };
for (const work of Object.values(works)) cost(work, 2_000);
const taken: Record<keyof typeof works, number[]> = { read: [], saxes: [] };
for (let turn = 0; turn < turns; turn++) for (const key of ['read', 'saxes'] as const) taken[key].push(cost(works[key], 2_000));
process.send?.({ characters: small.length, read: median(taken.read), saxes: median(taken.saxes), large: first } satisfies OrderCosts);
process.disconnect?.();
