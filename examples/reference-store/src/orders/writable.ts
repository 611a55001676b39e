import { exactNumber, isWritable, widths } from '@waybill/commerce';
import { errors } from '../errors.ts';
import type { NewOrder } from './new-order.ts';

const { digits, scale } = exactNumber;
const number = new RegExp(`^[0-9]{1,${digits - scale}}(\\.[0-9]{1,${scale}})?$`);

/**
 * Refuses an order that `order.created` could not tell of, while there is somebody to tell. Throws a `CommandError`
 * WB_STORE_ORDER_UNWRITABLE.
 */
export function refuseUnwritable({ items, merchantOrderNumber, instructions, fields = [], userData = {} }: NewOrder): void {
  const texts: readonly (readonly [what: string, text: string | undefined])[] = [
    ['The number at the merchant', merchantOrderNumber],
    ['The instructions', instructions],
    ...items.map(({ comment }) => ['A comment', comment] as const),
    ...fields.map((field) => ['A field', field] as const),
    ...Object.entries(userData).flatMap(([name, value]) => [['The name of user data', name] as const, ['User data', value] as const]),
  ];
  for (const [what, text = ''] of texts)
    if (!isWritable(text)) throw errors.WB_STORE_ORDER_UNWRITABLE(`${what} has a control character, or half of a surrogate pair.`);
  if (
    merchantOrderNumber !== undefined &&
    (merchantOrderNumber.trim() === '' || Array.from(merchantOrderNumber).length > widths.merchantNumber)
  )
    throw errors.WB_STORE_ORDER_UNWRITABLE(`The number at the merchant is empty or has more than ${widths.merchantNumber} characters.`);
  if (Object.hasOwn(userData, '')) throw errors.WB_STORE_ORDER_UNWRITABLE('A field of the user data has no name.');
  const wrong = items.find(({ quantity, unitPrice = '0' }) => !number.test(quantity) || !number.test(unitPrice));
  if (wrong)
    throw errors.WB_STORE_ORDER_UNWRITABLE(
      `The quantity or the price of ${wrong.partNumber} is no decimal number that a message can hold.`,
    );
}
