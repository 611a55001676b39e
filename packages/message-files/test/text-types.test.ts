import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { context, fileWith, read, told, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const command = 'command: return.receive';
const id = '- Id: returnId as id';
const types = `types:
  Lot: { pattern: "[A-Z]{3}-[0-9]{4}(/[A-Z])?", says: a lot number such as LOT-0042, example: LOT-0042 }
  Sku: id(2..5 upper)
  State: { words: ["OK", "DAMAGED"] }
  Urgent: { yes: at once, no: some day }
  Remark: { words: ["back order", "sold out"] }
`;
const pack = (node: string) => workshop.pack(types + fileWith([command], [id, node]));
const document = (text: string) => `<Return><Id>7</Id><A>${text}</A></Return>`;
const valueOf = (node: string, text: string, field = 'remark') =>
  (read(pack(node), document(text)).input as Record<string, unknown>)[field];

describe('a type of text', () => {
  it.each<[string, string, string]>([
    ['text(2..4)', 'abcd', 'abcd'],
    ['text(2..)', 'a much longer one', 'a much longer one'],
    ['id(2 upper)', ' fr ', 'FR'],
    ['trimmed(1..9 lower)', ' ABC ', 'abc'],
    ['secret(3..8)', 'hidden', 'hidden'],
    ['id(secret)', ' k-1 ', 'k-1'],
    ['reference', '+0070415', '70415'],
    ['reference(5)', '70415', '70415'],
    ['timestamp', '2024-03-14-16.20.05.000000', '2024-03-14T16:20:05'],
    ['Lot', ' LOT-0042/B\n', 'LOT-0042/B'],
    ['Sku', 'ab12', 'AB12'],
    ['Remark', ' sold out ', 'sold out'],
  ])('%s takes "%s"', (type, text, value) => {
    expect(valueOf(`- A?: remark as ${type}`, text)).toBe(value);
  });

  it.each<[string, string, string]>([
    ['text(2..4)', 'a', 'has 1 characters; at least 2 are needed'],
    ['id(2..3)', 'abcd', 'has 4 characters; at most 3 are allowed'],
    ['reference(5)', '704150', 'is not a reference number of at most 5 digits'],
    ['Lot', 'LOT-42', 'is not a lot number such as LOT-0042'],
    ['Lot', 'xLOT-0042', 'is not a lot number such as LOT-0042'],
    ['Sku', 'a', 'has 1 characters; at least 2 are needed'],
    ['Remark', 'back  order', 'is not one of back order, sold out'],
  ])('%s refuses "%s"', (type, text, says) => {
    expect(() => valueOf(`- A?: remark as ${type}`, text)).toThrowError(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', message: expect.stringContaining(says) as string }),
    );
  });

  it('of the file stands wherever one of every file can', () => {
    expect(valueOf('- A?: { to: remark, as: Lot }', 'LOT-0001')).toBe('LOT-0001');
    expect(valueOf('- A?: urgent as Urgent', 'at once', 'urgent')).toBe(true);
    expect(valueOf('- A?: status as State', 'DAMAGED', 'status')).toBe('DAMAGED');
    expect(valueOf('- A*: carriers[] as Lot', 'LOT-0001', 'carriers')).toEqual(['LOT-0001']);
    const picked = '- A+: { by: "@of", default: x, pick: { x: first as Lot, y: second as Sku } }';
    expect(valueOf(picked, 'LOT-0001', 'first')).toBe('LOT-0001');
    expect(() => valueOf('- A?: { same as: returnId, as: Lot }', '7')).toThrowError(expect.objectContaining({ code: 'WB_XML_BAD_VALUE' }));
  });

  it('that is secret never shows what was sent', () => {
    const error = (() => {
      try {
        return valueOf('- A?: remark as id(20..30 secret)', 'dont-show-me');
      } catch (caught) {
        return caught as Error;
      }
    })() as Error;
    expect(`${error.message}${JSON.stringify(error)}`).not.toContain('dont-show');
  });

  it('with a pattern has samples that it reads and writes, and its words in the table of fields', () => {
    const made = pack('- A: remark as Lot');
    const [type] = made.messages;
    const samples = new Set(Array.from({ length: 30 }, (_, seed) => type?.sample?.(seed) ?? ''));
    for (const sample of samples) {
      const found = read(made, sample);
      expect(made.compose({ name: 'Return', version: '1.0' }, found, context).body).toBe(sample);
    }
    expect(new Set([...samples].map((sample) => /<A>(.*)<\/A>/.exec(sample)?.[1])).size).toBeGreaterThan(10);
    expect(type?.fields?.().find(({ path }) => path === 'A')?.type).toBe('a lot number such as LOT-0042');
  });

  it('answers at once where an engine that tries one way after the other would never come to an end', () => {
    const evil = workshop.pack(
      `types: { Evil: { pattern: "(a|a)*(a+)+b", says: evil } }\n${fileWith([command], [id, '- A?: remark as Evil'])}`,
    );
    expect(() => read(evil, document('a'.repeat(1000)))).toThrowError(expect.objectContaining({ code: 'WB_XML_BAD_VALUE' }));
  });
});

describe('a type of text that is wrong', () => {
  const file = (line: string) => `types:\n  Lot: ${line}\n${fileWith([command], [id])}`;

  it.each<[string, string, string]>([
    ['a look ahead', '{ pattern: "(?=A)A", says: x }', 'BAD_PATTERN 2:19 The pattern of the type "Lot" has (?= at character 1.'],
    [
      'an open group',
      '{ says: x, pattern: "AB(C" }',
      'BAD_PATTERN 2:28 The pattern of the type "Lot" opens "(" and does not close it at character 3.',
    ],
    ['an anchor', '{ pattern: "^A", says: x }', 'BAD_PATTERN 2:19 The pattern of the type "Lot" has "^" at character 1.'],
    ['an empty text', '{ pattern: "A*", says: x }', 'BAD_PATTERN 2:19 The pattern of the type "Lot" matches an empty text.'],
    [
      'too long a text',
      '{ pattern: "A{2000}", says: x }',
      'BAD_PATTERN 2:19 The pattern of the type "Lot" asks for texts of more than 1000 characters.',
    ],
    ['no words for it', '{ pattern: "A" }', 'NOTATION 2:8 The type "Lot" does not say in words what it is.'],
    [
      'an example that does not match',
      '{ pattern: "A", says: x, example: B }',
      'NOTATION 2:42 The example "B" does not match the pattern of the type "Lot".',
    ],
    ['a number for a pattern', '{ pattern: 7, says: x }', 'UNQUOTED 2:19 "pattern" is a text, and the number 7 stands here.'],
    ['an unknown key', '{ pattern: "A", says: x, max: 3 }', 'NOTATION 2:33 The type "Lot" has no key "max".'],
    ['nothing that it is', '{ says: x }', 'NOTATION 2:3 The type "Lot" does not say what it is.'],
    ['no words', '{ words: [] }', 'NOTATION 2:17 The type "Lot" has no words.'],
    ['a word twice', '{ words: [A, A] }', 'NOTATION 2:17 The type "Lot" has a word twice.'],
    [
      'a word with blanks around it',
      '{ words: [" A"] }',
      'NOTATION 2:17 The word " A" of the type "Lot" is empty or has blanks around it.',
    ],
    ['yes without no', '{ yes: Y }', 'NOTATION 2:8 The type "Lot" needs "yes" and "no", each a text.'],
    ['yes that is no', '{ yes: N, no: N }', 'NOTATION 2:8 The type "Lot" has a word twice.'],
    ['another type of the file', 'Sku', 'UNKNOWN_TYPE 2:8 There is no type of text "Sku".'],
    ['facets that it does not take', 'id(5..2)', 'UNKNOWN_TYPE 2:8 "id(5..2)" is not how this type is written.'],
    ['two cases', 'id(upper lower)', 'UNKNOWN_TYPE 2:8 "id(upper lower)" is not how this type is written.'],
    ['two sizes', 'id(2 3)', 'UNKNOWN_TYPE 2:8 "id(2 3)" is not how this type is written.'],
    ['no room at all', 'text(0)', 'UNKNOWN_TYPE 2:8 "text(0)" is not how this type is written.'],
    ['a reference of no digits', 'reference(0)', 'UNKNOWN_TYPE 2:8 "reference(0)" is not how this type is written.'],
  ])('says %s, at its place', (_what, line, expected) => {
    expect(workshop.load(file(line)).problems.map(told)).toEqual([expected]);
  });

  it('has a small letter first', () => {
    expect(workshop.load(`types:\n  lot: id\n${fileWith([command], [id])}`).problems.map(told)).toEqual([
      'NOTATION 2:3 "lot" is no name of a type: letters, digits and hyphens, and a capital letter first.',
    ]);
  });

  it('takes no facets, and is told with what is meant', () => {
    expect(workshop.load(types + fileWith([command], [id, '- A?: remark as Lot(9)'])).problems.map(told)).toEqual([
      'UNKNOWN_TYPE 13:13 "Lot(9)" is not how this type is written.',
    ]);
    const [problem] = workshop.load(types + fileWith([command], [id, '- A?: remark as Lots'])).problems;
    expect(problem).toMatchObject({ code: 'WB_MESSAGE_FILE_UNKNOWN_TYPE', hint: 'Did you mean "Lot"?' });
  });

  it('is wider than its field of a record', () => {
    const yaml = types + fileWith(['format: records', command], ['- HEAD: [{ Id 4: returnId as id }, { Lot 9?: remark as Lot }]']);
    expect(workshop.load(yaml).problems.map(told)).toEqual(['NOTATION 13:52 A field of 9 characters cannot hold Lot, which may have 10.']);
  });
});
