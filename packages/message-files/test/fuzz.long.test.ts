import { readFileSync } from 'node:fs';
import { commands, events } from '@waybill/commerce';
import { isWaybillError } from '@waybill/contract';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageOf, usualOptions, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const files = [
  '../../../plugins/pack-fulfillment/test/fixtures/fulfillment.message.yaml',
  '../../../examples/custom-message/stock.message.yaml',
  '../../../examples/custom-message/returns.message.yaml',
  'fixtures/order-status.message.yaml',
].map((file) => readFileSync(new URL(file, import.meta.url), 'utf8').split('\n'));

/** Words that stand somewhere in a file and may stand anywhere in a damaged one. */
const words = [
  'into',
  'has',
  'to',
  'as',
  'all',
  'all?',
  'all*',
  'one of',
  'like',
  'joined',
  'pick',
  'value',
  'null',
  '5',
  'true',
  '[]',
  '{}',
  '*userData',
  'items[]',
  '"@x"',
  '.',
  'wcs',
  'records',
  'Name*',
  'Name 10',
  'a.b',
  '__proto__',
  'constructor',
  'code()',
  'id(0)',
  'amount(5 9)',
  '- x',
  'command',
  'event',
];

const damages = fc.array(
  fc.record({
    line: fc.nat(),
    how: fc.constantFrom('drop', 'double', 'indent', 'outdent', 'word', 'key', 'swap'),
    word: fc.constantFrom(...words),
    other: fc.nat(),
  }),
  { minLength: 1, maxLength: 4 },
);
type Damage = typeof damages extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function damaged(lines: readonly string[], { line, how, word, other }: Damage): readonly string[] {
  const at = line % lines.length;
  const text = lines[at] ?? '';
  const changed: Readonly<Record<string, readonly string[]>> = {
    drop: [],
    double: [text, text],
    indent: [`  ${text}`],
    outdent: [text.replace(/^ {2}/, '')],
    word: [text.replace(/: .*$/, `: ${word}`)],
    key: [text.replace(/^(\s*(?:- )?)[^:]+:/, `$1${word}:`)],
    swap: [lines[other % lines.length] ?? ''],
  };
  return lines.flatMap((each, index) => (index === at ? (changed[how] ?? []) : [each]));
}

describe('a damaged message file', () => {
  it('is refused with places, or makes a pack that works', { timeout: 120_000 }, () => {
    let refused = 0;
    let made = 0;
    fc.assert(
      fc.property(fc.constantFrom(...files), damages, (lines, all) => {
        const { pack, problems } = workshop.load(all.reduce(damaged, lines).join('\n'), { commands, events });
        const errors = problems.filter(({ severity }) => severity === 'error');
        expect(errors.length > 0).toBe(pack === undefined);
        for (const { line, column, message, hint } of problems)
          expect([line, column, message.length > 10, hint.length > 10]).toEqual([expect.any(Number), expect.any(Number), true, true]);
        if (pack === undefined) refused += 1;
        else made += 1;
        for (const type of pack?.messages ?? []) works(() => pack?.read(type, messageOf(type.sample?.(7) ?? ''), usualOptions(pack)));
      }),
      { numRuns: 3000 },
    );
    expect([refused > 500, made > 200]).toEqual([true, true]);
  });
});

/** Whatever a message refuses, it refuses with an error of ours. */
function works(step: () => unknown): void {
  try {
    step();
  } catch (error) {
    if (!isWaybillError(error)) throw error;
  }
}
