import { type Choose, matching, Problem, type TextType } from './text.ts';

export interface DecimalOptions {
  /** As in DECIMAL(20,5), the default: the digits in all, of which `scale` are kept for those behind the point. */
  readonly digits?: number;
  /** Most digits behind the point. Default 5. */
  readonly scale?: number;
  readonly example?: string;
}

/** An exact decimal number (`-12.50`). The value is its text: amounts are never floats, and trailing zeros stay. */
export function decimalText(options: DecimalOptions = {}): TextType<string> {
  const { digits = 20, scale = 5, example = '12.50' } = options;
  const base = matching({
    describe: `decimal number, at most ${digits - scale} digits before the point and ${scale} behind it`,
    pattern: /^[+-]?[0-9]+(?:\.[0-9]+)?$/,
    problem: 'is not a decimal number such as 12.50',
    makeUp: (choose) => madeUpDecimal(choose, { digits, scale, example }),
  });
  const check = (value: string | Problem): string | Problem =>
    value instanceof Problem ? value : (sizeProblem(value, digits, scale) ?? value);
  return {
    ...base,
    read: (value) => (isSmallDecimal(value, digits, scale) ? value : check(base.read(value))),
    write: (value) => check(base.write(value)),
  };
}

/** Recognises what most documents hold, at a fraction of the cost of the pattern: digits, perhaps a point, more digits. */
function isSmallDecimal(value: string, digits: number, scale: number): boolean {
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

function sizeProblem(value: string, digits: number, scale: number): Problem | undefined {
  const point = value.indexOf('.');
  const sign = value.charCodeAt(0) < 48 ? 1 : 0;
  const whole = (point < 0 ? value.length : point) - sign;
  const fraction = point < 0 ? 0 : value.length - point - 1;
  if (fraction > scale) return new Problem(`has ${fraction} digits behind the point; at most ${scale} are allowed`);
  if (whole > digits - scale) return new Problem(`has ${whole} digits before the point; at most ${digits - scale} are allowed`);
  return undefined;
}

function madeUpDecimal(choose: Choose, { digits, scale, example }: Required<DecimalOptions>): string {
  const whole = choose(10 ** Math.min(digits - scale, 6));
  if (whole === 0) return example;
  const sign = choose(2) === 0 ? '' : '-';
  const fraction = Array.from({ length: choose(scale + 1) }, () => choose(10)).join('');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A whole number as text, so that no digit of a 19-digit key is lost. */
export function integerText(options: { readonly digits?: number; readonly example?: string } = {}): TextType<string> {
  const { digits = 19, example = '1' } = options;
  return matching({
    describe: `whole number, at most ${digits} digits`,
    pattern: new RegExp(`^[+-]?[0-9]{1,${digits}}$`),
    problem: `is not a whole number of at most ${digits} digits`,
    makeUp: (choose) => {
      const made = choose(10 ** Math.min(digits, 9));
      return made === 0 ? example : String(choose(3) === 1 ? -made : made);
    },
  });
}
