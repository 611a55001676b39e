import { madeUpDecimal } from './made-up.ts';
import { notTaken } from './text.ts';
import { Problem, type TextType, trim } from './text-type.ts';

export interface DecimalOptions {
  /** As in DECIMAL(20,5), the default: the digits in all, of which `scale` are kept for those behind the point. */
  readonly digits?: number;
  /** Most digits behind the point. Default 5. */
  readonly scale?: number;
  readonly example?: string;
}

/**
 * An exact decimal number. The value is its text, since amounts are never floats: digits, perhaps a minus before them, perhaps a
 * point with digits behind it (`-12.50`). Read in every form that XML Schema's decimal, Oracle (`.5`), COBOL (`000240`) and DB2 (`240.000000`)
 * write; zeros and signs that mean nothing are left out, those behind the point stay as long as there is room for them.
 */
export function decimalText({ digits = 20, scale = 5, example = '12.50' }: DecimalOptions = {}): TextType<string> {
  const problem = 'is not a decimal number such as 12.50';
  const take = (value: string): string | Problem =>
    typeof value === 'string' && isSmallDecimal(value, digits, scale) ? value : readNumber(value, { digits, scale, problem });
  return {
    facets: { kind: 'number', digits, scale },
    secret: false,
    read: take,
    write: take,
    makeUp: (choose) => madeUpDecimal(choose, { digits, scale, example }),
  };
}

/** A whole number as text, so that no digit of a 19-digit key is lost. Read and normalised as `decimalText` does it, but without a point. */
export function integerText({
  digits = 19,
  example = '1',
}: {
  readonly digits?: number;
  readonly example?: string;
} = {}): TextType<string> {
  const problem = `is not a whole number of at most ${digits} digits`;
  const take = (value: string): string | Problem => readNumber(value, { digits, scale: 0, problem });
  return {
    facets: { kind: 'number', digits, scale: 0 },
    secret: false,
    read: take,
    write: take,
    makeUp: (choose) => {
      const made = choose(10 ** Math.min(digits, 9));
      return made === 0 ? example : String(choose(3) === 1 ? -made : made);
    },
  };
}

const number = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?$/;

function readNumber(value: string, size: { readonly digits: number; readonly scale: number; readonly problem: string }): string | Problem {
  const trimmed = typeof value === 'string' ? trim(value) : '';
  const [, sign, whole = '', behind = ''] = number.exec(trimmed) ?? [];
  if (sign === undefined || !/[0-9]/.test(trimmed) || (size.scale === 0 && trimmed.includes('.'))) return notTaken(trimmed, size.problem);
  // Zeros beyond what there is room for lose nothing.
  const fraction = behind.length > size.scale ? behind.replace(/0+$/, '') : behind;
  if (fraction.length > size.scale) return new Problem(`has ${fraction.length} digits behind the point; at most ${size.scale} are allowed`);
  const room = size.digits - size.scale;
  if (whole.length > room) {
    if (size.scale === 0) return new Problem(size.problem);
    return new Problem(`has ${whole.length} digits before the point; at most ${room} are allowed`);
  }
  const isZero = whole === '' && /^0*$/.test(fraction);
  return `${sign === '-' && !isZero ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Recognises what most documents hold, at a fraction of the cost of the pattern: digits, perhaps a point, more digits. */
function isSmallDecimal(value: string, digits: number, scale: number): boolean {
  // A zero in front stands there alone.
  if (value.charCodeAt(0) === 48 && value.length > 1 && value.charCodeAt(1) !== 46) return false;
  let point = -1;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code >= 48 && code <= 57) continue;
    if (code !== 46 || point >= 0) return false;
    point = index;
  }
  if (point < 0) return value.length > 0 && value.length <= digits - scale;
  const fraction = value.length - point - 1;
  return point > 0 && point <= digits - scale && fraction > 0 && fraction <= scale;
}
