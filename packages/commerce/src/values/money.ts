import { type Static, type TString, type TUnsafe, Type } from '@waybill/contract';
import { closed, id, optional } from './text.ts';
import { exactNumber, widths } from './widths.ts';

/** A currency code of ISO 4217. */
export function currency(description = 'Currency code of ISO 4217.', most: number = widths.currency): TString {
  return id(description, most);
}

const { digits, scale } = exactNumber;
const pattern = `^[+-]?[0-9]{1,${digits - scale}}(\\.[0-9]{1,${scale}})?$`;

/** An exact decimal number as text, as large as `exactNumber` says. */
export function decimal(description: string, example: string): TUnsafe<string> {
  return Type.Unsafe<string>({ type: 'string', pattern, description, examples: [example] });
}

export function amount(description: string): TUnsafe<string> {
  return decimal(description, '184.50');
}

export function quantity(description: string): TUnsafe<string> {
  return decimal(description, '3');
}

/** An amount that may name its currency. */
export const money = (description: string) =>
  closed(
    { amount: amount('The amount.'), currency: optional(currency('Currency code of ISO 4217. Default: the currency of the order.')) },
    description,
  );
export type Money = Static<ReturnType<typeof money>>;
