import type { ShipmentInput, ShippedProduct } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { errors } from '../errors.ts';
import { add, compare, subtract } from '../orders/decimal.ts';
import { refuseNothing } from '../stock/quantities.ts';
import type { ReleaseRow } from './shipments.ts';

/** An item of a release in a package, and how many pieces of it. */
export interface PackedItem {
  readonly orderItemId: string;
  readonly quantity: string;
  /** How many pieces had left before. */
  readonly shippedBefore: string;
  readonly serials: readonly Serial[];
}

interface Serial {
  readonly catalogEntryId: string;
  readonly componentId: string | undefined;
  readonly code: string;
  readonly quantity: string;
}

interface ItemRow {
  readonly order_item_id: string;
  readonly catalog_entry_id: string;
  readonly part_number: string;
  readonly quantity: string;
  readonly shipped_quantity: string;
}

/**
 * What is in a package. A product with serial numbers is in it as often as they count, one without with all that has not left yet; a message without
 * products is about everything that has not left. Throws a `CommandError` WB_STORE_ITEM_UNKNOWN, WB_STORE_ITEM_AMBIGUOUS,
 * WB_STORE_QUANTITY_NOT_POSITIVE or, where more are said to leave than are left, WB_STORE_SHIPMENT_TOO_LARGE.
 */
export function packedItems(
  { products, updatesRelease = false }: ShipmentInput,
  release: ReleaseRow,
  database: Database,
): readonly PackedItem[] {
  const items = database.all<ItemRow>(
    `SELECT order_item_id, catalog_entry_id, part_number, release_items.quantity, shipped_quantity
     FROM release_items JOIN order_items USING (order_item_id) JOIN products USING (catalog_entry_id)
     WHERE release_items.order_id = ? AND release_number = ? ORDER BY line`,
    release.order_id,
    release.release_number,
  );
  const packed = new Map<string, PackedItem>();
  for (const product of products ?? items.filter(isOpen).map(whole)) {
    const item = findItem(product, items, release);
    const before = packed.get(item.order_item_id);
    packed.set(item.order_item_id, pack(product, item, before, database));
  }
  if (updatesRelease) for (const item of items) refuseTooMany(item, packed.get(item.order_item_id));
  return [...packed.values()];
}

function isOpen({ quantity, shipped_quantity }: ItemRow): boolean {
  return compare(shipped_quantity, quantity) < 0;
}

function whole({ order_item_id, part_number }: ItemRow): ShippedProduct {
  return { partNumber: part_number, orderItemId: order_item_id };
}

function findItem(
  { partNumber, orderItemId }: ShippedProduct,
  items: readonly ItemRow[],
  { order_id, release_number }: ReleaseRow,
): ItemRow {
  const fitting = items.filter((item) => item.part_number === partNumber && (orderItemId ?? item.order_item_id) === item.order_item_id);
  const [only, another] = fitting;
  const where = `Release ${release_number} of order ${order_id}`;
  if (!only) throw errors.WB_STORE_ITEM_UNKNOWN(`${where} has no item ${orderItemId ?? ''} of product ${partNumber}.`);
  if (another) throw errors.WB_STORE_ITEM_AMBIGUOUS(`${where} has ${fitting.length} items of product ${partNumber}.`);
  return only;
}

function pack(product: ShippedProduct, item: ItemRow, before: PackedItem | undefined, database: Database): PackedItem {
  const own = serialsOf(item.catalog_entry_id, undefined, product.serialNumbers);
  const parts = (product.components ?? []).flatMap(({ partNumber, componentId, serialNumbers }) =>
    serialsOf(findPart(partNumber, componentId, item, database), componentId, serialNumbers),
  );
  const left = subtract(item.quantity, add(item.shipped_quantity, before?.quantity ?? '0'));
  const named = own.reduce((total, { quantity }) => add(total, quantity), '0');
  return {
    orderItemId: item.order_item_id,
    quantity: add(before?.quantity ?? '0', own.length === 0 ? left : named),
    shippedBefore: item.shipped_quantity,
    serials: [...(before?.serials ?? []), ...own, ...parts],
  };
}

function serialsOf(
  catalogEntryId: string,
  componentId: string | undefined,
  numbers: ShippedProduct['serialNumbers'] = [],
): readonly Serial[] {
  return numbers.map(({ code, quantity = '1' }) => {
    refuseNothing(quantity);
    return { catalogEntryId, componentId, code, quantity };
  });
}

/** The parts of a kit, and the parts of those. */
const partsOfKit = `WITH RECURSIVE parts (component_id, catalog_entry_id) AS (
    SELECT component_id, catalog_entry_id FROM components WHERE kit_id = ?
    UNION SELECT components.component_id, components.catalog_entry_id FROM components JOIN parts ON kit_id = parts.catalog_entry_id
  ) SELECT catalog_entry_id FROM parts JOIN products USING (catalog_entry_id) WHERE part_number = ? AND (? IS NULL OR component_id = ?)`;

function findPart(partNumber: string, componentId: string | undefined, kit: ItemRow, database: Database): string {
  const named = componentId ?? null;
  const part = database.get<{ catalog_entry_id: string }>(partsOfKit, kit.catalog_entry_id, partNumber, named, named);
  if (!part) throw errors.WB_STORE_ITEM_UNKNOWN(`Product ${kit.part_number} has no part ${componentId ?? ''} of product ${partNumber}.`);
  return part.catalog_entry_id;
}

function refuseTooMany(item: ItemRow, packed: PackedItem | undefined): void {
  if (!packed) return;
  const left = subtract(item.quantity, item.shipped_quantity);
  if (left === '0') throw errors.WB_STORE_SHIPMENT_TOO_LARGE(`Item ${item.order_item_id} has left already, with all its pieces.`);
  if (compare(packed.quantity, left) > 0)
    throw errors.WB_STORE_SHIPMENT_TOO_LARGE(
      `Of item ${item.order_item_id}, ${left} pieces are left to be shipped, not ${packed.quantity}.`,
    );
}

/** Writes the serial numbers, for goods that come back. One that was written for an earlier package of the item stays as it is. */
export function recordSerials(packed: readonly PackedItem[], shipmentId: string, database: Database): void {
  for (const { orderItemId, serials } of packed)
    for (const { catalogEntryId, componentId, code, quantity } of serials)
      database.run(
        `INSERT INTO serial_numbers (order_item_id, catalog_entry_id, code, quantity, shipment_id, component_id) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        orderItemId,
        catalogEntryId,
        code,
        quantity,
        shipmentId,
        componentId ?? null,
      );
}
