/** A decimal number as a whole one and the places after its point. */
interface Parts {
  readonly digits: bigint;
  readonly places: number;
}

/** `price × quantity ÷ basis`, exactly to four places and rounded there; at least two are written. All are decimal texts. */
export function priceOf(price: string, quantity: string, basis = '1'): string {
  const [one, many, per] = [partsOf(price), partsOf(quantity), partsOf(basis)];
  const above = one.digits * many.digits * 10n ** BigInt(per.places + 4);
  const below = (per.digits === 0n ? 1n : per.digits) * 10n ** BigInt(one.places + many.places);
  return textOf({ digits: rounded(above, below), places: 4 });
}

/** The sum of decimal texts. */
export function sumOf(amounts: readonly string[]): string {
  const all = amounts.map(partsOf);
  const places = Math.max(0, ...all.map((one) => one.places));
  const digits = all.reduce((sum, one) => sum + one.digits * 10n ** BigInt(places - one.places), 0n);
  return textOf({ digits, places });
}

/** Whether a text is a plain decimal number: no group marks, no comma, no blank, no exponent. */
export function isDecimal(text: string): boolean {
  return /^[+-]?\d{1,20}(?:\.\d{1,10})?$/.test(text);
}

function partsOf(text: string): Parts {
  if (!isDecimal(text)) return { digits: 0n, places: 0 };
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(`${whole}${fraction}`), places: fraction.length };
}

function rounded(above: bigint, below: bigint): bigint {
  const sign = above < 0n !== below < 0n ? -1n : 1n;
  const [top, bottom] = [above < 0n ? -above : above, below < 0n ? -below : below];
  return sign * ((top + bottom / 2n) / bottom);
}

function textOf({ digits, places }: Parts): string {
  const sign = digits < 0n ? '-' : '';
  const all = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  const whole = all.slice(0, all.length - places);
  const fraction = all.slice(all.length - places).replace(/0+$/, '');
  return `${sign}${whole}.${fraction.padEnd(2, '0')}`;
}
