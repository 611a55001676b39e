import { type Arbitrary, constantFrom, double, oneof, sample, tuple } from 'fast-check';
import { customer, inventory, orderStatus, orderStatus20 } from './samples.ts';

/** A message of a mixture. */
export interface Mixed {
  readonly good: boolean;
  /** What was done to it. */
  readonly what: string;
  readonly body: Buffer;
}

type Damage = (text: string, where: number) => string;

/** The match at `where` (0 up to 1) of all matches, replaced. */
function at(pattern: RegExp, by: (match: string) => string): Damage {
  return (text, where) => {
    const matches = [...text.matchAll(pattern)];
    const match = matches[Math.floor(where * matches.length)];
    if (!match) throw new Error(`nothing matches ${String(pattern)}`);
    return text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length);
  };
}

/** Each makes a bad message of every good one, wherever it is done. */
const damages: Readonly<Record<string, Damage>> = {
  truncated: (text, where) => text.slice(0, Math.floor(where * (text.trimEnd().length - 1))),
  'with a NUL': (text, where) => `${text.slice(0, Math.floor(where * text.length))}\0${text.slice(Math.floor(where * text.length))}`,
  'with an unknown element': at(/<\/\w+>(?=\s*<)/g, (tag) => `${tag}<Surprise/>`),
  'without an end tag': at(/<\/\w+>/g, () => ''),
  'with an attribute twice': at(/ \w+="[^"]*"(?=[ />])/g, (attribute) => attribute + attribute),
  'with an unknown attribute': at(/<\w+(?=[ >])/g, (tag) => `${tag} surprise=""`),
  'with another version': (text) => text.replace(/ version="[23].0"/, ' version="7.5"'),
  'with another root': (text) => text.replaceAll(/_WCS_(?=\w+[ >])/g, '_WXS_'),
  'without its DataArea': (text) => text.replace(/<DataArea>[^]*<\/DataArea>/, ''),
  'with an entity': at(/(?<=<\/?\w+)>(?=[^<]*\S[^<]*<)/g, () => '>&surprise;'),
  twice: (text) => text + text,
};

const goodOne = constantFrom(orderStatus, orderStatus20, inventory, customer);
const somewhere = double({ min: 0, max: 0.999_999, noNaN: true });

const mixed: Arbitrary<Mixed> = oneof(
  goodOne.map((text) => ({ good: true, what: 'good', body: Buffer.from(text) })),
  tuple(goodOne, constantFrom(...Object.entries(damages)), somewhere).map(([text, [what, damage], where]) => ({
    good: false,
    what: `${what} (${where})`,
    body: Buffer.from(damage(text, where)),
  })),
);

/** Good and bad messages as a seed has it. */
export function mixture(count: number, seed: number): readonly Mixed[] {
  return sample(mixed, { numRuns: count, seed });
}
