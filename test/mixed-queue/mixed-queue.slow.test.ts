import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { commands } from '@waybill/commerce';
import { createKernel, type Manifest, type Observation } from '@waybill/kernel';
import { eventually, makeFolder, recordingLog, removeFolder } from '@waybill/testing';
import { openQueues } from '@waybill/transport-queue';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../../scripts/generate/workspace.ts';

// XML and messages of tagged segments on one queue, worked on strictly one after the other, each read by the pack that knows it.

const sample = (pack: string, file: string): Buffer => readFileSync(join(root, 'plugins', pack, 'test', file));
const xml = (name: string): Buffer => sample('pack-fulfillment', `samples/${name}.xml`);
const legacy = (file: string): Buffer => sample('pack-legacy', `fixtures/${file}`);

interface Sent {
  readonly body: Uint8Array;
  /** The message type, or the error code with which it is parked. */
  readonly becomes: string;
}

const refused: readonly Sent[] = [
  { body: Buffer.from(' '), becomes: 'WB_MESSAGE_UNRECOGNISED' },
  { body: Buffer.from('ORDER;12007;S'), becomes: 'WB_MESSAGE_UNRECOGNISED' },
];

/** Everything in UTF-8. */
const plain: readonly Sent[] = [
  { body: xml('Update_WCS_OrderStatus'), becomes: 'Update_WCS_OrderStatus@3.0' },
  { body: legacy('order_status_update_v01.txt'), becomes: 'OrderStatusUpdate@01' },
  ...refused,
  {
    body: Buffer.from(legacy('order_status_update_v01.txt').toString().replace('OS        01', 'ZZ        01')),
    becomes: 'WB_LEGACY_UNKNOWN_MESSAGE',
  },
  { body: legacy('order_status_update_v02.txt'), becomes: 'OrderStatusUpdate@02' },
  { body: xml('Update_WCS_ProductInventory'), becomes: 'Update_WCS_ProductInventory@2.0' },
  { body: legacy('product_quantity_update.txt'), becomes: 'ProductQuantityUpdate@01' },
  { body: legacy('pp01-no-currency.bin'), becomes: 'WB_RECORD_MISSING_VALUE' },
  { body: legacy('uc01-passwords-differ.bin'), becomes: 'WB_RECORD_BAD_VALUE' },
  { body: legacy('on01-utf8.bin'), becomes: 'WB_MESSAGE_NOT_ACCEPTED' },
  { body: legacy('product_price_update_v02.txt'), becomes: 'ProductPriceUpdate@02' },
  { body: legacy('customer_new.txt'), becomes: 'CustomerNew@01' },
];

/** What a mainframe sends: EBCDIC, as the entry says; XML declares its own encoding. */
const ebcdic: readonly Sent[] = [
  { body: legacy('os02-037-awkward-user-data.bin'), becomes: 'OrderStatusUpdate@02' },
  { body: xml('Update_WCS_OrderStatus'), becomes: 'Update_WCS_OrderStatus@3.0' },
  { body: legacy('os01-one-short.bin'), becomes: 'WB_RECORD_SEGMENT_END' },
  { body: legacy('os01-cobol-numbers.bin'), becomes: 'OrderStatusUpdate@01' },
  { body: legacy('product_quantity_update.txt'), becomes: 'WB_LEGACY_WRONG_ENCODING' },
  { body: legacy('os01-037-line-ends.bin'), becomes: 'OrderStatusUpdate@01' },
];

function manifest(encoding: string | undefined): Manifest {
  return {
    name: 'mixed-queue',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-queue', '@waybill/pack-fulfillment', '@waybill/pack-legacy'],
    journal: { use: 'sqlite', path: './journal.db' },
    connections: { 'back-end': { transport: 'queue', path: './queues.db' } },
    inbound: {
      mixed: {
        connection: 'back-end',
        queue: 'IN',
        order: 'serial',
        credentials: 'ignore',
        ...(encoding === undefined ? {} : { encoding }),
      },
    },
  };
}

interface Played {
  readonly outcomes: readonly string[];
  readonly commands: readonly string[];
  readonly parked: readonly { readonly code: string | undefined; readonly body: Buffer }[];
  readonly lines: string;
}

async function play(sent: readonly Sent[], encoding?: string): Promise<Played> {
  const folder = await makeFolder();
  onTestFinished(() => removeFolder(folder));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const called: string[] = [];
  const handlers = commands.map((command) => ({ command, run: () => void called.push(command.name) }));
  const { log, lines } = recordingLog();
  const kernel = createKernel({ manifest: manifest(encoding), folder, application: { handlers }, log });
  const seen: Observation[] = [];
  kernel.observe((observation) => seen.push(observation));
  const queues = await openQueues({ path: join(folder, 'queues.db') });
  onTestFinished(() => queues.close());
  for (const [index, { body }] of sent.entries()) await queues.put('IN', { id: `m-${index}`, body, properties: {} });
  await kernel.start();
  onTestFinished(() => kernel.stop({ grace: 5_000 }));
  await eventually(() => seen.filter(({ direction }) => direction === 'in').length >= sent.length, {
    what: 'all outcomes',
    within: 30_000,
  });
  const outcomes = seen.filter(({ direction }) => direction === 'in').map(({ id, code, type }) => `${id} ${code ?? type}`);
  const rows = await Promise.all(sent.map((_, index) => kernel.desk.show({ direction: 'in', entry: 'mixed', id: `m-${index}` })));
  const parked = rows.flatMap((row) => (row?.state === 'parked' ? [{ code: row.code, body: Buffer.from(row.message?.body ?? []) }] : []));
  return { outcomes, commands: called, parked, lines: JSON.stringify(lines) };
}

const isCode = ({ becomes }: Sent): boolean => becomes.startsWith('WB_');

describe.each([
  ['in UTF-8', plain, undefined],
  ['in EBCDIC 037, as the entry says', ebcdic, 'cp037'],
] as const)('a serial queue with messages of both packs %s', (_how, sent, encoding) => {
  it('has each read by the right pack, in order, and keeps what it cannot read as it came', async () => {
    const played = await play(sent, encoding);
    expect(played.outcomes).toEqual(sent.map(({ becomes }, index) => `m-${index} ${becomes}`));
    expect(played.commands).toHaveLength(sent.filter((each) => !isCode(each)).length);
    const kept = sent.filter(isCode);
    expect(played.parked.map(({ code }) => code)).toEqual(kept.map(({ becomes }) => becomes));
    expect(played.parked.map(({ body }, index) => body.equals(kept[index]?.body ?? Buffer.of(1)))).toEqual(kept.map(() => true));
    expect(played.lines).not.toMatch(/ENCRYPTEDPW/);
  });
});
