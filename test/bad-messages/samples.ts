import { readFileSync } from 'node:fs';

/** A sample of the fulfillment pack, by its file name without ending. */
export function sample(name: string): string {
  return readFileSync(new URL(`../../plugins/pack-fulfillment/test/samples/${name}.xml`, import.meta.url), 'utf8');
}

export const orderStatus = sample('Update_WCS_OrderStatus');
export const orderStatus20 = sample('Update_WCS_OrderStatus_20');
export const inventory = sample('Update_WCS_ProductInventory');
export const customer = sample('Create_WCS_Customer');
export const inquiry = sample('Inquire_WCS_PickPackListDetail');

/** The good messages; each is answered by a command. */
export const goodMessages: readonly string[] = [orderStatus, orderStatus20, inventory, customer];
