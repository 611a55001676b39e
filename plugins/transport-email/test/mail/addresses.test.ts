import { TransportError } from '@waybill/contract/errors';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn } from '../../src/mail/address/address-list.ts';
import { composed, documentOf, headerIn, messageOf, refusal, sourceOf, textOf } from './rig.ts';

const read = (text: string) => addressesIn(text, 'to', 1_000).map(({ name, wire }) => [name, wire]);
const refused = (text: string) => refusal(() => addressesIn(text, 'to', 1_000));

describe('an address', () => {
  it.each([
    ['alone', 'ada@mill.example', [['', 'ada@mill.example']]],
    ['in angle brackets', '<ada@mill.example>', [['', 'ada@mill.example']]],
    ['with a name', 'Ada Mill <ada@mill.example>', [['Ada Mill', 'ada@mill.example']]],
    ['with a name in quotes', '"Mill, Ada \\"A\\"" <ada@mill.example>', [['Mill, Ada "A"', 'ada@mill.example']]],
    ['with a name of any letters', 'Jürgen 北 <j@mill.example>', [['Jürgen 北', 'j@mill.example']]],
    ['with a comment', 'ada@mill.example (Ada (the) Mill)', [['', 'ada@mill.example']]],
    [
      'among several',
      'ada@mill.example, "B, C" <b@c.example> ,d@e.example',
      [
        ['', 'ada@mill.example'],
        ['B, C', 'b@c.example'],
        ['', 'd@e.example'],
      ],
    ],
    ['with a domain outside ASCII', 'a@Müller.example', [['', 'a@xn--mller-kva.example']]],
    ['with a domain in capitals', 'Ada@MILL.Example', [['', 'Ada@mill.example']]],
    ['with a domain of one word', 'root@localhost', [['', 'root@localhost']]],
    ['with a local part in quotes that needs none', '"ada.mill"@mill.example', [['', 'ada.mill@mill.example']]],
    ['with a local part that needs its quotes', '"ada..mill"@mill.example', [['', '"ada..mill"@mill.example']]],
    ['with every character that needs no quotes', "a!#$%&'*+/=?^_`{|}~-z@mill.example", [['', "a!#$%&'*+/=?^_`{|}~-z@mill.example"]]],
    ['of the greatest length', `${'a'.repeat(64)}@mill.example`, [['', `${'a'.repeat(64)}@mill.example`]]],
  ])('is read %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['a line break', 'a@x.example>\r\nRCPT TO:<evil@x.example'],
    ['a bare line feed', 'a@x.example\nBcc: evil@x.example'],
    ['a NUL', 'a\0@x.example'],
    ['a tab', 'a\t@x.example'],
    ['a blank', 'a b@x.example'],
    ['a parameter of SMTP', 'a@x.example SIZE=1'],
    ['a blank of another kind', 'a\u00a0b@x.example'],
    ['a mark that turns the text around', 'a\u202eb@x.example'],
    ['half a character', 'a\ud800@x.example'],
    ['no @', 'nobody'],
    ['nothing before its @', '@x.example'],
    ['no domain', 'a@'],
    ['two @', 'a@b@x.example'],
    ['an empty label', 'a@x..example'],
    ['a dot at the end of its domain', 'a@x.example.'],
    ['two dots before its @', 'a..b@x.example'],
    ['a dot at its beginning', '.a@x.example'],
    ['a number of the network', 'a@127.0.0.1'],
    ['a number of the network in brackets', 'a@[127.0.0.1]'],
    ['an underscore in its domain', 'a@x_y.example'],
    ['a hyphen at the end of a label', 'a@x-.example'],
    ['a percent sign in its domain', 'a@x%2eexample'],
    ['a domain of letters that no domain has', 'a@℀.example'],
    ['a domain that is too long in ASCII', `a@${'ü'.repeat(70)}.example`],
    ['a label that is too long', `a@${'x'.repeat(64)}.example`],
    ['a local part that is too long', `${'a'.repeat(65)}@x.example`],
    ['a local part that is too long in bytes', `${'ü'.repeat(33)}@x.example`],
    ['a domain that is too long', `a@${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(60)}.${'v'.repeat(20)}`],
    ['more than a path holds', `${'a'.repeat(64)}@${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.example`],
    ['a group', 'All: a@x.example, b@x.example;'],
    ['a semicolon', 'a@x.example; b@x.example'],
    ['a name with a comma and no quotes', 'Doe, John <j@x.example>'],
    ['a name without an address', '"Ada"'],
    ['a name with an @ and no quotes', 'ada@x.example <eve@y.example>'],
    ['something behind its brackets', '<a@x.example> b'],
    ['two addresses in brackets', '<a@x.example> <b@x.example>'],
    ['quotes that do not end', '"Ada <a@x.example>'],
    ['brackets that do not end', 'Ada <a@x.example'],
    ['a comment that does not end', 'a@x.example (Ada'],
    ['comments that are nested too deep', `a@x.example ${'('.repeat(9)}${')'.repeat(9)}`],
    ['nothing between two commas', 'a@x.example,,b@x.example'],
    ['a comma at the end', 'a@x.example,'],
    ['nothing at all', ''],
    ['a route', '<@a.example:b@c.example>'],
    ['an escape in its local part', '"a\\"b"@x.example'],
    ['brackets in its local part', '"a>b"@x.example'],
  ])('is refused with %s', (_, text) => {
    expect(refused(text)).toMatchObject({ code: 'WB_EMAIL_ADDRESS', at: 'to', outcome: 'refused' });
  });

  it('is told in the error without anything that a terminal obeys', () => {
    expect(refused('a\u001b[31m@x.example').message).toMatch(/^[ -~]+$/);
    expect(refused('x'.repeat(10_000)).message.length).toBeLessThan(300);
  });

  it('needs a server that takes UTF-8 only for letters before its @', () => {
    const needs = (text: string) => addressesIn(text, 'to', 1)[0]?.needsUtf8;
    expect([needs('jürgen@x.example'), needs('j@müller.example'), needs('Jürgen <j@x.example>')]).toEqual([true, false, false]);
  });
});

describe('what is read from any text', () => {
  const wire = /^("[!#-;=?-[\]-~]+"|[!#-;=?-[\]-~\u0080-\u{10ffff}]+)@[a-z0-9-]+(\.[a-z0-9-]+)*$/u;
  const name = fc.constantFrom('', 'Ada ', '"Mill, Ada" ', 'Jürgen ');
  const start = fc
    .tuple(name, fc.constantFrom('<a@x.example>', '<"a..b"@x.example>', '<ü@müller.example>'))
    .map((pieces) => pieces.join(''));
  const noise = fc.array(
    fc.oneof(
      fc.constantFrom(
        'a',
        'Ada',
        '@',
        '<',
        '>',
        '"',
        '\\',
        '(',
        ')',
        ',',
        ';',
        ':',
        '.',
        ' ',
        '\r\n',
        '\n',
        '\0',
        '\t',
        'ü',
        '\ud800',
        '\u2028',
        'x.example',
        'a@x.example',
        'SIZE=1',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 3 },
  );
  /** An address that is right, with something in the middle of it that may not be. */
  const hostile = fc.tuple(start, noise, fc.nat({ max: 30 })).map(([text, pieces, at]) => [text.slice(0, at), ...pieces, text.slice(at)]);

  /** What is read, or undefined where it is refused as it should be. */
  const taken = (text: string): ReturnType<typeof addressesIn> | undefined => {
    try {
      return addressesIn(text, 'to', 10);
    } catch (error) {
      if (error instanceof TransportError && error.code === 'WB_EMAIL_ADDRESS') return undefined;
      throw error;
    }
  };

  it('can break neither a command of SMTP nor a header', () => {
    let count = 0;
    const property = fc.property(hostile, (pieces) => {
      const found = taken(pieces.join('')) ?? [];
      count += found.length;
      for (const each of found) {
        expect(each.wire).toMatch(wire);
        expect(each.wire).not.toMatch(/[\s<>\\\p{C}\p{Z}]/u);
        expect(Buffer.byteLength(each.wire)).toBeLessThanOrEqual(254);
        expect(each.name).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      }
    });
    fc.assert(property, { numRuns: 5_000 });
    expect(count).toBeGreaterThan(500);
  });
});

describe('the recipients of a mail', () => {
  it('are those of To, Cc and Bcc, each once, whatever the case of the domain', () => {
    const mail = composed(documentOf({ to: 'a@X.example, A@x.example', cc: 'a@x.example', bcc: ['b@y.example', 'b@Y.EXAMPLE'] }));
    expect(mail.recipients.map(({ address }) => address)).toEqual(['a@X.example', 'A@x.example', 'b@y.example']);
  });

  it('are in no header where they are in Bcc', () => {
    const mail = composed(documentOf({ to: 'a@x.example', bcc: 'secret@y.example' }));
    expect(mail.recipients.map(({ wire }) => wire)).toEqual(['a@x.example', 'secret@y.example']);
    expect(textOf(mail)).not.toMatch(/secret|Bcc/i);
  });

  it('are hidden where there are none but those in Bcc', () => {
    expect(headerIn(sourceOf(documentOf({ to: [], bcc: 'b@y.example' })), 'To')).toBe('undisclosed-recipients:;');
  });

  it('are needed', () => {
    expect(refusal(() => composed(messageOf(), { entry: { to: undefined } })).code).toBe('WB_EMAIL_NO_RECIPIENT');
  });

  it('are as many as the entry allows, and more are refused before they are looked at', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `r${index}@x.example`);
    expect(composed(documentOf({ to: many(1_000) })).recipients).toHaveLength(1_000);
    expect(refusal(() => composed(documentOf({ to: many(1_001) }))).code).toBe('WB_EMAIL_TOO_MANY_RECIPIENTS');
    const all = [...many(1_001), ...Array.from({ length: 98_999 }, () => 'none')];
    expect(refusal(() => composed(documentOf({ to: all }))).code).toBe('WB_EMAIL_TOO_MANY_RECIPIENTS');
    expect(refusal(() => composed(documentOf({ to: all.join(',') }))).code).toBe('WB_EMAIL_TOO_MANY_RECIPIENTS');
  });

  it('are told where a message asks for one that the entry does not let it have', () => {
    const entry = { onlyTo: ['*@mill.example', 'ada@*.test'] };
    expect(composed(documentOf({ to: 'x@MILL.example, ada@a.test' }), { entry }).recipients).toHaveLength(2);
    for (const to of ['x@mill.example.evil.test', 'bob@a.test', 'x@evil.test']) {
      expect(refusal(() => composed(documentOf({ to }), { entry }))).toMatchObject({ code: 'WB_EMAIL_NOT_ALLOWED', kind: 'forbidden' });
    }
  });
});

describe('who sends', () => {
  it('may be said by a message for the domain of the entry', () => {
    const mail = composed(documentOf({ from: 'Help <help@shop.example.com>' }));
    expect([headerIn(textOf(mail), 'From'), mail.sender]).toEqual(['Help <help@shop.example.com>', 'help@shop.example.com']);
  });

  it('may not be anybody else, unless the entry says so', () => {
    const message = messageOf({ properties: { from: 'ceo@bank.example' } });
    expect(refusal(() => composed(message)).code).toBe('WB_EMAIL_NOT_ALLOWED');
    expect(composed(message, { entry: { onlyFrom: ['*@bank.example'] } }).sender).toBe('ceo@bank.example');
  });

  it('is the envelope sender, before From where it is given', () => {
    expect(composed(messageOf(), { entry: { sender: 'robot@shop.example.com' } }).sender).toBe('robot@shop.example.com');
  });
});
