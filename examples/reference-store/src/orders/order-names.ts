import { type OffersInput, type OrderNames, orderKeyOf, priceSetOffers } from '@waybill/commerce';
import type { ApplicationSpec } from '@waybill/contract/application';
import type { Database } from '../database/database.ts';
import type { Store } from '../store.ts';
import { ordersNumbered } from './order-numbers.ts';

/** How many numbers are remembered that no status has brought into the database yet. */
const mostLearned = 10_000;

/**
 * Gives an order one key, whatever a message calls it: one that has only the number at the back end waits for those that
 * name the id. A number that came with an id in a message that is still on its way is remembered until that message is done with.
 */
export function resolveOrderKeys(store: Store): NonNullable<ApplicationSpec['keyOf']> {
  const learned = new Map<string, string>();
  return (command, input, { proposed }) => {
    // What a buyer calls an order or a question is no number of the store.
    if (command.startsWith('purchase-order.')) return proposed;
    const { orderId, merchantOrderNumber, requestId, offers } = input as AnyInput;
    if (offers) return pricesKey(store.database, offers, proposed);
    if (requestId !== undefined && orderId === undefined) return requestKey(store.database, requestId) ?? proposed;
    if (merchantOrderNumber === undefined) return proposed;
    if (orderId !== undefined) learn(learned, merchantOrderNumber, orderId);
    const known = orderId ?? knownOrder(store.database, merchantOrderNumber) ?? learned.get(merchantOrderNumber);
    return orderKeyOf({ orderId: known, merchantOrderNumber });
  };
}

/** What the inputs of several commands name their objects with. */
interface AnyInput extends OrderNames {
  readonly requestId?: string | undefined;
  readonly offers?: OffersInput['offers'] | undefined;
}

/** The order that a distributor was asked about; a quotation does not name it. */
function requestKey(database: Database, requestId: string): string | undefined {
  const asked = database.get<{ order_id: string | null }>('SELECT order_id FROM distributor_requests WHERE request_id = ?', requestId);
  return orderKeyOf({ orderId: asked?.order_id ?? undefined });
}

/** The owner of the first product, also where the message names the product or the offer alone. */
function pricesKey(database: Database, [first]: OffersInput['offers'], proposed: string | undefined): string | undefined {
  if (!first || first.ownerId !== undefined) return proposed;
  const { ownerId } = named(first, database) ?? {};
  return ownerId === undefined ? proposed : priceSetOffers.orderKey?.({ offers: [{ ...first, ownerId }] });
}

function named(offer: OffersInput['offers'][number], database: Database): { readonly ownerId: string } | undefined {
  const entry = 'catalogEntryId' in offer ? offer.catalogEntryId : undefined;
  if (!('offerId' in offer)) return database.get('SELECT owner_id AS ownerId FROM products WHERE catalog_entry_id = ?', entry ?? null);
  return database.get('SELECT owner_id AS ownerId FROM offers JOIN products USING (catalog_entry_id) WHERE offer_id = ?', offer.offerId);
}

function learn(learned: Map<string, string>, number: string, orderId: string): void {
  learned.delete(number);
  learned.set(number, orderId);
  const [oldest] = learned.keys();
  if (learned.size > mostLearned && oldest !== undefined) learned.delete(oldest);
}

/** A number that several orders have names none of them; the handler refuses such a message. */
function knownOrder(database: Database, number: string): string | undefined {
  const [only, another] = ordersNumbered(database, number);
  return another === undefined ? only : undefined;
}
