import type { Database } from '../database/database.ts';
import type { ProductRow } from '../database/find.ts';
import { compare } from '../orders/decimal.ts';
import { nanoseconds } from '../progress/newer.ts';

/** Who wants to know a price: of so many pieces of a product, in a currency, at a time. */
export interface PriceQuestion {
  readonly product: Pick<ProductRow, 'catalog_entry_id'>;
  /** Whose standard price list holds. */
  readonly ownerId: string;
  readonly currency: string;
  readonly quantity: string;
  /** ISO 8601. */
  readonly now: string;
}

interface OfferRow {
  readonly offer_id: string;
  readonly precedence: string;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly minimum_quantity: string | null;
  readonly maximum_quantity: string | null;
  readonly price: string;
}

/**
 * The price of one piece; undefined when no offer is in effect. An offer is in effect from its start to its end, both included, for the
 * quantities of its range. Of several, the highest precedence wins, then the later start, then the newer offer.
 * Source: reference/fulfillment-messages.md, section 5.2, "Behaviour".
 */
export function effectivePrice({ product, ownerId, currency, quantity, now }: PriceQuestion, database: Database): string | undefined {
  const offers = database.all<OfferRow>(
    `SELECT offers.*, price FROM offers JOIN offer_prices USING (offer_id) JOIN price_lists USING (price_list_id)
     WHERE catalog_entry_id = ? AND owner_id = ? AND standard = 1 AND currency = ? AND published = '1'`,
    product.catalog_entry_id,
    ownerId,
    currency,
  );
  const [best] = offers.filter((offer) => isInEffect(offer, quantity, now)).toSorted(byRank);
  return best?.price;
}

function isInEffect({ starts, ends, minimum_quantity: least, maximum_quantity: most }: OfferRow, quantity: string, now: string): boolean {
  const at = nanoseconds(now);
  const inTime = (starts === null || nanoseconds(starts) <= at) && (ends === null || at <= nanoseconds(ends));
  return inTime && (least === null || compare(least, quantity) <= 0) && (most === null || compare(quantity, most) <= 0);
}

/** The best offer first. */
function byRank(left: OfferRow, right: OfferRow): number {
  const precedence = compare(right.precedence, left.precedence);
  if (precedence !== 0) return precedence;
  const [leftStart, rightStart] = [startOf(left), startOf(right)];
  if (leftStart !== rightStart) return leftStart < rightStart ? 1 : -1;
  return Number(right.offer_id) - Number(left.offer_id);
}

/** Before the year 1 for an offer that always was in effect. */
function startOf({ starts }: OfferRow): bigint {
  return starts === null ? -(10n ** 20n) : nanoseconds(starts);
}
