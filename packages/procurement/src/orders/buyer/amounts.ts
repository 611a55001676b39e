import { placesOfCurrency } from '../../exact/currency.ts';
import { add, compare, fixed, placesOf } from '../../exact/exact.ts';
import type { BookedOrder } from '../order.ts';
import { plain, priceOf } from '../standing.ts';

/**
 * What does not add up in an order, with both figures; undefined where all is well, or where a line has no price. The total is without shipping and tax. Buyers
 * round the total, or each line: either is right. Of a blanket order, it is the limit, which those of the lines do not exceed.
 */
export function amountsNote({ header, lines }: BookedOrder): string | undefined {
  const { amount: total, currency } = header.total;
  const live = lines.flatMap(({ line, cancelled }) => (cancelled ? [] : [line]));
  if (header.orderType === 'blanket') {
    const limits = add('0', ...live.map(({ limit }) => limit?.amount ?? '0'));
    return compare(limits, total) > 0 ? `the limits of the lines add up to ${limits}, the order has ${plain(total)}` : undefined;
  }
  const prices = live.map((line) => priceOf(line, line.quantity));
  const known = prices.filter((price) => price !== undefined);
  if (known.length < prices.length) return undefined;
  const places = placesOfCurrency(currency);
  const sum = add('0', ...known);
  const rounded = add('0', ...known.map((price) => fixed(price, places)));
  const isRight = [fixed(sum, Math.max(places, placesOf(total))), fixed(sum, places), rounded].some((each) => compare(each, total) === 0);
  return isRight ? undefined : `the lines add up to ${fixed(sum, places)}, the order has ${plain(total)}`;
}
