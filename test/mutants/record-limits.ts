import type { Mutant } from './mutant.ts';

const source = 'packages/records/src/';
const cases = ['packages/records/test/cases.test.ts'];
const writing = ['packages/records/test/writing.test.ts'];
const tagged = ['packages/records/test/tagged.test.ts', 'packages/records/test/legacy.test.ts'];
const copybooks = ['packages/records/test/copybook/faults.test.ts', 'packages/records/test/copybook/reading.test.ts'];

/** What divides records and fields, where they end, and who says what they are. */
export const recordLimitsMutants: readonly Mutant[] = [
  {
    name: 'tables-have-any-size',
    promise: 'A count beyond the largest is refused.',
    file: `${source}walking/reading.ts`,
    from: 'if (count >= min && count <= max) return count;',
    to: 'if (count >= min) return count;',
    tests: cases,
  },
  {
    name: 'a-cut-record-is-whole',
    promise: 'A record that ends early is refused.',
    file: `${source}walking/reading.ts`,
    from: 'if (!this.#options.cutBlanks || node.length !== undefined) {',
    to: 'if (node.length !== undefined) {',
    tests: cases,
  },
  {
    name: 'constants-are-not-compared',
    promise: 'A constant is checked on reading.',
    file: `${source}walking/reading.ts`,
    from: "(value ?? '') !== constant",
    to: "(value ?? '') !== (value ?? '')",
    tests: cases,
  },
  {
    name: 'surplus-of-a-record-is-dropped',
    promise: 'What stands behind the last field of a record is refused.',
    file: `${source}record-format.ts`,
    from: 'if (several && reading.at < to) throw',
    to: 'if (several && to < 0) throw',
    tests: cases,
  },
  {
    name: 'lengths-may-be-turned',
    promise: 'A length in front of a record has two bytes of zeros behind it.',
    file: `${source}framing/framing.ts`,
    from: 'if (bytes[at + 2] !== 0 || bytes[at + 3] !== 0) {',
    to: 'if (length < 0) {',
    tests: [...cases, 'packages/records/test/framing.test.ts'],
  },
  {
    name: 'a-surplus-swallows-the-next-segment',
    promise: 'A surplus that holds a tag is no surplus.',
    file: `${source}tagged/reading.ts`,
    from: 'if (mark !== undefined) {',
    to: "if (mark === '') {",
    tests: tagged,
  },
  {
    name: 'a-segment-ends-anywhere',
    promise: 'A segment that is not whole ends where a field does.',
    file: `${source}tagged/reading.ts`,
    from: '(found >= 0 && ends.has(found - from))',
    to: '(found >= 0 && ends.size > 0)',
    tests: tagged,
  },
  {
    name: 'a-segment-ends-at-the-first-tag',
    promise: 'A segment is read by its width, whatever stands in it.',
    file: `${source}tagged/reading.ts`,
    from: '    if (units.startsWith(plan.close, full)) return full;\n',
    to: '',
    tests: tagged,
  },
  {
    name: 'tags-may-be-missing',
    promise: 'A segment that has to be there is missed.',
    file: `${source}tagged/reading.ts`,
    from: '    if (count >= min) return;\n',
    to: '    if (count >= 0) return;\n',
    tests: tagged,
  },
  {
    name: 'secrets-are-quoted',
    promise: 'No error shows what a secret field holds.',
    file: `${source}walking/faults.ts`,
    from: "if (node.secret || to <= from) return '';",
    to: "if (to <= from) return '';",
    tests: writing,
  },
  {
    name: 'slack-bytes-are-forgotten',
    promise: 'SYNC moves an item to a multiple of its size.',
    file: `${source}copybook/convert.ts`,
    from: 'return (align - (offset % align)) % align;',
    to: 'return 0;',
    tests: cases,
  },
  {
    name: 'entries-are-not-rounded-up',
    promise: 'Entries of a table with SYNC begin at the same multiple.',
    file: `${source}copybook/convert.ts`,
    from: 'times > 1 ? (inside.align - (inside.size % inside.align)) % inside.align : 0',
    to: '0',
    tests: cases,
  },
  {
    name: 'a-period-may-be-missing',
    promise: 'An entry ends with a period, and where it does not, its line is named.',
    file: `${source}copybook/entries.ts`,
    from: '    checkNotEnded(tokens, name ?? first.text);\n',
    to: '',
    tests: copybooks,
  },
  {
    name: 'a-redefined-item-is-guessed',
    promise: 'Which of several items a record has is not guessed.',
    file: `${source}walking/planning.ts`,
    from: "if (by === undefined) return { kind: 'unsaid' };",
    to: "if (by === undefined) return { kind: 'always', index: 0 };",
    tests: copybooks,
  },
];
