// Money and quantities are decimal texts. They are never binary floating-point numbers, which have no 0.1: here they are whole numbers of any size
// (BigInt) together with the places behind the point. Every function takes and gives texts, and gives them in their shortest form: `14.00` as `14`.

/** Digits of the longest number that is taken; what is longer is no amount of anything, and its sums would take long. */
const most = 40;

const form = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;

/** `digits` with the point `places` from the right. */
interface Scaled {
  readonly digits: bigint;
  readonly places: number;
}

/**
 * The decimal number that a partner wrote, in its shortest form: blanks around it, a plus, and zeros that mean nothing are left out (` +04.50 ` is `4.5`,
 * `.5` is `0.5`, `-0` is `0`). Undefined for everything else: group marks, a comma, a currency, an exponent, digits of other scripts, more than 40 digits.
 */
export function readExact(text: string): string | undefined {
  const bare = text.length > 200 ? '' : withoutBlanks(text);
  return bare.length <= most + 2 && form.test(bare) ? textOf(scaled(bare)) : undefined;
}

export function add(...numbers: readonly string[]): string {
  return textOf(numbers.map(scaled).reduce(plus, zero));
}

export function subtract(from: string, number: string): string {
  return textOf(plus(scaled(from), negated(scaled(number))));
}

export function multiply(...factors: readonly string[]): string {
  return textOf(factors.map(scaled).reduce((a, b) => ({ digits: a.digits * b.digits, places: a.places + b.places })));
}

/** `number / by` with `places` behind the point, rounded half away from zero. Throws a RangeError for a division by zero. */
export function divide(number: string, by: string, places: number): string {
  const [a, b] = [scaled(number), scaled(by)];
  const shift = places + b.places - a.places;
  const above = shift >= 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
  const below = shift >= 0 ? b.digits : b.digits * 10n ** BigInt(-shift);
  return textOf({ digits: quotient(above, below), places });
}

/** The sum of `number / by` of all, exact until it is rounded once, half away from zero, to `places`. Throws a RangeError for a division by zero. */
export function sumOfQuotients(quotients: readonly { readonly number: string; readonly by: string }[], places: number): string {
  const byDivisor = new Map<string, string>();
  for (const { number, by } of quotients) byDivisor.set(by, add(byDivisor.get(by) ?? '0', number));
  let [above, below] = ['0', '1'];
  for (const [by, number] of byDivisor) [above, below] = [add(multiply(above, by), multiply(number, below)), multiply(below, by)];
  return fixed(divide(above, below, places), places);
}

/** Less than zero where `a` is less than `b`, more than zero where it is more, 0 where both are the same number. */
export function compare(a: string, b: string): -1 | 0 | 1 {
  const { digits } = plus(scaled(a), negated(scaled(b)));
  if (digits === 0n) return 0;
  return digits < 0n ? -1 : 1;
}

/** The number with exactly `places` behind the point, rounded half away from zero: `4.5` with 2 is `4.50`. */
export function fixed(number: string, places: number): string {
  const { digits, places: had } = scaled(number);
  const shift = places - had;
  return written(shift >= 0 ? digits * 10n ** BigInt(shift) : quotient(digits, 10n ** BigInt(-shift)), places);
}

/** How many places the number needs behind the point: `4.250` needs 2. */
export function placesOf(number: string): number {
  return shortened(scaled(number)).places;
}

/** How many digits stand before the point: none of `0.5`, 3 of `-123.4`. */
export function wholeDigitsOf(number: string): number {
  const { digits, places } = scaled(number);
  const whole = (digits < 0n ? -digits : digits) / 10n ** BigInt(places);
  return whole === 0n ? 0 : `${whole}`.length;
}

const zero: Scaled = { digits: 0n, places: 0 };

/** Throws a TypeError for what is no decimal number: whoever calculates has read and checked it before. */
function scaled(text: string): Scaled {
  if (!form.test(text)) throw new TypeError(`"${text.slice(0, most)}" is not a decimal number.`);
  const point = text.indexOf('.');
  const sign = text.startsWith('-') ? -1n : 1n;
  const digits = BigInt(text.replace(/[+\-.]/g, ''));
  return { digits: sign * digits, places: point < 0 ? 0 : text.length - point - 1 };
}

function plus(a: Scaled, b: Scaled): Scaled {
  const places = Math.max(a.places, b.places);
  return { digits: inPlaces(a, places) + inPlaces(b, places), places };
}

function negated({ digits, places }: Scaled): Scaled {
  return { digits: -digits, places };
}

function inPlaces({ digits, places }: Scaled, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - places);
}

/** Half away from zero, as people round amounts. */
function quotient(above: bigint, below: bigint): bigint {
  const sign = above < 0n === below < 0n ? 1n : -1n;
  const [a, b] = [above < 0n ? -above : above, below < 0n ? -below : below];
  return (sign * (2n * a + b)) / (2n * b);
}

function textOf(number: Scaled): string {
  const { digits, places } = shortened(number);
  return written(digits, places);
}

function shortened({ digits, places }: Scaled): Scaled {
  let [short, left] = [digits, places];
  while (left > 0 && short % 10n === 0n) {
    short /= 10n;
    left -= 1;
  }
  return { digits: short, places: left };
}

function written(digits: bigint, places: number): string {
  const sign = digits < 0n ? '-' : '';
  const text = `${digits < 0n ? -digits : digits}`.padStart(places + 1, '0');
  return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}

/** The blanks of XML; no others belong around a number. */
function withoutBlanks(text: string): string {
  return text.replace(/^[ \t\r\n]+/, '').replace(/[ \t\r\n]+$/, '');
}
