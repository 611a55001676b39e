/** Decimal text is reckoned with as whole numbers of 10^-10, so that nothing is rounded on the way. */
const places = 10;
const one = 10n ** BigInt(places);

function units(text: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/.exec(text) ?? [];
  const value = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  return sign === '-' ? -value : value;
}

function written(value: bigint, fraction: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  const decimals = digits.slice(cut, cut + fraction);
  return (value < 0n ? '-' : '') + digits.slice(0, cut) + (decimals && `.${decimals}`);
}

/** Half up, to two decimals. */
function cents(value: bigint): string {
  const step = 10n ** BigInt(places - 2);
  const half = value < 0n ? -step / 2n : step / 2n;
  return written(((value + half) / step) * step, 2);
}

/** An amount with two decimals. */
export function sum(amounts: readonly string[]): string {
  return cents(amounts.reduce((total, amount) => total + units(amount), 0n));
}

/** An amount with two decimals, rounded half up. */
export function times(amount: string, factor: string): string {
  return cents((units(amount) * units(factor)) / one);
}

/** A quantity, without trailing zeros. */
export function multiply(quantity: string, factor: string): string {
  return plain((units(quantity) * units(factor)) / one);
}

export function add(quantity: string, more: string): string {
  return plain(units(quantity) + units(more));
}

export function subtract(quantity: string, less: string): string {
  return plain(units(quantity) - units(less));
}

/** Negative, zero or positive, as `left` is less than, equal to or more than `right`. */
export function compare(left: string, right: string): number {
  const difference = units(left) - units(right);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

function plain(value: bigint): string {
  const text = written(value, places);
  return text.replace(/\.?0+$/, '');
}
