import { decimalText, Problem } from '@waybill/values';
import { badValue, doesNotFit, isMisfit, type Misfit } from '../misfit.ts';

/** Digits and places that can hold every number of a field. */
const exact = decimalText({ digits: 400, scale: 200 });

/** No number of a field is longer; looking at a longer one takes longer than its length allows. */
const longest = 500;

/** A number with a point as exact decimal text; undefined when it is none. Blanks around it are not taken. */
export function readDecimal(text: string): string | undefined {
  if (text.length > longest || text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32) return undefined;
  const value = exact.read(text);
  return value instanceof Problem ? undefined : value;
}

/** A value that is to be written, as `readDecimal` gives it. */
export function normalDecimal(value: string): string | Misfit {
  return readDecimal(value) ?? badValue('takes a decimal number such as 12.50, as text');
}

/** The first character that cannot stand there in a number with a point; 0 when the whole is none. */
export function firstNonDecimal(text: string): number {
  const good = /^[+-]?\d*\.?\d*/.exec(text)?.[0].length ?? 0;
  return good < text.length ? good : 0;
}

/** Digits whose point is implied, as exact decimal text: `0001234` with two decimals is `12.34`. */
export function pointed(digits: string, decimals: number, negative: boolean): string {
  const padded = decimals < 0 ? digits + '0'.repeat(-decimals) : decimals === 0 ? digits : digits.padStart(decimals + 1, '0');
  const cut = decimals > 0 ? padded.length - decimals : padded.length;
  let start = 0;
  while (start < cut - 1 && padded.charCodeAt(start) === 48) start += 1;
  const whole = padded.slice(start, cut);
  const text = decimals > 0 ? `${whole}.${padded.slice(cut)}` : whole;
  return negative && /[1-9]/.test(digits) ? `-${text}` : text;
}

/** The size of a number whose point is implied. */
export interface Room {
  readonly digits: number;
  readonly decimals: number;
  readonly signed: boolean;
}

/** The digits to store for a value, a minus in front where it is below zero: `-0001234`. Nothing is rounded. */
export function unpointed(value: string, { digits, decimals, signed }: Room): string | Misfit {
  const normal = normalDecimal(value);
  if (isMisfit(normal)) return normal;
  const negative = normal.charCodeAt(0) === 45;
  const point = normal.indexOf('.');
  const end = point < 0 ? normal.length : point;
  const whole = normal.slice(negative ? 1 : 0, end);
  const fraction = point < 0 ? '' : normal.slice(point + 1).replace(/0+$/, '');
  if (fraction.length > Math.max(decimals, 0)) {
    return doesNotFit(`has room for ${decimals > 0 ? decimals : 'no'} digits behind the point; the value has ${fraction.length}`);
  }
  if (decimals < 0 && !whole.endsWith('0'.repeat(-decimals)) && whole !== '0') {
    return doesNotFit(`holds whole multiples of 1${'0'.repeat(-decimals)} only`);
  }
  const all = decimals < 0 ? whole.slice(0, decimals) : whole + fraction.padEnd(decimals, '0');
  const stored = all.replace(/^0+/, '');
  if (stored.length > digits) return doesNotFit(`has ${digits} digits; the value needs ${stored.length}`);
  if (negative && !signed) return doesNotFit('has no sign, and the value is negative');
  return (negative ? '-' : '') + stored.padStart(digits, '0');
}

/** The value as it is read after it was written. */
export function normalIn(value: string, room: Room): string | Misfit {
  const stored = unpointed(value, room);
  if (isMisfit(stored)) return stored;
  const negative = stored.charCodeAt(0) === 45;
  return pointed(negative ? stored.slice(1) : stored, room.decimals, negative);
}
