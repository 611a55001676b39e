import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choose, chooseBy, matching, Problem, patternOf } from '../src/index.ts';

const one = fc.constantFrom(
  'A',
  'b',
  '7',
  '-',
  '_',
  'é',
  '😀',
  '\\d',
  '\\w',
  '\\s',
  '\\D',
  '.',
  '\\.',
  '\\p{Lu}',
  '[A-C]',
  '[^A-C]',
  '[\\d.-]',
  '\\u{e9}',
);
const mark = fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{0,2}', '{1,3}', '{2,}', '{0}');
/** Patterns of every form. */
const patterns = fc.letrec<{ readonly whole: string; readonly part: string }>((tie) => ({
  whole: fc.oneof(
    { depthSize: 'small' },
    fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    fc.array(tie('part'), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('|')),
  ),
  part: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(one, mark).map(([character, often]) => character + often),
    fc.tuple(tie('whole'), mark, fc.constantFrom('(', '(?:')).map(([inner, often, open]) => `${open}${inner})${often}`),
  ),
})).whole;
const texts = fc.string({ unit: fc.constantFrom('A', 'B', 'b', '7', '-', '_', '.', ' ', '\n', 'é', '😀'), maxLength: 8 });

/** What the engine of the language says of it: of short texts, since it may take for ever. */
const native = (source: string, text: string): boolean => new RegExp(`^(?:${source})$`, 'u').test(text);

describe('a pattern', () => {
  it('matches what it matches as a regular expression, whatever it is', () => {
    let [matched, refused] = [0, 0];
    fc.assert(
      fc.property(patterns, fc.array(texts, { minLength: 1, maxLength: 8 }), fc.nat(), (source, samples, seed) => {
        const pattern = patternOf(source);
        // Of these patterns, those that match an empty text are refused, and no other.
        expect([source, pattern instanceof Problem]).toEqual([source, native(source, '')]);
        refused += pattern instanceof Problem ? 1 : 0;
        if (pattern instanceof Problem) return;
        const made = pattern.makeUp(chooseBy(seed));
        expect(pattern.test(made)).toBe(true);
        for (const text of [made, `${made}A`, made.slice(1), ...samples].filter((each) => Array.from(each).length <= 8)) {
          expect([source, text, pattern.test(text)]).toEqual([source, text, native(source, text)]);
          if (native(source, text)) matched += 1;
        }
      }),
      { numRuns: 1000 },
    );
    expect(matched).toBeGreaterThan(200);
    expect(refused).toBeLessThan(750);
  });

  it('makes up texts that it matches, and the same by the same choices', () => {
    const pattern = patternOf('(?:LOT|BIN)-[0-9]{2,4}(?:/[A-Z])?') as Exclude<ReturnType<typeof patternOf>, Problem>;
    const made = Array.from({ length: 200 }, (_, seed) => pattern.makeUp(chooseBy(seed)));
    expect(made.every((text) => pattern.test(text))).toBe(true);
    expect(new Set(made).size).toBeGreaterThan(100);
    expect(pattern.makeUp(chooseBy(7))).toBe(pattern.makeUp(chooseBy(7)));
    expect(pattern.makeUp(() => 0)).toBe('LOT-00');
  });

  // An engine that tries one way after the other takes longer than the age of the universe for these.
  it.each(['(a+)+b', '(a|a)*b', '(a|aa)+b', '(a*)*b', '([a-z]+)*\\d', '(.*)*(.*)*(.*)*b', '(a?){100}a{100}b'])(
    '%s answers at once for a text that almost matches',
    (source) => {
      const pattern = patternOf(source) as Exclude<ReturnType<typeof patternOf>, Problem>;
      expect(pattern.test('a'.repeat(1000))).toBe(false);
      expect(pattern.test(`${'a'.repeat(150)}${source.endsWith('d') ? '1' : 'b'}`)).toBe(true);
    },
  );

  it.each<[string, string, string]>([
    ['^A', 'has "^" at character 1', 'leave it out'],
    ['A$', 'has "$" at character 2', 'leave it out'],
    ['(A', 'opens "(" and does not close it at character 1', ''],
    ['A[B-', 'opens "[" and does not close it at character 2', ''],
    ['A)', 'closes a group that is not open at character 2', ''],
    ['+A', 'repeats nothing at character 1', ''],
    ['A|*', 'repeats nothing at character 3', ''],
    ['A*?', 'repeats a repetition at character 3', 'greedy'],
    ['A{3,2}', 'repeats at least 3 and at most 2 times at character 2', ''],
    ['A{,2}', 'has a lone "{" at character 2', 'Write \\{'],
    ['A]', 'has a lone "]" at character 2', 'Write \\]'],
    ['(?=A)A', 'has (?= at character 1', 'looks ahead'],
    ['(?<!A)A', 'has (?< at character 1', 'looks ahead'],
    ['(?<name>A)', 'has (?< at character 1', 'no names'],
    ['(A)\\1', 'has \\1 at character 4', '\\d'],
    ['\\bA', 'has \\b at character 1', '\\d'],
    ['é\\q', 'has \\q at character 2', '\\d'],
    ['A\\', 'has \\ at character 2', '\\d'],
    ['[B-A]', 'has [B-A], which is no character at character 1', ''],
    ['\\p{Nope}', 'has \\p{Nope}, which is no character at character 1', ''],
    ['[^\\s\\S]', 'has [^\\s\\S], which no character matches', ''],
    ['A*', 'matches an empty text', 'optional'],
    ['A|B?', 'matches an empty text', 'optional'],
    ['A{1001}', 'asks for texts of more than 1000 characters', 'codes and numbers'],
    ['(A{100}){11}', 'asks for texts of more than 1000 characters', 'codes and numbers'],
    ['A(B?C?D?E?){1,200}', 'is too large', 'Repeat fewer'],
    ['((A{1,9999}){1,9999}){1,9999}', 'asks for texts of more than 1000 characters', 'codes and numbers'],
    [`${'('.repeat(501)}A${')'.repeat(501)}`, 'is longer than 1000 characters', ''],
  ])('%s is refused: it %s', (source, says, hint) => {
    const problem = patternOf(source) as Problem;
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.says).toBe(says);
    expect(problem.hint ?? '').toContain(hint);
  });
});

describe('a text that has to match a pattern', () => {
  const lot = matching({ pattern: '[A-Z]{3}-\\d{4}', says: 'a lot such as LOT-0042', example: 'LOT-0042' });

  it('is read with or without the blanks around it, and says what it is', () => {
    expect([lot.read('LOT-0042'), lot.read(' LOT-0042\n'), lot.write('LOT-0042')]).toEqual(['LOT-0042', 'LOT-0042', 'LOT-0042']);
    expect(lot.read('lot-0042')).toMatchObject({ says: 'is not a lot such as LOT-0042' });
    expect(lot.read(' ')).toMatchObject({ says: 'is empty' });
    expect(lot.facets).toEqual({ kind: 'pattern', pattern: '[A-Z]{3}-\\d{4}', says: 'a lot such as LOT-0042', max: 8 });
  });

  it('is no longer than 1,000 characters where the pattern sets no end', () => {
    const open = matching({ pattern: 'A+', says: 'many of A' });
    expect(open.read('A'.repeat(1000))).toBe('A'.repeat(1000));
    expect(open.read('A'.repeat(1001))).toMatchObject({ says: 'is not many of A' });
    expect(open.facets).toMatchObject({ max: 1000 });
  });

  it('is made up as the example, and otherwise', () => {
    const plainest: Choose = () => 0;
    expect(lot.makeUp(plainest)).toBe('LOT-0042');
    expect(new Set(Array.from({ length: 40 }, (_, seed) => lot.makeUp(chooseBy(seed)))).size).toBeGreaterThan(20);
  });

  it('needs a pattern that can be used, and an example that matches it', () => {
    expect(() => matching({ pattern: '(A', says: 'x' })).toThrowError('The pattern (A opens "(" and does not close it at character 1.');
    expect(() => matching({ pattern: 'A', says: 'x', example: 'B' })).toThrowError('The example "B" does not match A.');
  });
});
