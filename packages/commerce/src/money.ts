import type { Static, TString } from '@waybill/contract';
import { decimal, Type } from '@waybill/contract';
import { closed, optional } from './text.ts';

/** A currency code of ISO 4217. */
export function currency(description = 'Currency code of ISO 4217.'): TString {
  return Type.String({ description, minLength: 1, maxLength: 10, examples: ['CAD'] });
}

export function amount(description: string): ReturnType<typeof decimal> {
  return decimal({ description, examples: ['184.50'] });
}

export function quantity(description: string): ReturnType<typeof decimal> {
  return decimal({ description, examples: ['3'] });
}

/** An amount that may name its currency. */
export const money = (description: string) =>
  closed(
    { amount: amount('The amount.'), currency: optional(currency('Currency code of ISO 4217. Default: the currency of the order.')) },
    description,
  );
export type Money = Static<ReturnType<typeof money>>;
