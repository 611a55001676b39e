import { orderConfirmTransfer } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { failed, transfer } from './support/distributors.ts';
import { memoryStore } from './support/fixture.ts';

let store: Store;
let application: ApplicationDefinition;
let messages = 0;
beforeEach(() => {
  ({ store, application } = memoryStore());
});

const about = { orderId: '12011', distributorId: 'NLD' };
const answer = (change: object = {}, id = `m${++messages}`) =>
  deliver(application, orderConfirmTransfer, { ...transfer, requestId: '90117', ...change }, id);

describe('the transfer of an order', () => {
  beforeEach(() => void store.requestTransfer(about));

  it('makes it F, and G when the distributor has taken it over', async () => {
    expect(store.order('12011')?.status).toBe('F');
    await answer();
    expect(store.order('12011')).toMatchObject({
      status: 'G',
      distributorOrder: { distributorId: 'NLD', id: 'NLD-CART-33018', url: 'https://b2b.northline.example/carts/33018' },
    });
  });

  it('that fails puts it in H with code and text, once, and it can be handed over again', async () => {
    for (const _time of [1, 2]) await answer(failed, 'twice');
    expect(store.order('12011')).toMatchObject({ status: 'H', failure: { code: 'E-17', text: 'No stock of this lamp' } });
    expect(store.requestTransfer(about)).toBe('90118');
    expect(store.order('12011')?.status).toBe('F');
    await answer({ requestId: '90118' });
    expect(store.order('12011')?.status).toBe('G');
  });

  it.each([
    ['WB_STORE_REQUEST_UNKNOWN', { requestId: '90999' }],
    ['WB_STORE_REQUEST_UNKNOWN', { distributorId: 'OTHER' }],
    ['WB_STORE_REQUEST_UNKNOWN', { orderId: '12007' }],
  ])('is refused an answer with %s', async (code, change) => {
    await expect(answer(change)).rejects.toMatchObject({ code, retryable: false });
    expect(store.order('12011')?.status).toBe('F');
  });

  it.each([
    ['no', {}, failed, 'G'],
    ['yes', failed, {}, 'H'],
  ])('is not answered with %s after it was answered otherwise', async (_what, first, second, status) => {
    await answer(first);
    await expect(answer(second)).rejects.toMatchObject({ code: 'WB_STORE_REQUEST_ANSWERED', kind: 'conflict' });
    expect(store.order('12011')?.status).toBe(status);
  });
});
