/** An exact number: `digits` times ten to the power of `-scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const most = 1_000;

/** The number that a value of an event is: a decimal text (`61.50`), or a whole or finite number. Undefined for anything else. */
export function decimalText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return /e/i.test(String(value)) ? undefined : String(value);
  if (typeof value !== 'string' || value.length > most) return undefined;
  const text = value.trim();
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? text.replace(/^\+/, '') : undefined;
}

/** How many digits stand behind the point, without zeros at the end. */
export function fractionDigits(text: string): number {
  return (text.split('.')[1] ?? '').replace(/0+$/, '').length;
}

export function plus(a: string, b: string): string {
  return added(read(a), read(b), 1n);
}

export function minus(a: string, b: string): string {
  return added(read(a), read(b), -1n);
}

export function times(a: string, b: string): string {
  const [left, right] = [read(a), read(b)];
  return written({ digits: left.digits * right.digits, scale: left.scale + right.scale });
}

function added(left: Decimal, right: Decimal, sign: bigint): string {
  const scale = Math.max(left.scale, right.scale);
  return written({ digits: raised(left, scale) + sign * raised(right, scale), scale });
}

function raised({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}

function read(text: string): Decimal {
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

function written({ digits, scale }: Decimal): string {
  if (scale === 0) return String(digits);
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  return `${digits < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
