import type { CommandDefinition, EventDefinition } from '@waybill/contract';
import { customerRegister } from './customer.ts';
import { inventoryAvailabilityRequested, inventoryRecordAvailability, inventorySetLevels } from './inventory.ts';
import { orderCreated } from './order.ts';
import { orderConfirmStatus, orderInvoiceStatus, orderShipStatus, orderUpdateStatus } from './order-status.ts';
import { pickListGet, releaseShipped } from './shipment.ts';

export * from './address.ts';
export * from './customer.ts';
export * from './inventory.ts';
export { type BusinessKeyName, type OrderNames, orderKeyOf } from './keys.ts';
export * from './order.ts';
export * from './order-status.ts';
export * from './shipment.ts';
export type { Money } from './values/money.ts';
export { isWritable } from './values/text.ts';
export type { UserData } from './values/user-data.ts';
export { exactNumber, widths } from './values/widths.ts';

/** Every command, by name. */
export const commands: readonly CommandDefinition[] = [
  customerRegister,
  inventoryRecordAvailability,
  inventorySetLevels,
  orderConfirmStatus,
  orderInvoiceStatus,
  orderShipStatus,
  orderUpdateStatus,
  pickListGet,
];

/** Every event, by name. */
export const events: readonly EventDefinition[] = [inventoryAvailabilityRequested, orderCreated, releaseShipped];
