import type { Shipment, ShipmentInput } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { errors } from '../errors.ts';
import { add, compare } from '../orders/decimal.ts';
import { findNamedOrder } from '../orders/order-numbers.ts';
import type { Work } from '../work.ts';
import { type PackedItem, packedItems, recordSerials } from './packages.ts';
import { type ReleaseRow, shipRelease } from './shipments.ts';

interface OpenRelease extends ReleaseRow {
  readonly status: string;
}

/**
 * Records a package of a release (reference/fulfillment-messages.md, section 6.12). With `updatesRelease`, what is in it has left: only the
 * items and quantities that the message names, or all that is left where it names none. With the last piece the release is manifested and
 * told of, and with the last piece of the order the order becomes S.
 *
 * Throws what `findNamedOrder` and `packedItems` throw, and a `CommandError` WB_STORE_RELEASE_UNKNOWN, WB_STORE_RELEASE_NOT_SHIPPABLE or
 * WB_STORE_SHIP_MODE_UNKNOWN.
 */
export function confirmShipment(input: ShipmentInput, work: Work): Shipment {
  const { database } = work;
  const orderId = findNamedOrder(input, database);
  const release = findRelease(orderId, input.releaseNumber, database);
  if (!database.get('SELECT 1 FROM ship_modes WHERE ship_mode_id = ?', input.shipModeId))
    throw errors.WB_STORE_SHIP_MODE_UNKNOWN(`There is no ship mode ${input.shipModeId}.`);
  if (input.updatesRelease) refuseClosed(release);
  const packed = packedItems(input, release, database);
  const shipmentId = insertShipment(input, release, database);
  recordSerials(packed, shipmentId, database);
  const trackingId = input.trackingId ?? release.tracking_id;
  database.run(
    'UPDATE releases SET tracking_id = ? WHERE order_id = ? AND release_number = ?',
    trackingId,
    orderId,
    release.release_number,
  );
  work.effect(`shipment ${shipmentId} of release ${orderId}/${release.release_number} recorded`);
  if (input.updatesRelease) {
    move(packed, shipmentId, release, database);
    const journey = { shipped: input.shipped, trackingId };
    if (isEmpty(release, database)) shipRelease({ ...release, ship_mode_id: input.shipModeId }, journey, work);
    completeOrder(orderId, work);
  }
  return { shipmentId, orderId };
}

function findRelease(orderId: string, number: string, database: Database): OpenRelease {
  const plain = number.trim();
  const release = /^[0-9]{1,15}$/.test(plain)
    ? database.get<OpenRelease>('SELECT * FROM releases WHERE order_id = ? AND release_number = ?', orderId, Number(plain))
    : undefined;
  if (!release) throw errors.WB_STORE_RELEASE_UNKNOWN(`Order ${orderId} has no release ${plain}.`);
  return release;
}

function refuseClosed({ order_id, release_number, status }: OpenRelease): void {
  if (status === 'SHIP' || status === 'PRN') return;
  const why = status === 'MNF' ? 'has left already' : 'is not handed to a fulfillment center yet';
  throw errors.WB_STORE_RELEASE_NOT_SHIPPABLE(`Release ${release_number} of order ${order_id} ${why}.`);
}

function insertShipment(input: ShipmentInput, { order_id, release_number }: ReleaseRow, database: Database): string {
  const shipmentId = database.nextId('shipment');
  database.insert('shipments', {
    shipment_id: shipmentId,
    order_id,
    release_number,
    ship_mode_id: input.shipModeId,
    package_id: input.packageId,
    tracking_id: input.trackingId,
    pickup_record_id: input.pickupRecordId,
    shipped: input.shipped,
    costs: input.costs.amount,
    currency: input.costs.currency,
    weight: input.weight.value,
    weight_measure: input.weight.measure,
  });
  return shipmentId;
}

function move(packed: readonly PackedItem[], shipmentId: string, { order_id, release_number }: ReleaseRow, database: Database): void {
  for (const { orderItemId, quantity, shippedBefore } of packed) {
    database.insert('shipment_items', { shipment_id: shipmentId, order_item_id: orderItemId, quantity });
    database.run(
      'UPDATE release_items SET shipped_quantity = ? WHERE order_id = ? AND release_number = ? AND order_item_id = ?',
      add(shippedBefore, quantity),
      order_id,
      release_number,
      orderItemId,
    );
  }
}

interface Shipped {
  readonly quantity: string;
  readonly shipped_quantity: string;
}

function isEmpty({ order_id, release_number }: ReleaseRow, database: Database): boolean {
  const items = database.all<Shipped>(
    'SELECT quantity, shipped_quantity FROM release_items WHERE order_id = ? AND release_number = ?',
    order_id,
    release_number,
  );
  return items.every(({ quantity, shipped_quantity }) => compare(shipped_quantity, quantity) >= 0);
}

/** An order is S when all pieces of all its items have left, whatever releases they were in. */
function completeOrder(orderId: string, work: Work): void {
  const open = work.database
    .all<{ order_item_id: string; quantity: string }>('SELECT order_item_id, quantity FROM order_items WHERE order_id = ?', orderId)
    .some(({ order_item_id, quantity }) => {
      const parts = work.database.all<Shipped>('SELECT * FROM release_items WHERE order_item_id = ?', order_item_id);
      return (
        compare(
          parts.reduce((total, part) => add(total, part.shipped_quantity), '0'),
          quantity,
        ) < 0
      );
    });
  if (open) return;
  work.database.run("UPDATE orders SET status = 'S', held_by = NULL, updated = ? WHERE order_id = ?", work.now, orderId);
  work.effect(`order ${orderId} shipped`);
}
