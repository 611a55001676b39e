import { errors } from '../errors.ts';
import { compare } from '../orders/decimal.ts';

/** Throws a `CommandError` WB_STORE_QUANTITY_NOT_POSITIVE. */
export function refuseNothing(quantity: string): void {
  if (compare(quantity, '0') <= 0)
    throw errors.WB_STORE_QUANTITY_NOT_POSITIVE(`The quantity is ${quantity}, and has to be more than none.`, { at: 'quantity' });
}
