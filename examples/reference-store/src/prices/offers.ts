import type { OffersInput, ProductOffer } from '@waybill/commerce';
import type { Database, Row } from '../database/database.ts';
import { present, toJson } from '../database/present.ts';
import { errors } from '../errors.ts';
import { compare } from '../orders/decimal.ts';
import { nanoseconds } from '../progress/newer.ts';
import type { Work } from '../work.ts';
import { findOwned, isNamed, type OwnedProduct, refuseNegative } from './priced.ts';

interface OfferRow extends Row {
  readonly offer_id: string;
  readonly catalog_entry_id: string;
  readonly price_list_id: string;
  readonly precedence: string;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly minimum_quantity: string | null;
  readonly maximum_quantity: string | null;
}

/**
 * Sets offers, all of them or none (reference/fulfillment-messages.md, sections 5.1 and 5.2). An offer is named by its id, or it is the one of the
 * same product, price list, precedence, start and least quantity; where there is none, it is a new one. So an offer that starts later changes
 * no price of today. What a message leaves out stays as it is.
 *
 * Throws a `CommandError` WB_STORE_OFFER_UNKNOWN, WB_STORE_OFFER_MISMATCH, WB_STORE_OWNER_MISSING, WB_STORE_PRODUCT_UNKNOWN,
 * WB_STORE_PRICE_LIST_UNKNOWN, WB_STORE_PRICE_MISSING, WB_STORE_PRICE_NEGATIVE or WB_STORE_OFFER_RANGE.
 */
export function setOffers(input: OffersInput, work: Work): void {
  for (const offer of input.offers) setOffer(offer, work);
}

function setOffer(offer: ProductOffer, work: Work): void {
  const { database } = work;
  const { known, product, priceListId } = 'offerId' in offer ? findNamed(offer, database) : findAlike(offer, database);
  const row = {
    precedence: '0',
    published: '1',
    ...known,
    ...present(columnsOf(offer)),
    offer_id: known?.offer_id ?? database.nextId('offer'),
    catalog_entry_id: product.catalog_entry_id,
    price_list_id: priceListId,
    updated: work.now,
  };
  refuseRange(row);
  if (known) updateOffer(row, database);
  else database.insert('offers', row);
  setPrice(row.offer_id, offer, database);
  work.effect(`offer ${row.offer_id} of ${product.part_number} set to ${offer.price ?? 'the price that it had'} ${offer.currency}`);
}

interface Found {
  readonly known: OfferRow | undefined;
  readonly product: OwnedProduct;
  readonly priceListId: string;
}

function findNamed(offer: Extract<ProductOffer, { offerId: string }>, database: Database): Found {
  const known = database.get<OfferRow>('SELECT * FROM offers WHERE offer_id = ?', offer.offerId);
  if (!known) throw errors.WB_STORE_OFFER_UNKNOWN(`There is no offer ${offer.offerId}.`);
  const product = findOwned({ catalogEntryId: known.catalog_entry_id }, database);
  if (!isNamed(product, offer) || (offer.priceListId ?? known.price_list_id) !== known.price_list_id)
    throw errors.WB_STORE_OFFER_MISMATCH(
      `Offer ${offer.offerId} is one of product ${product.part_number} in price list ${known.price_list_id}.`,
    );
  return { known, product, priceListId: known.price_list_id };
}

function findAlike(offer: Exclude<ProductOffer, { offerId: string }>, database: Database): Found {
  const product = findOwned(offer, database);
  const priceListId = findPriceList(offer.priceListId, product, database);
  // One that is marked for deletion is as good as gone: what is left out of a new price must not come from it.
  const offers = database.all<OfferRow>(
    "SELECT * FROM offers WHERE catalog_entry_id = ? AND price_list_id = ? AND published <> '2'",
    product.catalog_entry_id,
    priceListId,
  );
  return { known: offers.find((each) => isAlike(each, offer)), product, priceListId };
}

function findPriceList(named: string | undefined, { owner_id }: OwnedProduct, database: Database): string {
  const list = database.get<{ price_list_id: string }>(
    'SELECT price_list_id FROM price_lists WHERE owner_id = ? AND (price_list_id = ? OR (? IS NULL AND standard = 1))',
    owner_id,
    named ?? null,
    named ?? null,
  );
  if (!list)
    throw errors.WB_STORE_PRICE_LIST_UNKNOWN(
      `Member ${owner_id} has no ${named === undefined ? 'standard price list' : `price list ${named}`}.`,
    );
  return list.price_list_id;
}

function isAlike(known: OfferRow, { precedence = '0', starts, minimumQuantity }: ProductOffer): boolean {
  return (
    compare(known.precedence, precedence) === 0 &&
    isSame(known.starts, starts, (left, right) => nanoseconds(left) === nanoseconds(right)) &&
    isSame(known.minimum_quantity, minimumQuantity, (left, right) => compare(left, right) === 0)
  );
}

function isSame(known: string | null, given: string | undefined, equal: (left: string, right: string) => boolean): boolean {
  return known === null || given === undefined ? known === null && given === undefined : equal(known, given);
}

function columnsOf(offer: ProductOffer): Readonly<Record<string, string | undefined>> {
  return {
    precedence: offer.precedence,
    starts: offer.starts,
    ends: offer.ends,
    minimum_quantity: offer.minimumQuantity,
    maximum_quantity: offer.maximumQuantity,
    quantity_unit: offer.quantityUnit,
    published: offer.published,
    field1: offer.fields?.[0],
    field2: offer.fields?.[1],
    user_data: toJson(offer.userData),
  };
}

function refuseRange(row: Row): void {
  const { starts, ends, minimum_quantity: least, maximum_quantity: most } = row as Partial<OfferRow>;
  if (starts && ends && nanoseconds(ends) < nanoseconds(starts))
    throw errors.WB_STORE_OFFER_RANGE(`An offer cannot end at ${ends} that starts at ${starts}.`, { at: 'ends' });
  if (least && most && compare(most, least) < 0)
    throw errors.WB_STORE_OFFER_RANGE(`An offer cannot hold for ${least} and more, and for ${most} and fewer.`, { at: 'maximumQuantity' });
}

function updateOffer({ offer_id, ...columns }: Row & { readonly offer_id: string }, database: Database): void {
  const names = Object.keys(columns);
  database.run(
    `UPDATE offers SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE offer_id = ?`,
    ...names.map((name) => columns[name] ?? null),
    offer_id,
  );
}

function setPrice(offerId: string, { price, currency }: ProductOffer, database: Database): void {
  if (price !== undefined) {
    refuseNegative(price);
    database.run(
      'INSERT INTO offer_prices (offer_id, currency, price) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET price = excluded.price',
      offerId,
      currency,
      price,
    );
  } else if (!database.get('SELECT 1 FROM offer_prices WHERE offer_id = ? AND currency = ?', offerId, currency))
    throw errors.WB_STORE_PRICE_MISSING(`The offer has no price in ${currency} yet, and none is given.`, { at: 'price' });
}
