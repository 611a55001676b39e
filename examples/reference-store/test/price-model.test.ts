import { type OffersInput, priceSetOffers } from '@waybill/commerce';
import { array, assert, asyncProperty, integer, option, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../src/index.ts';
import { effectivePrice } from '../src/prices/effective.ts';
import { deliver } from './support/deliver.ts';
import { memoryStore } from './support/fixture.ts';

/** An offer in whole numbers: days of January 2024, pieces, cents. */
interface Offer {
  readonly precedence: number;
  readonly starts: number | null;
  readonly days: number | null;
  readonly least: number | null;
  readonly more: number | null;
  readonly published: number;
  readonly cents: number;
}

const small = (max: number) => integer({ min: 0, max });
const offerValues = record<Offer>({
  precedence: small(2),
  starts: option(small(8)),
  days: option(small(6)),
  least: option(small(4)),
  more: option(small(4)),
  published: integer({ min: 0, max: 2 }),
  cents: small(9999),
});

const day = (number: number) => new Date(Date.UTC(2024, 0, 1 + number)).toISOString();
const amount = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
const endOf = ({ starts, days }: Offer) => (days === null ? null : (starts ?? 0) + days);

function inputOf(offer: Offer): OffersInput['offers'][number] {
  const end = endOf(offer);
  return {
    catalogEntryId: '30015',
    currency: 'XTS',
    price: amount(offer.cents),
    precedence: String(offer.precedence),
    published: (['0', '1', '2'] as const)[offer.published] ?? '1',
    ...(offer.starts === null ? {} : { starts: day(offer.starts) }),
    ...(end === null ? {} : { ends: day(end) }),
    ...(offer.least === null ? {} : { minimumQuantity: String(offer.least) }),
    ...(offer.more === null ? {} : { maximumQuantity: String((offer.least ?? 0) + offer.more) }),
  };
}

/** The rules in the plainest form: what is said again replaces what it says; the best of those in effect wins. */
function modelPrice(sent: readonly Offer[], at: number, quantity: number): string | undefined {
  const kept = new Map<string, Offer>();
  for (const offer of sent) {
    const key = JSON.stringify([offer.precedence, offer.starts, offer.least]);
    const former = kept.get(key);
    const before = former?.published === 2 ? undefined : former;
    if (!before) kept.delete(key);
    kept.set(key, { ...offer, days: offer.days ?? before?.days ?? null, more: offer.more ?? before?.more ?? null });
  }
  const [best] = [...kept.values()]
    .map((offer, age) => ({ offer, age }))
    .filter(({ offer }) => offer.published === 1)
    .filter(({ offer }) => (offer.starts ?? 0) <= at && at <= (endOf(offer) ?? at))
    .filter(({ offer }) => (offer.least ?? 0) <= quantity && (offer.more === null || quantity <= (offer.least ?? 0) + offer.more))
    .toSorted((a, b) => b.offer.precedence - a.offer.precedence || (b.offer.starts ?? -1) - (a.offer.starts ?? -1) || b.age - a.age);
  return best && amount(best.offer.cents);
}

describe('the price that is in effect', () => {
  it('is that of the plain model, whatever was sent before, at any time and for any quantity', async () => {
    let most = 0;
    await assert(
      asyncProperty(array(offerValues, { maxLength: 12 }), async (sent) => {
        const { store, application } = memoryStore();
        // The standing offer of the product would be one that the model does not know.
        for (const table of ['offer_prices', 'offers']) store.database.run(`DELETE FROM ${table} WHERE offer_id = '30015'`);
        for (const [index, offer] of sent.entries()) await deliver(application, priceSetOffers, { offers: [inputOf(offer)] }, `m${index}`);
        const question = { product: { catalog_entry_id: '30015' }, ownerId: seeded.ownerId, currency: 'XTS' };
        for (let at = 0; at <= 15; at++)
          for (const quantity of [0, 1, 4, 8]) {
            const price = effectivePrice({ ...question, quantity: String(quantity), now: day(at) }, store.database);
            expect(price).toBe(modelPrice(sent, at, quantity));
            if (price !== undefined) most++;
          }
        store.close();
      }),
      { numRuns: 40 },
    );
    expect(most).toBeGreaterThan(0);
  });
});
