import { MessageError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { defineXmlMessage, element, optionalUserData } from '../../src/index.ts';
import { parcel } from './parcel.ts';

const least = { number: '7', who: { full: 'Tobe' }, labels: [{ text: 'x' }] } as const;

describe('writing a message by its definition', () => {
  it('follows the order of the definition, whatever the order of the keys', () => {
    const written = parcel.write({
      labels: [{ text: 'x', kind: 'cloth' }],
      fragile: true,
      who: { parts: { first: 'Tobe', last: 'O & Sons' } },
      number: '7',
    });
    expect(written).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE Parcel SYSTEM "Parcel_10.dtd">
<Parcel version="1.0">
  <Verb value="Send"/>
  <Number>7</Number>
  <LastName>O &amp; Sons</LastName>
  <FirstName>Tobe</FirstName>
  <Label kind="cloth">x</Label>
  <Fragile/>
</Parcel>
`);
  });

  it('writes a default that was left out, for receivers without the schema', () => {
    expect(parcel.write(least)).toContain('<Label kind="paper">x</Label>');
  });

  it('writes dates and times in the form of the message', () => {
    const written = parcel.write({ ...least, sent: '2024-03-14T16:20:05.25Z', at: '16:20:05', period: ['2024-01-01', '2024-01-31'] });
    expect(written).toContain('<Sent>2024-03-14T16:20:05.250000Z</Sent>');
    expect(written).toContain('<At>162005</At>');
    expect(written).toContain('<From>20240101</From>');
  });

  it('escapes everything that could be taken for markup or lost', () => {
    const text = `<&"']]>\t\n\r`;
    const again = parcel.read(parcel.write({ ...least, labels: [{ text, colour: text }], extra: { [text]: text } }));
    expect(again.labels).toEqual([{ kind: 'paper', colour: text, text }]);
    expect(again.extra).toEqual({ [text]: text });
  });
});

describe('user data that may be missing', () => {
  const note = defineXmlMessage({ root: element('Note', { children: { userData: optionalUserData() } }) });

  it('is left out when it is empty, since its element demands a field', () => {
    expect(note.write({ userData: {} })).toContain('<Note/>');
    expect(note.read(note.write({ userData: { a: '1' } }))).toEqual({ userData: { a: '1' } });
  });
});

describe('a value that does not fit the definition', () => {
  const cases: readonly [title: string, change: Record<string, unknown>, code: string, at: string][] = [
    ['mandatory child left out', { number: undefined }, 'MISSING_ELEMENT', 'Parcel/Number'],
    ['no branch of a choice', { who: {} }, 'MISSING_ELEMENT', 'Parcel'],
    ['two branches of a choice', { who: { full: 'a', parts: { last: 'b' } } }, 'UNEXPECTED_ELEMENT', 'Parcel'],
    ['empty list', { labels: [] }, 'MISSING_ELEMENT', 'Parcel/Label[1]'],
    ['list too long', { labels: [{ text: 'a' }, { text: 'b' }, { text: 'c' }, { text: 'd' }] }, 'TOO_MANY', 'Parcel/Label[4]'],
    ['no list', { labels: 'x' }, 'BAD_VALUE', 'Parcel/Label'],
    ['number instead of text', { number: 7 }, 'BAD_VALUE', 'Parcel/Number'],
    ['text too long', { labels: [{ text: 'a' }, { text: 'x'.repeat(21) }] }, 'BAD_VALUE', 'Parcel/Label[2]'],
    ['unknown code word', { labels: [{ text: 'x', kind: 'tin' }] }, 'BAD_VALUE', 'Parcel/Label[1]@kind'],
    ['mandatory attribute left out', { boxes: [{ id: 'a', boxes: [{}] }] }, 'MISSING_ATTRIBUTE', 'Parcel/Box[1]/Box[1]@id'],
    ['broken rule', { period: ['2024-02-01', '2024-01-01'] }, 'BAD_VALUE', 'Parcel/Period/To'],
    ['mapped value of another shape', { period: 5 }, 'BAD_VALUE', 'Parcel/Period'],
    ['object instead of text', { who: { full: {} } }, 'BAD_VALUE', 'Parcel/FullName'],
    ['key that the message has no place for', { weight: '3' }, 'BAD_VALUE', 'Parcel'],
    ['key that a branch has no place for', { who: { parts: { last: 'a', middle: 'b' } } }, 'BAD_VALUE', 'Parcel'],
    ['text too long under a free name', { loose: { a: 'x'.repeat(21) } }, 'BAD_VALUE', 'Parcel/Loose/a'],
    ['empty user data', { extra: {} }, 'MISSING_ELEMENT', 'Parcel/UserData/UserDataField[1]'],
  ];

  it.each(cases)('is refused with its place: %s', (_title, change, code, at) => {
    const attempt = () => parcel.write({ ...least, ...change });
    expect(attempt).toThrow(MessageError);
    expect(attempt).toThrow(expect.objectContaining({ code: `WB_XML_${code}`, at, retryable: false }));
  });

  it.each([undefined, null, 5, 'text', []])('is refused when it is no object: %s', (value) => {
    expect(() => parcel.write(value as never)).toThrow(expect.objectContaining({ code: 'WB_XML_BAD_VALUE', at: 'Parcel' }));
  });
});
