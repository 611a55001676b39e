import { orderRecordQuotation, orderUpdateStatus } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { failed, quotation } from './support/distributors.ts';
import { memoryStore } from './support/fixture.ts';

let store: Store;
let application: ApplicationDefinition;
let messages = 0;
beforeEach(() => {
  ({ store, application } = memoryStore());
});

const about = { orderId: '12011', distributorId: 'NLD' };
const quote = (change: object = {}, id = `m${++messages}`) => deliver(application, orderRecordQuotation, { ...quotation, ...change }, id);
const lines = () =>
  store.database.all('SELECT order_item_id, quantity, price, currency FROM quotation_lines').map((row) => Object.values(row));

describe('a quotation', () => {
  beforeEach(() => void store.requestQuotation(about));

  it('is kept, and leaves the order where it is', async () => {
    await quote();
    expect(lines()).toEqual([['45020', '4', '57.25', 'CAD']]);
    expect(store.order('12011')?.status).toBe('C');
  });

  it('takes the place of an earlier one for the same request', async () => {
    await quote();
    await quote({ lines: [{ ...quotation.lines[0], quantity: '6' }] });
    expect(lines()).toEqual([['45020', '6', '57.25', 'CAD']]);
  });

  it.each([
    ['says so', failed, { code: 'E-17', text: 'No stock of this lamp' }],
    [
      'does not accept the credentials',
      { status: { code: '5', flag: '1' } },
      { code: '5', text: 'The distributor does not accept the credentials.' },
    ],
    ['has no lines', { lines: [] }, { code: 'EMPTY', text: 'The quotation has no lines.' }],
    ['has no lines at all', { lines: undefined }, { code: 'EMPTY', text: 'The quotation has no lines.' }],
  ])('that %s puts the order in H with code and text, once', async (_what, change, failure) => {
    await quote();
    for (const _time of [1, 2]) await quote(change, 'twice');
    expect(store.order('12011')).toMatchObject({ status: 'H', failure });
    expect(lines()).toEqual([]);
    expect(store.effects().filter(({ what }) => what.includes('failed'))).toHaveLength(1);
  });

  it('that is good puts the order back where it was', async () => {
    await quote(failed);
    await quote();
    expect(store.order('12011')).toMatchObject({ status: 'C' });
    expect(store.order('12011')).not.toHaveProperty('failure');
  });

  it('does not free an order that another request has put in H', async () => {
    store.requestQuotation({ ...about, distributorId: 'OTHER' });
    await quote(failed);
    await quote({ requestId: '90118', distributorId: 'OTHER' });
    expect(store.order('12011')).toMatchObject({ status: 'H', failure: { code: 'E-17' } });
  });

  it.each(['G', 'S'])('that fails leaves an order alone that is %s meanwhile', async (status) => {
    store.database.run("UPDATE orders SET status = ? WHERE order_id = '12011'", status);
    await quote(failed);
    expect(store.order('12011')?.status).toBe(status);
  });

  it('that failed is forgotten when a status of the order comes', async () => {
    await quote(failed);
    await deliver(application, orderUpdateStatus, { orderId: '12011', merchantOrderNumber: 'SO-2', status: 'C' }, 'm-status');
    expect(store.order('12011')).toMatchObject({ status: 'G' });
    expect(store.order('12011')).not.toHaveProperty('failure');
  });

  const [line] = quotation.lines;
  it.each([
    ['WB_STORE_REQUEST_UNKNOWN', { requestId: '90999' }],
    ['WB_STORE_REQUEST_UNKNOWN', { distributorId: 'OTHER' }],
    ['WB_STORE_ITEM_UNKNOWN', { lines: [line, { ...line, lineNumber: '45012' }] }],
    ['WB_STORE_CURRENCY_MISSING', { lines: [line, { ...line, sellingPrice: { amount: '1' } }] }],
    ['WB_STORE_PRICE_NEGATIVE', { lines: [line, { ...line, sellingPrice: { amount: '-1', currency: 'CAD' } }] }],
  ])('is refused with %s, and the one before stays', async (code, change) => {
    await quote();
    await expect(quote(change)).rejects.toMatchObject({ code, retryable: false });
    expect(lines()).toEqual([['45020', '4', '57.25', 'CAD']]);
  });

  it('has the key of the order that asked', () => {
    const keyOf = (input: { readonly requestId: string; readonly distributorId: string }) =>
      application.keyOf?.(orderRecordQuotation.name, input, {
        entry: 'a',
        store: undefined,
        proposed: orderRecordQuotation.orderKey?.(input),
      });
    expect(keyOf(quotation)).toBe('order:12011');
    expect(keyOf({ ...quotation, requestId: '1' })).toBe('request:1');
  });
});
