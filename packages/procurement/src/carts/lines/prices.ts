import { placesOfCurrency } from '../../exact/currency.ts';
import { compare, divide, multiply, placesOf, sumOfQuotients } from '../../exact/exact.ts';
import type { PriceBasis, ReadyLine } from './ready-line.ts';

/** A price and for how many units it is. */
export interface ScaledPrice {
  readonly price: string;
  readonly per: string;
}

const powersOfTen = ['10', '100', '1000', '10000', '100000', '1000000', '10000000', '100000000', '1000000000'];

/**
 * The same price with at most `places` behind the point: for ten, a hundred and so on as many units. `largest` bounds the units. Undefined where there is
 * none such: a price is never rounded.
 */
export function withPlaces({ price, per }: ScaledPrice, places: number, largest: string): ScaledPrice | undefined {
  if (placesOf(price) <= places && compare(per, largest) <= 0) return { price, per };
  for (const power of powersOfTen) {
    const scaled = { price: multiply(price, power), per: multiply(per, power) };
    if (compare(scaled.per, largest) > 0) return undefined;
    if (placesOf(scaled.price) <= places) return scaled;
  }
  return undefined;
}

/** The price of one unit, if it has at most `places` behind the point. */
export function priceOfOne(price: string, basis: PriceBasis, places: number): string | undefined {
  const amount = multiply(price, basis.conversion);
  const one = divide(amount, basis.quantity, places);
  return compare(multiply(one, basis.quantity), amount) === 0 ? one : undefined;
}

/**
 * What the lines cost without shipping and tax: each is quantity × price × conversion / basis, exactly, and the sum is rounded once, to what the currency has
 * behind the point.
 */
export function totalOf(lines: readonly ReadyLine[], currency: string): string {
  const shares = lines.map(({ quantity, price, priceBasis }) => ({
    number: multiply(quantity, price, priceBasis?.conversion ?? '1'),
    by: priceBasis?.quantity ?? '1',
  }));
  return sumOfQuotients(shares, placesOfCurrency(currency));
}
