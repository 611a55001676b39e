// Values that are made up, for samples and for tests. `choose` decides; where it always answers 0, they are the plainest.

/** Decides between `count` possibilities, 0 ≤ answer < `count`. Values are made up by asking it. */
export type Choose = (count: number) => number;

/** Answers by chance, and for the same seed the same. (mulberry32) */
export function chooseBy(seed: number): Choose {
  let state = seed | 0;
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
}

/** The characters that a writer has to escape come first, so that small numbers already choose them. */
const alphabet = ['a', '<', '&', '>', '"', "'", ']]>', ' ', '\n', '\t', '\r', 'é', '漢', '😀', '1', 'Z', '\u0085', '\u2028'];

interface Wanted {
  readonly min: number;
  readonly max: number;
  readonly example: string | undefined;
  /** Makes a text one that reading leaves as it is. */
  readonly normal: (text: string) => string;
}

export function madeUpText(choose: Choose, { min, max, example, normal }: Wanted): string {
  const plain = normal(example ?? 'text'.padEnd(min, '-').slice(0, max));
  const length = choose(12);
  if (length === 0) return plain;
  let made = '';
  for (let count = 0; count < length; count += 1) made += alphabet[choose(alphabet.length)];
  const text = normal(Array.from(made).slice(0, max).join(''));
  return text + 'x'.repeat(Math.max(0, min - Array.from(text).length));
}

interface WantedDecimal {
  readonly digits: number;
  readonly scale: number;
  readonly example: string;
}

export function madeUpDecimal(choose: Choose, { digits, scale, example }: WantedDecimal): string {
  const whole = choose(10 ** Math.min(digits - scale, 6));
  if (whole === 0) return example;
  const sign = choose(2) === 0 ? '' : '-';
  const fraction = Array.from({ length: choose(scale + 1) }, () => choose(10)).join('');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

export function madeUpDate(choose: Choose): string | undefined {
  const year = choose(80);
  return year === 0 ? undefined : `${1970 + year}-${twoDigits(choose(12) + 1)}-${twoDigits(choose(28) + 1)}`;
}

export function madeUpTime(choose: Choose): string {
  return `${twoDigits(choose(24))}:${twoDigits(choose(60))}:${twoDigits(choose(60))}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
