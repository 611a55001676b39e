import { MessageError } from '@waybill/contract';
import { mapping } from '@waybill/mapping';
import { text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { defineXmlMessage } from '../../src/index.ts';
import { parcel } from './parcel.ts';

const least = { number: '7', fullName: 'Tobe', labels: [{ text: 'x' }] } as const;

describe('writing a message by its definition', () => {
  it('tells a record without entries from none, where the wire can', () => {
    const empty = parcel.read(parcel.write({ ...least, loose: { a: 'b' } }).replace('<a>b</a>', ''));
    expect(empty).toMatchObject({ loose: {} });
    expect(parcel.read(parcel.write(empty))).toEqual(empty);
    expect(parcel.read(parcel.write({ ...least, extra: {} }))).toEqual(parcel.read(parcel.write(least)));
  });

  it('follows the order of the definition, whatever the order of the keys', () => {
    const written = parcel.write({
      labels: [{ text: 'x', kind: 'cloth' }],
      fragile: true,
      firstName: 'Tobe',
      lastName: 'O & Sons',
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
    const written = parcel.write({
      ...least,
      sent: '2024-03-14T16:20:05.25Z',
      at: '16:20:05',
      period: { from: '2024-01-01', to: '2024-01-31' },
    });
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
  const n = mapping<{ readonly userData?: Readonly<Record<string, string>> }>();
  const field = { name: 'UserDataField', by: 'name', named: text() };
  const note = defineXmlMessage<object>({
    root: () => n.group('Note', [n.entries('UserData?', 'userData', { as: text(), entry: field })]),
  });

  it('is left out when it is empty, since its element demands a field', () => {
    expect(note.write({ userData: {} })).toContain('<Note/>');
    expect(note.read(note.write({ userData: { a: '1' } }))).toEqual({ userData: { a: '1' } });
  });
});

describe('a value that does not fit the definition', () => {
  const cases: readonly [title: string, change: Record<string, unknown>, code: string, at: string][] = [
    ['mandatory child left out', { number: undefined }, 'MISSING_ELEMENT', 'Parcel/Number (number)'],
    ['no branch of a choice', { fullName: undefined }, 'MISSING_ELEMENT', 'Parcel'],
    ['two branches of a choice', { lastName: 'b' }, 'UNEXPECTED_ELEMENT', 'Parcel'],
    ['empty list', { labels: [] }, 'MISSING_ELEMENT', 'Parcel/Label[1] (labels)'],
    ['list too long', { labels: [{ text: 'a' }, { text: 'b' }, { text: 'c' }, { text: 'd' }] }, 'TOO_MANY', 'Parcel/Label[4] (labels)'],
    ['no list', { labels: 'x' }, 'BAD_VALUE', 'Parcel/Label (labels)'],
    ['number instead of text', { number: 7 }, 'BAD_VALUE', 'Parcel/Number (number)'],
    ['text too long', { labels: [{ text: 'a' }, { text: 'x'.repeat(21) }] }, 'BAD_VALUE', 'Parcel/Label[2] (labels[1].text)'],
    ['unknown code word', { labels: [{ text: 'x', kind: 'tin' }] }, 'BAD_VALUE', 'Parcel/Label[1]@kind (labels[0].kind)'],
    [
      'mandatory attribute left out',
      { boxes: [{ id: 'a', boxes: [{}] }] },
      'MISSING_ATTRIBUTE',
      'Parcel/Box[1]/Box[1]@id (boxes[0].boxes[0].id)',
    ],
    ['broken rule', { period: { from: '2024-02-01', to: '2024-01-01' } }, 'BAD_VALUE', 'Parcel/Period/To (period)'],
    ['object of another shape', { period: 5 }, 'BAD_VALUE', 'Parcel (period)'],
    ['object instead of text', { fullName: {} }, 'BAD_VALUE', 'Parcel/FullName (fullName)'],
    ['key that the message has no place for', { weight: '3' }, 'BAD_VALUE', 'Parcel (weight)'],
    [
      'key that an object has no place for',
      { period: { from: '2024-01-01', to: '2024-01-02', by: 'x' } },
      'BAD_VALUE',
      'Parcel/Period (period.by)',
    ],
    ['key that an object without a node has no place for', { way: { road: 'a', lane: 'b' } }, 'BAD_VALUE', 'Parcel (way.lane)'],
    [
      'key that an entry of a mixed list has no place for',
      { notes: [{ note: 'a' }, { note: 'b', by: 'x' }] },
      'BAD_VALUE',
      'Parcel (notes[1].by)',
    ],
    ['entry of a mixed list that is nothing', { notes: [{}] }, 'MISSING_ELEMENT', 'Parcel (notes[0])'],
    ['text too long under a free name', { loose: { a: 'x'.repeat(21) } }, 'BAD_VALUE', 'Parcel/Loose/a (loose.a)'],
    ['text too long in user data', { extra: { '': 'x' } }, 'BAD_VALUE', 'Parcel/UserData/UserDataField[1]@name (extra)'],
    ['text too long for its place', { theirs: '123456' }, 'BAD_VALUE', 'Parcel/Mark[1] (theirs)'],
    ['text too long in a list', { lines: ['a', 'x'.repeat(21)] }, 'BAD_VALUE', 'Parcel/Line[2] (lines[1])'],
    ['second without a first', { second: 'b' }, 'BAD_VALUE', 'Parcel/Way[1] (first)'],
    ['value that cannot be parted', { packed: '2024' }, 'BAD_VALUE', 'Parcel/PackedDay (packed)'],
    ['part of a value that is wrong', { packed: '2024-02-30 08:00:00' }, 'BAD_VALUE', 'Parcel/PackedDay (packed)'],
    ['mark that is not true', { fragile: 'yes' }, 'BAD_VALUE', 'Parcel/Fragile (fragile)'],
    ['value that does not count', { insured: false, damage: 'bent' }, 'BAD_VALUE', 'Parcel/Damage (damage)'],
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
