import { type OrderStatusInput, orderConfirmStatus, orderInvoiceStatus, orderShipStatus, orderUpdateStatus } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { seededStore } from './support/fixture.ts';
import { invoiced, partlyShipped } from './support/messages.ts';

let store: Store;
let application: ApplicationDefinition;
beforeEach(async () => {
  ({ store, application } = await seededStore());
});

const rows = (table: string) => store.database.all(`SELECT * FROM ${table} ORDER BY 1, version`);
const header = () => rows('order_status').find(({ version }) => version === 0);
const update = (input: OrderStatusInput, messageId: string) => deliver(application, orderUpdateStatus, input, messageId);
const ids = { orderId: '12007', merchantOrderNumber: 'SO-2024-00871' };

describe('a status of an order', () => {
  it('is kept with everything that the message carries', async () => {
    await deliver(application, orderShipStatus, partlyShipped, 'm1');
    expect(header()).toMatchObject({
      order_id: '12007',
      merchant_order_number: 'SO-2024-00871',
      sequence_number: '0000000042',
      status: 'SP',
      status_text: 'Partly shipped',
      net: '184.50',
      selling: '222.05',
      ship_condition: 'SP',
      actual: '2024-03-14T15:55:00.000000',
      ship_to: JSON.stringify(partlyShipped.shipTo),
      field1: '17',
    });
    expect(rows('order_item_status')).toMatchObject([
      {
        order_item_id: '45012',
        version: 0,
        merchant_item_number: '10',
        status: 'SP',
        quantity_shipped: '2',
        comment: 'One unit back-ordered',
      },
    ]);
  });

  it('hands the order to the back end, whatever it says', async () => {
    await update({ ...ids, status: 'C' }, 'm1');
    expect(store.order('12007')).toMatchObject({ status: 'G', backEndStatus: 'C', merchantOrderNumber: 'SO-2024-00871' });
  });

  it('is found by the number at the back end once both ids are known', async () => {
    await update({ ...ids, status: 'C' }, 'm1');
    await update({ merchantOrderNumber: 'SO-2024-00871', status: 'I' }, 'm2');
    expect(store.order('12007')?.backEndStatus).toBe('I');
  });

  it('leaves as it was what a later message does not speak of', async () => {
    await deliver(application, orderShipStatus, partlyShipped, 'm1');
    await deliver(application, orderInvoiceStatus, invoiced, 'm2');
    expect(header()).toMatchObject({ status: 'I', invoice_value: '222.05', comment: 'First parcel handed to the carrier' });
  });

  it.each([
    [orderConfirmStatus, 'C'],
    [orderShipStatus, 'S'],
    [orderInvoiceStatus, 'I'],
    [orderUpdateStatus, undefined],
  ] as const)('without a code means what its command says', async (command, status) => {
    await deliver(application, command, ids, 'm1');
    expect(store.order('12007')?.backEndStatus).toBe(status);
  });
});

describe('a number of an item at the back end', () => {
  it('is one of its order: two orders may have the same', async () => {
    const other = { orderId: '12011', merchantOrderNumber: 'SO-2' };
    await update({ ...other, items: [{ orderItemId: '45020', merchantItemNumber: '10' }] }, 'm1');
    await update({ ...ids, items: [{ orderItemId: '45012', merchantItemNumber: '10' }] }, 'm2');
    await update({ ...ids, items: [{ merchantItemNumber: '10', status: 'S' }] }, 'm3');
    await update({ ...other, items: [{ merchantItemNumber: '10', status: 'X' }] }, 'm4');
    expect(rows('order_item_status').map(({ order_item_id, status }) => [order_item_id, status])).toEqual([
      ['45012', 'S'],
      ['45020', 'X'],
    ]);
  });
});

describe('a number of an item that another item of the order has', () => {
  const [lamp, kit] = [{ orderItemId: '45012' }, { orderItemId: '45013' }];
  const numbers = () => rows('order_item_status').map(({ order_item_id, merchant_item_number }) => [order_item_id, merchant_item_number]);

  it.each<[string, OrderStatusInput['items']]>([
    [
      'in one message',
      [
        { ...lamp, merchantItemNumber: '30' },
        { ...kit, merchantItemNumber: '30' },
      ],
    ],
    ['in a later one', [{ ...kit, merchantItemNumber: '10' }]],
  ])('is refused %s', async (_when, items) => {
    await update(
      {
        ...ids,
        items: [
          { ...lamp, merchantItemNumber: '10' },
          { ...kit, merchantItemNumber: '20' },
        ],
      },
      'm1',
    );
    const error = { code: 'WB_STORE_ITEM_NUMBER_TAKEN', kind: 'conflict', retryable: false };
    await expect(update({ ...ids, items: items ?? [] }, 'm2')).rejects.toMatchObject(error);
    expect(numbers()).toEqual([
      ['45012', '10'],
      ['45013', '20'],
    ]);
  });

  it('is taken where both exchange theirs', async () => {
    await update(
      {
        ...ids,
        items: [
          { ...lamp, merchantItemNumber: '10' },
          { ...kit, merchantItemNumber: '20' },
        ],
      },
      'm1',
    );
    await update(
      {
        ...ids,
        items: [
          { ...lamp, merchantItemNumber: '20' },
          { ...kit, merchantItemNumber: '10' },
        ],
      },
      'm2',
    );
    expect(numbers()).toEqual([
      ['45012', '20'],
      ['45013', '10'],
    ]);
  });
});

describe('a status that is refused', () => {
  it.each<[string, OrderStatusInput]>([
    ['WB_STORE_ORDER_UNNAMED', { status: 'C' }],
    ['WB_STORE_ORDER_UNKNOWN', { ...ids, orderId: '99999' }],
    ['WB_STORE_ORDER_UNKNOWN', { merchantOrderNumber: 'SO-0' }],
    ['WB_STORE_FIRST_STATUS_INCOMPLETE', { orderId: '12007' }],
    ['WB_STORE_ITEM_UNKNOWN', { ...ids, items: [{ orderItemId: '45020' }] }],
    ['WB_STORE_ITEM_UNKNOWN', { ...ids, items: [{ partNumber: 'HP-LAMP-02' }] }],
    ['WB_STORE_FIRST_STATUS_INCOMPLETE', { ...ids, items: [{ merchantItemNumber: '10' }] }],
    ['WB_STORE_ITEMS_INCOMPLETE', { ...ids, updateMode: 'C', items: [{ orderItemId: '45012' }] }],
    ['WB_STORE_FIELD_NOT_NUMERIC', { ...ids, fields: ['17.5'] }],
    ['WB_STORE_FIELD_NOT_NUMERIC', { ...ids, items: [{ orderItemId: '45012', fields: ['', 'many'] }] }],
  ])('says %s and changes nothing', async (code, input) => {
    await expect(update(input, 'm1')).rejects.toMatchObject({ code, retryable: false });
    expect(rows('order_status')).toEqual([]);
    expect(store.effects()).toEqual([]);
    expect(store.order('12007')?.status).toBe('C');
  });

  it('takes effect under the same message id once it can', async () => {
    await expect(update({ merchantOrderNumber: 'SO-2024-00871' }, 'm1')).rejects.toMatchObject({ code: 'WB_STORE_ORDER_UNKNOWN' });
    await update({ ...ids, status: 'C' }, 'm0');
    await update({ merchantOrderNumber: 'SO-2024-00871', status: 'I' }, 'm1');
    expect(store.order('12007')?.backEndStatus).toBe('I');
  });
});

describe('a stale status', () => {
  it.each<[string, OrderStatusInput, OrderStatusInput]>([
    ['has the same sequence number', { sequenceNumber: '42' }, { sequenceNumber: '0042' }],
    ['has a lower sequence number', { sequenceNumber: '0100' }, { sequenceNumber: '99' }],
    [
      'has no number to compare, and an earlier time',
      { sequenceNumber: 'b1', lastUpdateTime: '2024-03-14T16:20:05Z' },
      { sequenceNumber: 'a9', lastUpdateTime: '2024-03-14T16:20:04Z' },
    ],
    ['is not younger', { lastUpdateTime: '2024-03-14T16:20:05.000001Z' }, { lastUpdateTime: '2024-03-14T12:20:05.000001-04:00' }],
    ['is a microsecond older', { lastUpdateTime: '2024-03-14T16:20:05.000002' }, { lastUpdateTime: '2024-03-14T16:20:05.000001' }],
    [
      'has a lower sequence number, however young it is',
      { sequenceNumber: '2', lastUpdateTime: '2024-03-14T16:20:05Z' },
      { sequenceNumber: '1', lastUpdateTime: '2025-03-14T16:20:05Z' },
    ],
  ])('%s: it is accepted and changes nothing', async (_what, known, stale) => {
    await update({ ...ids, ...known, status: 'C' }, 'm1');
    const before = { rows: rows('order_status'), effects: store.effects() };
    await update({ ...ids, ...stale, status: 'X', items: [{ orderItemId: '45012', status: 'X' }] }, 'm2');
    expect({ rows: rows('order_status'), effects: store.effects() }).toEqual(before);
    expect(rows('order_item_status')).toEqual([]);
  });

  it.each([
    ['has no number', undefined],
    ['has a number that is none', '41a'],
  ])('is not one that cannot be compared, since it %s', async (_, sequenceNumber) => {
    await update({ ...ids, sequenceNumber: '42', status: 'C' }, 'm1');
    await update({ ...ids, ...(sequenceNumber && { sequenceNumber }), status: 'I' }, 'm2');
    expect(store.order('12007')?.backEndStatus).toBe('I');
  });
});

describe('versions of a status', () => {
  it('are kept under rising numbers while 0 stays the most recent', async () => {
    for (const [index, status] of ['C', 'SP', 'S'].entries())
      await update({ ...ids, status, versioning: true, items: [{ orderItemId: '45012', status, versioning: true }] }, `m${index}`);
    for (const table of ['order_status', 'order_item_status'])
      expect(rows(table).map(({ version, status }) => [version, status])).toEqual([
        [0, 'S'],
        [1, 'C'],
        [2, 'SP'],
      ]);
  });

  it('are not kept without versioning', async () => {
    for (const status of ['C', 'SP', 'S']) await update({ ...ids, status, items: [{ orderItemId: '45012', status }] }, status);
    expect(rows('order_status').map(({ version, status }) => [version, status])).toEqual([[0, 'S']]);
    expect(rows('order_item_status').map(({ version, status }) => [version, status])).toEqual([[0, 'S']]);
  });
});

describe('a complete update', () => {
  it('is accepted when it speaks of every item, by either id', async () => {
    await update({ ...ids, items: [{ orderItemId: '45013', merchantItemNumber: '20' }] }, 'm1');
    await update(
      {
        ...ids,
        updateMode: 'C',
        items: [
          { orderItemId: '45012', status: 'C' },
          { merchantItemNumber: '20', status: 'C' },
        ],
      },
      'm2',
    );
    expect(rows('order_item_status').map(({ order_item_id, status }) => [order_item_id, status])).toEqual([
      ['45012', 'C'],
      ['45013', 'C'],
    ]);
  });
});
