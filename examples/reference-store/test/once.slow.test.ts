import {
  commands,
  customerRegister,
  customerUpdate,
  documentNoteStatus,
  inventoryAdjust,
  inventoryExpect,
  inventoryReceive,
  inventoryRecordAvailability,
  inventoryRecordBatchAvailability,
  inventorySetLevels,
  orderConfirmStatus,
  orderConfirmTransfer,
  orderInvoiceStatus,
  orderRecordQuotation,
  orderShipStatus,
  orderUpdateStatus,
  pickBatchGenerate,
  pickListGet,
  priceSetListPrices,
  priceSetOffers,
  purchaseOrderAskStatus,
  purchaseOrderSubmit,
  shipmentConfirm,
} from '@waybill/commerce';
import { type CommandDefinition, defineCommand, Type, unitKeyword } from '@waybill/contract';
import { Ajv } from 'ajv';
import { array, assert, asyncProperty, constant, integer, shuffledSubarray, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookOf } from '../src/buyers/buyers.ts';
import { storeApplication } from '../src/index.ts';
import { once } from '../src/once.ts';
import { buyerOrder, cad, larkfield } from './support/buyers.ts';
import { type Delivered, deliver } from './support/deliver.ts';
import { askDistributor, batch as figures, quotation, transfer } from './support/distributors.ts';
import { contents, memoryStore, open, type SeededStore, seededStore } from './support/fixture.ts';
import { adjustment, expected, listPrices, moved, offers, parcel, receipt } from './support/fulfillment.ts';
import { available, customer, invoiced, levels, partlyShipped, shipped } from './support/messages.ts';

const ajv = new Ajv({ strict: true });
ajv.addKeyword(unitKeyword);

interface Sent {
  readonly id: string;
  readonly command: CommandDefinition;
  readonly input: unknown;
}

const lamp = { number: 1, quantity: '1', partId: 'HP-LAMP-02', price: cad('60') };
/** An order that the book of the store has, and one that it gets. */
const known = buyerOrder({ orderId: 'PO-1', lines: [lamp], total: cad('60') });
const ordered = buyerOrder({ orderId: 'PO-2', lines: [lamp], total: cad('60') });
const { payloadId, timestamp, test, parties } = known;
const document = { payloadId: `about-${payloadId}`, timestamp, test, parties };

/** One message for each command, in an order in which all of them can be done. */
const messages: readonly Sent[] = [
  {
    id: 'confirm',
    command: orderConfirmStatus,
    input: { orderId: '12007', merchantOrderNumber: 'SO-2024-00871', sequenceNumber: '1', versioning: true },
  },
  { id: 'part', command: orderUpdateStatus, input: partlyShipped },
  { id: 'ship', command: orderShipStatus, input: { ...shipped, sequenceNumber: '43', versioning: true } },
  { id: 'invoice', command: orderInvoiceStatus, input: { ...invoiced, versioning: true } },
  { id: 'customer', command: customerRegister, input: customer },
  { id: 'levels', command: inventorySetLevels, input: levels },
  { id: 'available', command: inventoryRecordAvailability, input: available },
  { id: 'move', command: customerUpdate, input: { ...moved, logonId: 'guest' } },
  { id: 'offers', command: priceSetOffers, input: offers },
  { id: 'list prices', command: priceSetListPrices, input: listPrices },
  { id: 'expected', command: inventoryExpect, input: expected },
  { id: 'receipt', command: inventoryReceive, input: receipt },
  { id: 'adjustment', command: inventoryAdjust, input: adjustment },
  { id: 'batch', command: pickBatchGenerate, input: { storeId: '10151', fulfillmentCenterId: '11201' } },
  { id: 'parcel', command: shipmentConfirm, input: { ...parcel, orderId: '12012', updatesRelease: true } },
  { id: 'quotation', command: orderRecordQuotation, input: quotation },
  { id: 'transfer', command: orderConfirmTransfer, input: transfer },
  { id: 'figures', command: inventoryRecordBatchAvailability, input: figures },
  { id: 'order', command: purchaseOrderSubmit, input: ordered },
  { id: 'question', command: purchaseOrderAskStatus, input: { ...document, requestId: 'Q-1', orderId: 'PO-1' } },
  { id: 'news', command: documentNoteStatus, input: { ...document, invoiceId: 'I-1', code: 200, text: 'OK', state: 'paid' } },
  { id: 'pick', command: pickListGet, input: { pickBatchId: '71004' } },
];
const byId = new Map(messages.map((message) => [message.id, message]));
/** Makes a store one of which every message can be true: the guest has a logon id, order 12012 waits to be picked, a distributor was asked, and a buyer has ordered. */
function asked<Fixture extends Pick<SeededStore, 'store'>>(fixture: Fixture): Fixture {
  const { store } = fixture;
  store.database.run("UPDATE customers SET logon_id = 'guest' WHERE customer_id = '8004'");
  store.placeOrder({ storeId: '10151', customerId: '8004', items: [{ partNumber: 'HP-LAMP-02', quantity: '2' }] });
  askDistributor(store);
  store.buyers.add(larkfield);
  bookOf(store.database).submit('larkfield', known, '2026-03-14T12:00:00.000Z');
  return fixture;
}

const clock = () => new Date('2026-03-14T12:00:00Z');

const send = ({ application }: Pick<SeededStore, 'application'>, { command, input, id }: Sent): Promise<Delivered<CommandDefinition>> =>
  deliver(application, command, input, id, 'larkfield');

/** All that may differ between two stores that did the same: hashes, which are salted. */
const compared = [
  'addresses',
  'orders',
  'order_items',
  'order_status',
  'order_item_status',
  'releases',
  'release_items',
  'pick_batches',
  'shipments',
  'shipment_items',
  'serial_numbers',
  'inventory',
  'expected_records',
  'expected_details',
  'receipts',
  'adjustments',
  'offers',
  'offer_prices',
  'list_prices',
  'distributor_requests',
  'quotation_lines',
  'distributor_stock',
  'email_consents',
  'buyer_orders',
  'buyer_order_lines',
  'buyer_documents',
  'buyer_numbers',
  'buyer_states',
  'counters',
  'processed',
  'effects',
];

/** What a shop window does, and no store. */
const elsewhere = ['procurement.describe', 'punchout.set-up'];

it('there is a message here for every command', () => {
  const served = commands.map(({ name }) => name).filter((name) => !elsewhere.includes(name));
  expect(messages.map(({ command }) => command.name).toSorted()).toEqual(served.toSorted());
});

describe.each(messages.map((message) => [message.command.name, message] as const))('%s', (_name, message) => {
  it('has a message here that the kernel would hand over', () => {
    const validate = ajv.compile(message.command.input);
    expect([validate(message.input), validate.errors]).toEqual([true, null]);
  });

  it('takes effect once when its message is delivered twice, and answers and publishes the same again', async () => {
    const fixture = asked(memoryStore({ clock }));
    const first = await send(fixture, message);
    const before = contents(fixture.store, compared);
    const second = await send(fixture, message);
    expect(second).toEqual(first);
    expect(contents(fixture.store, compared)).toEqual(before);
  });

  it('takes effect once when the process dies after the commit and before the kernel has heard of it', async () => {
    const fixture = asked(await seededStore({ clock }));
    const handler = fixture.application.handlers.find(({ command }) => command.name === message.command.name);
    const dying = {
      messageId: message.id,
      entry: 'order-status',
      principal: { name: 'larkfield' },
      publish: () => {
        throw new Error('dead');
      },
    };
    await Promise.resolve(handler?.run(message.input as never, dying as never)).catch(() => undefined);
    const before = contents(fixture.store, compared);
    fixture.store.close();

    const store = open({ path: fixture.path, clock });
    const again = await send({ application: storeApplication(store) }, message);
    expect(contents(store, compared)).toEqual(before);
    expect(again).toEqual(await send(asked(memoryStore({ clock })), message));
    store.close();
  });
});

describe('a handler that is written once', () => {
  const command = defineCommand({
    name: 'test.count',
    summary: 'Counts.',
    input: Type.Object({}),
    output: Type.Object({ count: Type.Number() }),
  });

  it('is not asked again for a message that is done', async () => {
    const { store } = await seededStore();
    let count = 0;
    const handler = once(store, command, () => ({ count: ++count }));
    const context = { messageId: 'm1', entry: 'a', publish: () => undefined } as never;
    expect([await handler.run({}, context), await handler.run({}, context)]).toEqual([{ count: 1 }, { count: 1 }]);
  });

  it('is asked for the same message id on another entry, which is another message', async () => {
    const { store } = await seededStore();
    let count = 0;
    const handler = once(store, command, () => ({ count: ++count }));
    for (const entry of ['a', 'b']) await handler.run({}, { messageId: 'm1', entry, publish: () => undefined } as never);
    expect(count).toBe(2);
  });

  it('leaves nothing behind when it fails, and is asked again', async () => {
    const { store } = await seededStore();
    let fails = true;
    const handler = once(store, command, (_input, work) => {
      work.effect('counted');
      if (fails) throw new Error('no');
      return { count: 1 };
    });
    const context = { messageId: 'm1', entry: 'a', publish: () => undefined } as never;
    await expect(handler.run({}, context)).rejects.toThrow('no');
    expect(store.effects()).toEqual([]);
    fails = false;
    expect(await handler.run({}, context)).toEqual({ count: 1 });
    expect(store.effects()).toHaveLength(1);
  });
});

describe('messages in any order, delivered any number of times', () => {
  it('leave what they leave when each is delivered once in that order', async () => {
    // Messages by id, and positions in that order whose messages are delivered again after everything that follows them.
    const runs = shuffledSubarray([...byId.keys()], { minLength: 1 }).chain((order) =>
      tuple(constant(order), array(integer({ min: 0, max: order.length - 1 }), { maxLength: 8 })),
    );
    await assert(
      asyncProperty(runs, async ([order, again]) => {
        const [plain, repeated] = [asked(memoryStore({ clock })), asked(memoryStore({ clock }))];
        for (const id of order) await sendById(plain, id);
        for (const [index, id] of order.entries()) {
          await sendById(repeated, id);
          for (const position of again.filter((position) => position <= index)) await sendById(repeated, order[position] ?? id);
        }
        expect(contents(repeated.store, compared)).toEqual(contents(plain.store, compared));
        for (const { store } of [plain, repeated]) store.close();
      }),
      { numRuns: 12 },
    );
  });

  it('leave the newest status when each says all and carries a sequence number', async () => {
    const statuses = ['C', 'SP', 'I', 'BP', 'X'];
    const numbers = integer({ min: 0, max: statuses.length - 1 });
    await assert(
      asyncProperty(array(numbers, { minLength: 1, maxLength: 15 }), async (picks) => {
        const fixture = memoryStore({ clock });
        for (const pick of picks) {
          const input = { orderId: '12007', merchantOrderNumber: 'SO-2024-00871', sequenceNumber: String(pick), status: statuses[pick] };
          await send(fixture, { id: `m${pick}`, command: orderUpdateStatus, input });
        }
        expect(fixture.store.order('12007')?.backEndStatus).toBe(statuses[Math.max(...picks)]);
        fixture.store.close();
      }),
      { numRuns: 20 },
    );
  });
});

/** None of these messages is refused, whatever came before it: a stale status is accepted. */
function sendById(fixture: Pick<SeededStore, 'application'>, id: string): Promise<unknown> {
  const message = byId.get(id);
  if (!message) throw new Error(`No message is named ${id}.`);
  return send(fixture, message);
}
