import { orderRecordQuotation } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { askDistributor, quotation } from './support/distributors.ts';
import { KeepingPublisher, memoryStore } from './support/fixture.ts';

let store: Store;
let application: ApplicationDefinition;
let messages = 0;
beforeEach(() => {
  ({ store, application } = memoryStore());
});

const about = { orderId: '12011', distributorId: 'NLD' };
const ask = () => store.requestQuotation(about);
const quote = (change: object = {}, id = `m${++messages}`) => deliver(application, orderRecordQuotation, { ...quotation, ...change }, id);

describe('what a distributor is asked', () => {
  it('is published once for each request, with what it has to answer to', async () => {
    askDistributor(store);
    const publisher = new KeepingPublisher();
    expect(await store.announce(publisher)).toEqual({ announced: 3, refused: [] });
    expect(await store.announce(publisher)).toEqual({ announced: 0, refused: [] });
    const order = { orderId: '12011', storeId: '10151', distributorId: 'NLD' };
    const line = { product: { globalId: 'HP-LAMP-02' }, lineNumber: '45020', quantity: '6' };
    expect(publisher.published).toEqual([
      {
        event: 'order.quotation-requested',
        data: { requestId: '90117', ...order, lines: [line], additionalInformation: true },
        options: { id: 'request-90117', store: '10151' },
      },
      {
        event: 'order.transfer-requested',
        data: { requestId: '90118', ...order, lines: [line] },
        options: { id: 'request-90118', store: '10151' },
      },
      {
        event: 'inventory.batch-availability-requested',
        data: {
          requestId: '90119',
          storeId: '10151',
          distributorId: 'NLD',
          lines: [{ product: { globalId: 'HP-ROPE-10' }, lineNumber: '1' }],
        },
        options: { id: 'request-90119', store: '10151' },
      },
    ]);
  });

  it('is published again under the same id when the process died before it was remembered', async () => {
    ask();
    const dying = new KeepingPublisher({ failAfter: 0 });
    await expect(store.announce(dying)).rejects.toThrow('The journal is gone.');
    const publisher = new KeepingPublisher();
    await store.announce(publisher);
    expect(publisher.published.map(({ options }) => options?.id)).toEqual(['request-90117']);
  });

  it.each([
    ['WB_STORE_ORDER_UNKNOWN', () => store.requestQuotation({ ...about, orderId: '1' })],
    ['WB_STORE_ORDER_UNKNOWN', () => store.requestTransfer({ ...about, orderId: '1' })],
    ['WB_STORE_ORDER_NOT_TRANSFERABLE', () => store.requestTransfer({ ...about, orderId: '12007' })],
    ['WB_STORE_STORE_UNKNOWN', () => store.requestBatchAvailability({ storeId: '1', distributorId: 'NLD', partNumbers: ['HP-LAMP-02'] })],
    [
      'WB_STORE_PRODUCT_UNKNOWN',
      () => store.requestBatchAvailability({ storeId: '10151', distributorId: 'NLD', partNumbers: ['HP-NONE'] }),
    ],
  ])('is refused with %s', (code, request) => {
    expect(request).toThrow(expect.objectContaining({ code }));
    expect(store.database.get('SELECT 1 FROM distributor_requests')).toBeUndefined();
  });

  it('is not the transfer of an order that is on its way already', () => {
    store.requestTransfer(about);
    expect(() => store.requestTransfer(about)).toThrow(expect.objectContaining({ code: 'WB_STORE_ORDER_NOT_TRANSFERABLE' }));
  });

  it('carries the last quotation of the same distributor when the order is handed over', async () => {
    ask();
    await quote();
    store.requestTransfer({ ...about, distributorId: 'OTHER' });
    store.database.run("UPDATE orders SET status = 'C'");
    store.requestTransfer(about);
    const publisher = new KeepingPublisher();
    await store.announce(publisher);
    expect(publisher.published.slice(1).map(({ data }) => (data as { lines: unknown[] }).lines[0])).toEqual([
      expect.not.objectContaining({ supplierData: expect.anything() }),
      expect.objectContaining({ sellingPrice: { amount: '57.25', currency: 'CAD' }, supplierData: 'quote=Q-5531;line=1' }),
    ]);
  });
});
