import { readFileSync } from 'node:fs';
import { resolveSettings } from '@waybill/contract/host';
import pack from '@waybill/pack-fulfillment';
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import saxes from 'saxes';
import { median } from '../median.ts';

// CPU time for each document of several contenders in turns, one process, so that what the machine does besides strikes all alike.

const turns = 7;
const documents = ['Update_WCS_OrderStatus', 'Report_NC_PurchaseOrder'] as const;
const samples = new URL('../../../plugins/pack-fulfillment/test/samples/', import.meta.url);
const settings = resolveSettings(pack.options ?? {}, {}, { folder: '/' }) as never;
const writing = resolveSettings(pack.writing ?? {}, {}, { folder: '/' }) as never;
const context = { time: '2026-03-14T16:20:05Z', messageId: 'm-1', options: writing };

/** Microseconds of CPU time for each document, by contender. */
export type Costs = Readonly<Record<'read' | 'refuse' | 'write' | 'saxes' | 'fastRead' | 'fastWrite', number>>;

function contenders(name: string): Readonly<Record<keyof Costs, () => unknown>> {
  const body = readFileSync(new URL(`${name}.xml`, samples));
  const text = body.toString();
  const message = { id: 'm-1', createdAt: 0, encoding: 'utf-8', body, properties: {} };
  const type = pack.recognise(message, settings);
  if (type === undefined) throw new Error(`nobody knows ${name}`);
  const known = pack.messages.find((each) => each.name === type.name && each.version === type.version);
  const read = pack.read(type, message, settings);
  const data = known?.direction === 'in' ? read : read.input;
  // Nearly at the end: whoever refuses it has read nearly all.
  const wrong = { ...message, body: Buffer.from(text.replace('</DataArea>', '<Stranger/></DataArea>')) };
  const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
  const tree = parser.parse(text) as object;
  const builder = new XMLBuilder({ ignoreAttributes: false, format: true });
  return {
    read: () => pack.read(pack.recognise(message, settings) ?? type, message, settings),
    refuse: () => refused(() => pack.read(type, wrong, settings)),
    write: () => pack.compose(type, data, context),
    saxes: () => walk(body.toString()),
    fastRead: () => (XMLValidator.validate(text) === true ? parser.parse(text) : undefined),
    fastWrite: () => builder.build(tree),
  };
}

function refused(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('a wrong document was taken');
}

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

function measured(name: string): Costs {
  const works = Object.entries(contenders(name));
  for (const [, work] of works) cost(work, 2_000);
  const taken = new Map(works.map(([key]) => [key, [] as number[]]));
  for (let turn = 0; turn < turns; turn++) for (const [key, work] of works) taken.get(key)?.push(cost(work, 2_000));
  return Object.fromEntries([...taken].map(([key, values]) => [key, median(values)])) as unknown as Costs;
}

process.send?.(Object.fromEntries(documents.map((name) => [name, measured(name)])));
process.disconnect?.();
