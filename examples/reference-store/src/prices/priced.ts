import type { Database } from '../database/database.ts';
import { errors } from '../errors.ts';
import { compare } from '../orders/decimal.ts';

/** A product as price messages know it: by its owner, whatever store sells it. */
export interface OwnedProduct {
  readonly catalog_entry_id: string;
  readonly part_number: string;
  readonly owner_id: string;
}

export interface ProductNames {
  readonly catalogEntryId?: string | undefined;
  readonly partNumber?: string | undefined;
  readonly ownerId?: string | undefined;
}

/**
 * A product by its id, else by owner and part number; every name that is given has to fit. Throws a `CommandError`
 * WB_STORE_OWNER_MISSING or WB_STORE_PRODUCT_UNKNOWN.
 */
export function findOwned(names: ProductNames, database: Database): OwnedProduct {
  const { catalogEntryId, partNumber, ownerId } = names;
  if (catalogEntryId === undefined && ownerId === undefined)
    throw errors.WB_STORE_OWNER_MISSING(`Product ${partNumber} is named without its owner.`, { at: 'ownerId' });
  const [column, value] = catalogEntryId === undefined ? ['part_number', partNumber] : ['catalog_entry_id', catalogEntryId];
  const product = database.get<OwnedProduct>(
    `SELECT catalog_entry_id, part_number, owner_id FROM products WHERE ${column} = ?`,
    value ?? null,
  );
  if (!product || !isNamed(product, names))
    throw errors.WB_STORE_PRODUCT_UNKNOWN(
      `There is no product ${value}${ownerId === undefined ? '' : ` of member ${ownerId}`} under all the names that are given.`,
    );
  return product;
}

/** Whether all names that are given are those of the product. */
export function isNamed(product: OwnedProduct, { catalogEntryId, partNumber, ownerId }: ProductNames): boolean {
  return (
    (catalogEntryId ?? product.catalog_entry_id) === product.catalog_entry_id &&
    (partNumber ?? product.part_number) === product.part_number &&
    (ownerId ?? product.owner_id) === product.owner_id
  );
}

/** Throws a `CommandError` WB_STORE_PRICE_NEGATIVE. */
export function refuseNegative(price: string): void {
  if (compare(price, '0') < 0) throw errors.WB_STORE_PRICE_NEGATIVE(`A price cannot be ${price}.`, { at: 'price' });
}
