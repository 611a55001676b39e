import { compare, multiply } from '../exact/exact.ts';
import { priceOfOne, type ScaledPrice, withPlaces } from './lines/prices.ts';
import type { PriceBasis, ReadyLine } from './lines/ready-line.ts';

/** PRICE has 11 digits and 3 behind the point, PRICEUNIT 5 digits: reference/procurement-messages.md, section 6.2. */
const places = 3;
const largest = '99999';

/** PRICE and PRICEUNIT of a line, exactly; undefined where there are none such. With `ofOne`, the buyer reads no PRICEUNIT. */
export function ociPrice({ price, priceBasis, unit }: ReadyLine, ofOne: boolean): ScaledPrice | undefined {
  const basis = priceBasis ?? { quantity: '1', unit, conversion: '1' };
  if (!ofOne && isPlain(basis, unit)) return withPlaces({ price: short(price), per: basis.quantity }, places, largest);
  const most = ofOne ? 0 : 4;
  for (let power = 0; power <= most; power += 1) {
    const per = `1${'0'.repeat(power)}`;
    const scaled = priceOfOne(price, { ...basis, conversion: multiply(basis.conversion, per) }, places);
    if (scaled !== undefined) return { price: scaled, per };
  }
  return undefined;
}

/** Whether PRICEUNIT can say it: so many of the same units, a whole number. */
function isPlain({ quantity, conversion, unit: of }: PriceBasis, unit: string): boolean {
  return of === unit && compare(conversion, '1') === 0 && /^[1-9][0-9]{0,4}$/.test(quantity);
}

/** `1.50` stays; of `1.5000` nobody knows whether the fourth place is read. */
function short(price: string): string {
  return (price.split('.')[1]?.length ?? 0) > places ? multiply(price, '1') : price;
}
