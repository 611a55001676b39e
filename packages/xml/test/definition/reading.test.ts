import { fieldsOf, ignored, mapping } from '@waybill/mapping';
import { dateTime, decimalText, oneOf, text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { defineXmlMessage } from '../../src/index.ts';
import { parcel } from './parcel.ts';

const head = '<Parcel version="1.0"><Verb value="Send"/><Number>7</Number>';

describe('reading a message by its definition', () => {
  it('gives the values under the keys of the definition', () => {
    const value = parcel.read(`<?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE Parcel SYSTEM "Parcel_10.dtd">
      <Parcel version="1.0">
        <Verb value="Send">words that mean nothing</Verb>
        <Number> 7 </Number>
        <Sent>20240314</Sent>
        <At>162005</At>
        <PackedDay>20240313</PackedDay><PackedTime>080000</PackedTime>
        <LastName>Okonkwo</LastName>
        <FirstName>Tobe</FirstName>
        <Gate>7</Gate>
        <Mark of="them">T-1</Mark><Mark>U-1</Mark>
        <Label colour="red">One &amp; only</Label>
        <Label kind="cloth">  two  </Label>
        <Note>first</Note><Price>1.50</Price><Note/>
        <Line>a</Line><Line/>
        <Way>w1</Way>
        <Period><From>20240101</From><To>20240131</To></Period>
        <Fragile/>
        <Insured>FALSE</Insured>
        <Pin>1234</Pin>
        <Box id="a"><Box id="b"/><Box id="c"><Box id="d"/></Box></Box>
        <UserData><UserDataField name="__proto__">p</UserDataField><UserDataField name="channel">web</UserDataField></UserData>
        <Loose><storeId>1</storeId><__proto__>p</__proto__></Loose>
      </Parcel>`);
    expect(value).toEqual({
      number: '7',
      sent: '2024-03-14T00:00:00',
      at: '16:20:05',
      packed: '2024-03-13 08:00:00',
      lastName: 'Okonkwo',
      firstName: 'Tobe',
      way: { gate: '7' },
      ours: 'U-1',
      theirs: 'T-1',
      labels: [
        { kind: 'paper', colour: 'red', text: 'One & only' },
        { kind: 'cloth', text: '  two  ' },
      ],
      notes: [{ note: 'first' }, { price: '1.50' }, { note: '' }],
      lines: ['a', ''],
      first: 'w1',
      period: { from: '2024-01-01', to: '2024-01-31' },
      fragile: true,
      insured: false,
      pin: '1234',
      boxes: [{ id: 'a', boxes: [{ id: 'b' }, { id: 'c', boxes: [{ id: 'd' }] }] }],
      extra: Object.fromEntries([
        ['__proto__', 'p'],
        ['channel', 'web'],
      ]),
      loose: Object.fromEntries([
        ['storeId', '1'],
        ['__proto__', 'p'],
      ]),
    });
  });

  it('leaves out the keys of what is not there', () => {
    const value = parcel.read(`${head}<FullName>Tobe</FullName><Label>x</Label></Parcel>`);
    expect(value).toEqual({ number: '7', fullName: 'Tobe', labels: [{ kind: 'paper', text: 'x' }] });
    expect(Object.keys(value)).toEqual(['number', 'fullName', 'labels']);
  });

  it('joins text that comments, entities and CDATA cut into pieces', () => {
    const value = parcel.read(`${head}<FullName>a<!-- b -->c&lt;<![CDATA[<d>]]>e</FullName><Label>x</Label></Parcel>`);
    expect(value.fullName).toBe('ac<<d>e');
  });

  it('supplies a fixed attribute that a schema would supply', () => {
    const value = parcel.read('<Parcel version="1.0"><Verb/><Number>7</Number><FullName/><Label>x</Label></Parcel>');
    expect(value.number).toBe('7');
  });

  it('reads bytes as it reads text', () => {
    const document = `${head}<FullName>漢字 😀</FullName><Label>x</Label></Parcel>`;
    expect(parcel.read(new TextEncoder().encode(document))).toEqual(parcel.read(document));
  });

  it('passes on what a function of the declaration throws', () => {
    const mistake = new TypeError('a mistake in a check');
    const check = (): never => {
      throw mistake;
    };
    const a = mapping<{ b: string }>();
    const message = defineXmlMessage({ root: () => a.group('A', [a.leaf('B', 'b', text())], { check }) });
    expect(() => message.read('<A><B/></A>')).toThrow(mistake);
  });

  it('drops what does not count beside what is there', () => {
    const body = `${head}<FullName>Tobe</FullName><Label>x</Label><Insured>FALSE</Insured><Damage>bent</Damage></Parcel>`;
    expect(parcel.read(body)).not.toHaveProperty('damage');
    expect(parcel.read(body.replace('FALSE', 'TRUE'))).toMatchObject({ insured: true, damage: 'bent' });
  });
});

describe('an optional element that holds nothing', () => {
  interface Order {
    readonly number: string;
    readonly placed?: string;
    readonly comment?: string;
    readonly total?: string;
    readonly fields?: readonly string[];
    readonly card?: string;
    readonly cash?: string;
    readonly name?: { readonly kind?: string; readonly text: string };
  }
  const o = mapping<Order>();
  const name = mapping<NonNullable<Order['name']>>();
  const order = defineXmlMessage<Order>({
    root: () =>
      o.group('Order', [
        o.leaf('Number', 'number', text()),
        o.leaf('Placed?', 'placed', dateTime()),
        o.leaf('Comment?', 'comment', text()),
        o.leaf('Total?', 'total', decimalText()),
        o.list('Field*', 'fields', text()),
        o.oneOf([o.leaf('Card', 'card', text())], [o.leaf('Cash', 'cash', text())]),
        o.into('Name?', 'name', [name.leaf('@kind?', 'kind', text()), name.leaf('.', 'text', text())]),
      ]),
  });
  const empty = '<Order><Number/><Placed/><Comment> \n </Comment><Total></Total><Field/><Field>2</Field><Card/><Name kind="a"/></Order>';

  it('is read as if it were not there, where that is asked for', () => {
    expect(order.read(empty, { emptyIsAbsent: true })).toEqual({
      number: '',
      fields: ['', '2'],
      card: '',
      name: { kind: 'a', text: '' },
    });
  });

  it('is so for the strict reader, too', () => {
    expect(order.read(empty.replace('<Card/>', '<Card><![CDATA[]]></Card>'), { emptyIsAbsent: true })).not.toHaveProperty('comment');
  });

  it('else has the empty text, or is at fault', () => {
    const noNumbers = empty.replace(/<Placed\/>|<Total><\/Total>/g, '');
    expect(order.read(noNumbers)).toMatchObject({ comment: ' \n ' });
    expect(() => order.read(empty)).toThrow('The text of Placed ("") is empty');
  });

  it('keeps its place: it may come neither twice nor too late', () => {
    const again = empty.replace('<Placed/>', '<Placed/><Placed/>');
    expect(() => order.read(again, { emptyIsAbsent: true })).toThrow(expect.objectContaining({ code: 'WB_XML_TOO_MANY' }));
    const late = empty.replace('<Placed/>', '').replace('<Total></Total>', '<Total></Total><Placed/>');
    expect(() => order.read(late, { emptyIsAbsent: true })).toThrow(expect.objectContaining({ code: 'WB_XML_WRONG_ORDER' }));
  });
});

describe('what an error shows of a document', () => {
  it('never ends inside a character', () => {
    const n = mapping<{ number: string }>();
    const order = defineXmlMessage({ root: () => n.group('Order', [n.leaf('Number', 'number', decimalText())]) });
    expect(() => order.read(`<Order><Number>${'x'.repeat(31)}😀</Number></Order>`)).toThrow(`("${'x'.repeat(31)}…")`);
  });
});

describe('an element that means nothing', () => {
  const m = mapping<{ readonly id: string }>();
  const message = defineXmlMessage<{ readonly id: string }>({
    root: () => m.group('Root', [ignored('Remark*'), m.leaf('Id', 'id', text())]),
  });

  it('may come as often as the declaration says, and is not written', () => {
    expect(message.read('<Root><Remark>one</Remark><Remark/><Id>7</Id></Root>')).toEqual({ id: '7' });
    expect(message.read('<Root><Id>7</Id></Root>')).toEqual({ id: '7' });
    expect(message.write({ id: '7' })).not.toContain('Remark');
  });

  it('is refused elsewhere', () => {
    expect(() => message.read('<Root><Id>7</Id><Remark/></Root>')).toThrow(
      expect.objectContaining({ at: expect.stringContaining('Root/Remark') as string }),
    );
  });

  it('has an attribute that is a word of its list all the same', () => {
    const told = defineXmlMessage<{ readonly id: string }>({
      root: () => m.group('Root', [ignored('@kind?', { as: oneOf('a', 'b') }), m.leaf('Id', 'id', text())]),
    });
    expect(told.read('<Root kind="b"><Id>7</Id></Root>')).toEqual({ id: '7' });
    expect(() => told.read('<Root kind="c"><Id>7</Id></Root>')).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', at: expect.stringContaining('Root@kind') as string }),
    );
    expect(fieldsOf(told.root)).toMatchObject([{ path: '@kind', type: 'a | b' }, {}]);
  });
});
