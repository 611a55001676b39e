import { type ShipmentInput, shipmentConfirm } from '@waybill/commerce';
import { isWaybillError } from '@waybill/contract';
import { array, assert, asyncProperty, boolean, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { memoryStore } from './support/fixture.ts';
import { parcel } from './support/fulfillment.ts';

interface Package {
  readonly updates: boolean;
  /** How many pieces of each item are named by serial numbers; 0 names all that is left, null does not name the item. */
  readonly pieces: readonly (number | null)[];
  /** Packages with the same number are one message that comes again. */
  readonly message: number;
}

const ordered = [
  { partNumber: 'HP-LAMP-02', quantity: 5 },
  { partNumber: 'HP-ROPE-10', quantity: 3 },
];

const pieces = constantFrom(null, null, 0, 1, 2, 3);
const packages = array(
  record<Package>({ updates: boolean(), pieces: array(pieces, { minLength: 2, maxLength: 2 }), message: integer({ min: 0, max: 20 }) }),
  { maxLength: 15 },
);

function inputOf({ updates, pieces }: Package, orderId: string, prefix: string): ShipmentInput {
  const products = ordered.flatMap(({ partNumber }, index) => {
    const count = pieces[index] ?? null;
    if (count === null) return [];
    const serialNumbers = Array.from({ length: count }, (_, number) => ({ code: `${prefix}-${number}` }));
    return [count === 0 ? { partNumber } : { partNumber, serialNumbers }];
  });
  return { ...parcel, orderId, updatesRelease: updates, ...(products.length === 0 ? {} : { products }) };
}

/** How many pieces have left afterwards; undefined where the package is refused. */
function model({ updates, pieces }: Package, left: readonly number[]): readonly number[] | undefined {
  if (!updates) return left;
  const open = ordered.map(({ quantity }, index) => quantity - (left[index] ?? 0));
  if (open.every((count) => count === 0)) return undefined;
  const namesNone = pieces.every((count) => count === null);
  const taken = open.map((count, index) => (namesNone || pieces[index] === 0 ? count : (pieces[index] ?? 0)));
  const isWrong = open.some((count, index) => !namesNone && pieces[index] !== null && (count === 0 || (taken[index] ?? 0) > count));
  return isWrong ? undefined : left.map((count, index) => count + (taken[index] ?? 0));
}

describe('a release after any sequence of packages', () => {
  it('has lost the pieces that were named and no others, and is told of once, with its last piece', async () => {
    let told = 0;
    await assert(
      asyncProperty(packages, async (sequence) => {
        const { store, application } = memoryStore();
        const items = ordered.map(({ partNumber, quantity }) => ({ partNumber, quantity: String(quantity) }));
        const { orderId } = store.placeOrder({ storeId: seeded.storeId, customerId: seeded.customerId, items });
        let left: readonly number[] = [0, 0];
        const done = new Set<string>();
        const events = new Set<unknown>();
        for (const each of sequence) {
          const id = `m${each.message}`;
          const next = done.has(id) ? left : model(each, left);
          const delivered = await deliver(application, shipmentConfirm, inputOf(each, orderId, id), id).catch(refusal);
          expect(delivered !== undefined).toBe(next !== undefined);
          if (delivered) done.add(id);
          for (const { options } of delivered?.published ?? []) events.add(options?.id);
          left = next ?? left;
          const rows = store.database.all('SELECT shipped_quantity FROM release_items WHERE order_id = ? ORDER BY order_item_id', orderId);
          expect(rows.map((row) => Number(row['shipped_quantity']))).toEqual(left);
          const isGone = left.every((count, index) => count === ordered[index]?.quantity);
          expect([store.order(orderId)?.status, store.order(orderId)?.releases[0]?.status]).toEqual(isGone ? ['S', 'MNF'] : ['C', 'SHIP']);
          expect([...events]).toEqual(isGone ? [`release-${orderId}-1-shipped`] : []);
        }
        told += events.size;
        store.close();
      }),
      { numRuns: 60 },
    );
    expect(told).toBeGreaterThan(0);
  });
});

function refusal(error: unknown): undefined {
  if (!isWaybillError(error) || !error.code.startsWith('WB_STORE_')) throw error;
  return undefined;
}
