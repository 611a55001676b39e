import { type OffersInput, type ProductOffer, priceSetListPrices, priceSetOffers } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Store, seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { memoryStore } from './support/fixture.ts';
import { listPrices, offers } from './support/fulfillment.ts';

let store: Store;
let application: ApplicationDefinition;
let now: Date;
let messages = 0;
beforeEach(() => {
  now = new Date('2024-03-01T12:00:00Z');
  ({ store, application } = memoryStore({ clock: () => now }));
});

const set = (...given: readonly object[]) =>
  deliver(application, priceSetOffers, { offers: given } as unknown as OffersInput, `m${++messages}`);
const lamps = { partNumber: 'HP-LAMP-02', ownerId: seeded.ownerId, currency: 'CAD' };

/** What somebody pays for one lamp who orders so many at such a time. */
function priceOf(quantity: string, at: string): unknown {
  now = new Date(at);
  const { orderId } = store.placeOrder({
    storeId: seeded.storeId,
    customerId: seeded.customerId,
    items: [{ partNumber: 'HP-LAMP-02', quantity }],
  });
  return store.database.get('SELECT unit_price FROM order_items WHERE order_id = ?', orderId)?.['unit_price'];
}

describe('an offer', () => {
  it('holds from its start to its end, and for its quantities', async () => {
    await deliver(application, priceSetOffers, offers, 'm1');
    expect(priceOf('1', '2024-03-31T23:59:59.999Z')).toBe('61.50');
    expect(priceOf('1', '2024-04-01T00:00:00.000Z')).toBe('58.75');
    expect(priceOf('24', '2024-04-30T23:59:59.000Z')).toBe('58.75');
    expect(priceOf('25', '2024-04-30T23:59:59.000Z')).toBe('61.50');
    expect(priceOf('1', '2024-04-30T23:59:59.001Z')).toBe('61.50');
  });

  it('that starts later does not change the price of today', async () => {
    await set({ ...lamps, price: '40.00', starts: '2024-06-01T00:00:00Z' });
    expect(priceOf('1', '2024-03-01T12:00:00Z')).toBe('61.50');
    expect(priceOf('1', '2024-06-01T00:00:00Z')).toBe('40.00');
  });

  it('wins over those of a lower precedence, also when they came later or started later', async () => {
    await set({ ...lamps, price: '50.00', precedence: '7' });
    await set({ ...lamps, price: '40.00', precedence: '5', starts: '2024-02-01T00:00:00Z' });
    expect(priceOf('1', '2024-03-01T12:00:00Z')).toBe('50.00');
  });

  it('wins over one of the same precedence that started earlier', async () => {
    await set({ ...lamps, price: '50.00', starts: '2024-02-02T00:00:00Z' }, { ...lamps, price: '40.00', starts: '2024-02-01T00:00:00Z' });
    expect(priceOf('1', '2024-03-01T12:00:00Z')).toBe('50.00');
  });

  it('that is sent again with the same start and precedence takes the place of the former one', async () => {
    await set({ ...lamps, price: '50.00', precedence: '5', starts: '2024-02-01T00:00:00Z' });
    await set({ ...lamps, price: '45.00', precedence: '5.0', starts: '2024-02-01T01:00:00+01:00' });
    expect(priceOf('1', '2024-03-01T12:00:00Z')).toBe('45.00');
    expect(store.database.all("SELECT * FROM offers WHERE catalog_entry_id = '30015'")).toHaveLength(2);
  });

  it.each(['0', '2'])('is not in effect while its state is %s', async (published) => {
    await set({ ...lamps, price: '50.00', precedence: '5', published });
    expect(priceOf('1', '2024-03-01T12:00:00Z')).toBe('61.50');
  });

  it('comes back with its defaults when it is sent again after it was marked for deletion', async () => {
    const offer = { ...lamps, price: '50.00', precedence: '5' };
    await set({ ...offer, ends: '2024-03-02T00:00:00Z', published: '2' });
    await set(offer);
    expect(priceOf('1', '2024-06-01T00:00:00Z')).toBe('50.00');
  });

  it('in another price list or currency changes no price of the store', async () => {
    store.database.insert('price_lists', { price_list_id: '10004', owner_id: seeded.ownerId, standard: 0 });
    await set({ ...lamps, price: '50.00', precedence: '5', priceListId: '10004' }, { ...lamps, price: '45.00', currency: 'USD' });
    expect(priceOf('1', '2024-03-01T12:00:00Z')).toBe('61.50');
  });

  it('named by its id keeps what the message does not say', async () => {
    await set({ offerId: '30015', currency: 'CAD', price: '60.00', ends: '2024-03-02T00:00:00Z' });
    await set({ offerId: '30015', currency: 'CAD', precedence: '3', fields: ['x'] });
    expect(store.database.get("SELECT * FROM offers WHERE offer_id = '30015'")).toMatchObject({
      ends: '2024-03-02T00:00:00Z',
      precedence: '3',
      field1: 'x',
    });
    expect(priceOf('1', '2024-03-01T12:00:00Z')).toBe('60.00');
  });

  it('of a product without an offer in effect leaves nothing to be sold', async () => {
    await set({ offerId: '30015', currency: 'CAD', ends: '2024-03-02T00:00:00Z' });
    expect(() => priceOf('1', '2024-03-03T00:00:00Z')).toThrow(expect.objectContaining({ code: 'WB_STORE_PRODUCT_UNKNOWN' }));
  });

  it.each<[string, object]>([
    ['WB_STORE_PRODUCT_UNKNOWN', { ...lamps, partNumber: 'HP-NONE', price: '1' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { ...lamps, ownerId: '1', price: '1' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { catalogEntryId: '30022', partNumber: 'HP-LAMP-02', currency: 'CAD', price: '1' }],
    ['WB_STORE_OWNER_MISSING', { partNumber: 'HP-LAMP-02', currency: 'CAD', price: '1' }],
    ['WB_STORE_PRICE_LIST_UNKNOWN', { ...lamps, priceListId: '10099', price: '1' }],
    ['WB_STORE_PRICE_MISSING', { ...lamps, precedence: '9' }],
    ['WB_STORE_PRICE_MISSING', { offerId: '30015', currency: 'USD' }],
    ['WB_STORE_PRICE_NEGATIVE', { ...lamps, price: '-1' }],
    ['WB_STORE_OFFER_UNKNOWN', { offerId: '1', currency: 'CAD', price: '1' }],
    ['WB_STORE_OFFER_MISMATCH', { offerId: '30015', partNumber: 'HP-ROPE-10', currency: 'CAD', price: '1' }],
    ['WB_STORE_OFFER_MISMATCH', { offerId: '30015', priceListId: '10004', currency: 'CAD', price: '1' }],
    ['WB_STORE_OFFER_RANGE', { ...lamps, price: '1', starts: '2024-02-01T00:00:00Z', ends: '2024-01-31T23:59:59Z' }],
    ['WB_STORE_OFFER_RANGE', { ...lamps, price: '1', minimumQuantity: '10', maximumQuantity: '9' }],
  ])('is refused with %s, and no other of the message takes effect', async (code, wrong) => {
    await expect(set({ ...lamps, price: '12.34', precedence: '8' }, wrong)).rejects.toMatchObject({ code, retryable: false });
    expect(priceOf('1', '2024-03-01T12:00:00Z')).toBe('61.50');
    expect(store.effects()).toEqual([]);
  });

  it('has the key of its owner, also where the message does not name the owner', () => {
    const keyOf = (offer: Partial<ProductOffer> & object) => {
      const input = { offers: [offer] } as OffersInput;
      const context = { entry: 'prices', store: undefined, proposed: priceSetOffers.orderKey?.(input) };
      return application.keyOf?.(priceSetOffers.name, input, context);
    };
    const key = `prices:${seeded.ownerId}`;
    expect([keyOf(lamps), keyOf({ catalogEntryId: '30015' }), keyOf({ offerId: '30015' })]).toEqual([key, key, key]);
    expect(keyOf({ offerId: '1' })).toBe('prices');
  });
});

describe('a list price', () => {
  const prices = () =>
    store.database.all('SELECT catalog_entry_id, currency, price FROM list_prices ORDER BY 2').map((row) => ({ ...row }));

  it('is kept in each currency, and replaced in the same one', async () => {
    await deliver(application, priceSetListPrices, listPrices, 'm1');
    const others = [
      { ...lamps, price: '70.00' },
      { ...lamps, currency: 'USD', price: '52.00' },
    ];
    await deliver(application, priceSetListPrices, { prices: others }, 'm2');
    expect(prices()).toEqual([
      { catalog_entry_id: '30015', currency: 'CAD', price: '70.00' },
      { catalog_entry_id: '30015', currency: 'USD', price: '52.00' },
    ]);
  });

  it('changes nothing of what customers pay', async () => {
    await deliver(application, priceSetListPrices, listPrices, 'm1');
    expect(priceOf('1', '2024-03-01T12:00:00Z')).toBe('61.50');
  });

  it.each([
    ['WB_STORE_PRODUCT_UNKNOWN', { ...lamps, ownerId: '1', price: '1' }],
    ['WB_STORE_PRICE_NEGATIVE', { ...lamps, price: '-0.01' }],
  ])('is refused as a whole with %s', async (code, wrong) => {
    const input = { prices: [...listPrices.prices, wrong] };
    await expect(deliver(application, priceSetListPrices, input, 'm1')).rejects.toMatchObject({ code, retryable: false });
    expect(prices()).toEqual([]);
  });
});
