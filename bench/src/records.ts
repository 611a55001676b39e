import { type Layout, RecordFormat, type RecordValues } from '@waybill/records';
import { median } from './median.ts';

/** Twenty fields, every other one a number, in 300 characters and the end of a line. */
const widths = [18, 12];
const fields = Array.from(
  { length: 20 },
  (_, at) => ({ name: `FIELD-${at}`, length: widths[at % 2]!, type: at % 2 === 0 ? 'text' : 'number' }) as const,
);
const layout: Layout = { name: 'ORDER', items: fields };
const format = new RecordFormat(layout, { encoding: 'iso-8859-1', framing: { kind: 'lines' } });

const records = Array.from(
  { length: 2_000 },
  (_, record): RecordValues =>
    Object.fromEntries(
      fields.map(({ name, type }, at) => [name, type === 'text' ? `article ${at}/${record}` : `${1_000 + at * record}.5${at}`]),
    ),
);

/** The least that a program does for the same: it slices and trims, and believes everything. */
function readByHand(bytes: Uint8Array): readonly RecordValues[] {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').split('\n');
  return lines.slice(0, -1).map((line) => {
    const values: Record<string, string> = {};
    let at = 0;
    for (const { name, length } of fields) {
      values[name] = line.slice(at, at + length).trimEnd();
      at += length;
    }
    return values;
  });
}

function writeByHand(all: readonly RecordValues[]): Uint8Array {
  const lines = all.map((values) => `${fields.map(({ name, length }) => (values[name] as string).padEnd(length)).join('')}\n`);
  return Buffer.from(lines.join(''), 'latin1');
}

export interface RecordFigures {
  readonly read: number;
  readonly readByHand: number;
  readonly write: number;
  readonly writeByHand: number;
}

/** Megabytes for a second of processor time, each as the median of several turns. */
export function measureRecords(): RecordFigures {
  const bytes = format.encode(records);
  if (!Buffer.from(writeByHand(records)).equals(bytes)) throw new Error('the two ways write different bytes');
  const ways = [() => format.decode(bytes), () => readByHand(bytes), () => format.encode(records), () => writeByHand(records)];
  const turns = Array.from({ length: 15 }, () => ways.map((way) => rateOf(way, bytes.length)));
  const [read = Number.NaN, byHand = Number.NaN, write = Number.NaN, written = Number.NaN] = ways.map((_, way) =>
    median(turns.slice(5).map((turn) => turn[way]!)),
  );
  return { read, readByHand: byHand, write, writeByHand: written };
}

function rateOf(way: () => unknown, size: number): number {
  const times = 10;
  const since = process.cpuUsage();
  for (let count = 0; count < times; count++) way();
  const { user, system } = process.cpuUsage(since);
  return (size * times) / (user + system);
}
