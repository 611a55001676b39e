import { readFileSync } from 'node:fs';
import type { CommandDefinition, EventDefinition } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import {
  commands,
  events,
  inventoryRecordAvailability,
  inventorySetLevels,
  orderCreated,
  orderKeyOf,
  orderUpdateStatus,
  priceSetOffers,
  shipmentConfirm,
} from '../src/index.ts';
import { accepted } from './examples.ts';
import { confirmed } from './stock-examples.ts';

const definitions: readonly (readonly [string, CommandDefinition | EventDefinition, unknown])[] = [
  ...commands.map((command) => [command.name, command, accepted[`${command.name} input`]] as const),
  ...events.map((event) => [event.name, event, accepted[`${event.name} data`]] as const),
];

const keysOf = (name: string) => {
  const [, definition, value] = definitions.find(([each]) => each === name) ?? [];
  return { orderKey: definition?.orderKey?.(value), businessKeys: definition?.businessKeys?.(value) };
};

/** Lines of the README's table of keys: name, order key, names of business keys. */
const documented = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => /^\| `([a-z.-]+)` +\| (?:`([A-Za-z:0-9/-]+)`|none) +\| (`.*`) +\|/.exec(line))
  .flatMap((found) => (found ? [[found[1] ?? '', found[2], (found[3] ?? '').replaceAll('`', '').split(', ')] as const] : []));

describe('the keys of commands and events', () => {
  it.each([
    ['customer.register', 'customer:tokonkwo', { logon: 'tokonkwo' }],
    ['customer.update', 'customer:tokonkwo', { logon: 'tokonkwo' }],
    ['document.note-status', 'invoice:AN11000000123/I-2231', { buyer: 'AN11000000123', invoice: 'I-2231' }],
    ['inventory.adjust', 'stock:10151', { sku: 'HP-LAMP-02' }],
    ['inventory.expect', 'stock:10151', { 'expected-record': ['ASN-7712', 'PO-55190', 'ASN-7712-1'], sku: 'HP-LAMP-02' }],
    ['inventory.receive', 'stock:10151', { 'expected-record': '41011', sku: 'HP-LAMP-02' }],
    ['inventory.record-availability', 'order:12011', { order: '12011', sku: 'HP-LAMP-02' }],
    ['inventory.record-batch-availability', 'distributor:NLD', { request: '90130', sku: 'HP-ROPE-10' }],
    ['inventory.set-levels', 'stock:10151', { sku: ['HP-LAMP-02', 'HP-CLEAT-4'], 'catalog-entry': ['30022', '30023'] }],
    ['order.confirm-status', 'order:12007', { order: '12007', 'merchant-order': 'SO-2024-00871', sku: 'HP-LAMP-02' }],
    ['order.confirm-transfer', 'order:12011', { order: '12011', request: '90121', sku: 'HP-LAMP-02' }],
    ['order.invoice-status', 'order:12007', { order: '12007', 'merchant-order': 'SO-2024-00871', sku: 'HP-LAMP-02' }],
    ['order.record-quotation', 'request:90117', { request: '90117', sku: 'HP-LAMP-02' }],
    ['order.ship-status', 'order:12007', { order: '12007', 'merchant-order': 'SO-2024-00871', sku: 'HP-LAMP-02' }],
    ['order.update-status', 'order:12007', { order: '12007', 'merchant-order': 'SO-2024-00871', sku: 'HP-LAMP-02' }],
    ['pick-batch.generate', 'center:11201', { 'pick-batch': 'WAVE-0315-A' }],
    ['pick-list.get', 'pick-batch:71004', { 'pick-batch': '71004' }],
    ['price.set-list-prices', 'prices:7000000000000000102', { sku: 'HP-LAMP-02' }],
    ['price.set-offers', 'prices:7000000000000000102', { sku: ['HP-LAMP-02', 'HP-CLEAT-4'], 'catalog-entry': '30022' }],
    ['procurement.describe', undefined, { buyer: 'AN11000000123' }],
    ['punchout.set-up', undefined, { buyer: 'AN11000000123' }],
    ['purchase-order.ask-status', 'purchase-order:AN11000000123/PO-71030', { 'purchase-order': 'PO-71030', buyer: 'AN11000000123' }],
    [
      'purchase-order.submit',
      'purchase-order:AN11000000123/PO-71030',
      { 'purchase-order': 'PO-71030', requisition: 'RQ-5512', buyer: 'AN11000000123', sku: 'NW-100-10' },
    ],
    ['shipment.confirm', 'order:12007', { order: '12007', release: '12007/1', sku: ['HP-LAMP-02', 'HP-KIT-01'] }],
    ['catalog.published', undefined, { buyer: 'larkfield' }],
    ['inventory.availability-requested', 'order:12011', { order: '12011', sku: 'HP-LAMP-02' }],
    ['inventory.batch-availability-requested', 'distributor:NLD', { request: '90130', sku: 'HP-ROPE-10' }],
    ['order.created', 'order:12007', { order: '12007', customer: '8004', sku: 'HP-LAMP-02' }],
    ['order.quotation-requested', 'order:12011', { order: '12011', request: '90117', sku: 'HP-LAMP-02' }],
    ['order.transfer-requested', 'order:12011', { order: '12011', request: '90121', sku: 'HP-LAMP-02' }],
    ['purchase-order.confirmed', 'purchase-order:larkfield/PO-71030', { buyer: 'larkfield', 'purchase-order': 'PO-71030' }],
    [
      'purchase-order.invoiced',
      'purchase-order:larkfield/PO-71030',
      { buyer: 'larkfield', 'purchase-order': 'PO-71030', invoice: 'I-2231' },
    ],
    ['purchase-order.progressed', 'purchase-order:larkfield/PO-71030', { buyer: 'larkfield', 'purchase-order': 'PO-71030' }],
    ['purchase-order.shipped', 'purchase-order:larkfield/PO-71030', { buyer: 'larkfield', 'purchase-order': 'PO-71030', shipment: 'SH-1' }],
    ['release.shipped', 'order:12007', { order: '12007', release: '12007/1', customer: '8004', sku: 'HP-LAMP-02' }],
  ])('are what people expect: %s', (name, orderKey, businessKeys) => {
    expect(keysOf(name)).toEqual({ orderKey, businessKeys });
  });

  it('stand in the table of the README', () => {
    expect(documented.map(([name]) => name)).toEqual(definitions.map(([name]) => name));
    for (const [name, orderKey, names] of documented) {
      expect([name, keysOf(name).orderKey]).toEqual([name, orderKey]);
      for (const key of Object.keys(keysOf(name).businessKeys ?? {})) expect(names).toContain(key);
    }
  });

  it('have the names that the vocabulary lists', () => {
    const vocabulary = readFileSync(new URL('../../../docs/vocabulary.md', import.meta.url), 'utf8');
    const [, list = ''] = /Those of our commands and events: (.*?);/.exec(vocabulary) ?? [];
    const named = new Set(documented.flatMap(([, , names]) => names));
    expect(list.replaceAll('`', '').split(', ').toSorted()).toEqual([...named].toSorted());
  });

  it('are named for every one of them', () => {
    expect(definitions.filter(([, definition]) => !('orderKey' in definition && 'businessKeys' in definition))).toEqual([]);
  });
});

describe('the order key of an order', () => {
  it('goes by the id, else by the number at the merchant, which may be the id of another order', () => {
    expect(orderKeyOf({ orderId: '12007', merchantOrderNumber: 'SO-1' })).toBe('order:12007');
    expect(orderKeyOf({ merchantOrderNumber: '12007' })).toBe('merchant-order:12007');
  });

  it('does not depend on blanks around the number', () => {
    expect(orderKeyOf({ orderId: '\n    12007\n  ' })).toBe('order:12007');
  });

  it('is missing where no order is named', () => {
    expect(orderUpdateStatus.orderKey?.({})).toBeUndefined();
    expect(orderKeyOf({ orderId: ' ' })).toBeUndefined();
  });

  it('is missing where several are', () => {
    const item = { partNumber: 'HP-LAMP-02', requestedQuantity: '1', reply: { status: 'OK' as const } };
    const about = (...orders: (string | undefined)[]) => ({ items: orders.map((orderId) => (orderId ? { ...item, orderId } : item)) });
    expect(inventoryRecordAvailability.orderKey?.(about('1', '1'))).toBe('order:1');
    expect(inventoryRecordAvailability.orderKey?.(about('1', '2'))).toBeUndefined();
    expect(inventoryRecordAvailability.orderKey?.(about('1', undefined))).toBeUndefined();
  });
});

describe('the order key of prices', () => {
  it('is one for all messages that name no owner, which the application may know', () => {
    expect(priceSetOffers.orderKey?.({ offers: [{ catalogEntryId: '30022', currency: 'CAD', price: '1' }] })).toBe('prices');
  });
});

describe('the business keys of a shipment', () => {
  it('have no release where the order is named by its number at the back end alone', () => {
    const input = { ...confirmed, orderId: undefined, merchantOrderNumber: 'SO-1', products: [] };
    expect(shipmentConfirm.businessKeys?.(input as never)).toEqual({ 'merchant-order': 'SO-1' });
  });
});

describe('the business keys of an order', () => {
  const keysWith = (...ids: readonly object[]) =>
    orderCreated.businessKeys?.({ orderId: '12007', requisitioner: { ids }, items: [] } as never);

  it('have the customer by the id in the store, and by no other', () => {
    const foreign = { id: 'L-1', kind: 'loyalty' };
    const [internal, logon] = [
      { id: '8004', kind: 'internal' },
      { id: 'tokonkwo', kind: 'logon' },
    ];
    expect(keysWith(foreign, logon, internal)).toEqual({ order: '12007', customer: '8004', logon: 'tokonkwo' });
    expect(keysWith(foreign)).toEqual({ order: '12007' });
    expect(keysWith({ id: '8004' })).toEqual({ order: '12007', customer: '8004' });
  });
});

describe('the business keys of a large message', () => {
  it('are the first hundred values, each once', () => {
    const partNumbers = Array.from({ length: 1000 }, (_, index) => `HP-${index % 150}`);
    const levels = partNumbers.map((partNumber) => ({ partNumber, storeId: '1', quantity: '1' }));
    expect(inventorySetLevels.businessKeys?.({ levels })).toEqual({ sku: partNumbers.slice(0, 100) });
  });
});
