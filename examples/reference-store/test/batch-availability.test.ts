import { inventoryRecordBatchAvailability } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Store, seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { batch, failed } from './support/distributors.ts';
import { memoryStore } from './support/fixture.ts';

let store: Store;
let application: ApplicationDefinition;
let messages = 0;
beforeEach(() => {
  ({ store, application } = memoryStore());
});

describe('a report of a distributor on its stock', () => {
  const request = () => store.requestBatchAvailability({ storeId: seeded.storeId, distributorId: 'NLD', partNumbers: ['HP-ROPE-10'] });
  const report = (change: object = {}, id = `m${++messages}`) =>
    deliver(application, inventoryRecordBatchAvailability, { ...batch, requestId: '90117', ...change }, id);
  const [line] = batch.lines;
  const figures = () => store.database.all('SELECT quantity, condition FROM distributor_stock').map((row) => Object.values(row));
  beforeEach(() => void request());

  it('replaces the figures that were known', async () => {
    await report();
    await report({ lines: [{ ...line, quantity: '12', condition: '1' }] });
    expect(figures()).toEqual([['12', '1']]);
  });

  it('that answers an older request changes no figure of a newer one', async () => {
    request();
    await report({ requestId: '90118' });
    await report({ lines: [{ ...line, quantity: '12' }] });
    expect(figures()).toEqual([['380', '0']]);
  });

  it('may come unasked', async () => {
    const { requestId: _id, ...unasked } = batch;
    await deliver(application, inventoryRecordBatchAvailability, unasked, 'm1');
    expect(figures()).toEqual([['380', '0']]);
  });

  it('that has failed changes no figure', async () => {
    await report();
    await report({ ...failed, lines: [{ ...line, quantity: '12' }] });
    expect(figures()).toEqual([['380', '0']]);
    expect(store.database.get('SELECT failure_code FROM distributor_requests')).toMatchObject({ failure_code: 'E-17' });
  });

  it.each([
    ['WB_STORE_REQUEST_UNKNOWN', { requestId: '90999' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { lines: [line, { ...line, product: { globalId: 'HP-NONE' } }] }],
    ['WB_STORE_STOCK_NEGATIVE', { lines: [line, { ...line, quantity: '-1' }] }],
  ])('is refused as a whole with %s', async (code, change) => {
    await expect(report(change)).rejects.toMatchObject({ code, retryable: false });
    expect(figures()).toEqual([]);
  });
});
