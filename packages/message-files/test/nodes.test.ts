import type { MessagePackDefinition } from '@waybill/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { context, fileWith, read, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const command = 'command: return.receive';
const id = '- Id: returnId as id';

function packWith(...body: readonly string[]): MessagePackDefinition {
  return workshop.pack(fileWith([command], [id, ...body]));
}

/** What a document with this behind its id means, and the document that is written for that. */
function roundTrip(pack: MessagePackDefinition, inner: string): { readonly input: unknown; readonly again: string } {
  const found = read(pack, `<Return>\n  <Id>7</Id>${inner}\n</Return>`);
  const { body } = pack.compose({ name: 'Return', version: '1.0' }, found, context);
  return {
    input: found.input,
    again: (body as string)
      .replace(/^.*<Id>7<\/Id>\s*/s, '')
      .replace(/\s*<\/Return>\s*$/, '')
      .replaceAll(/>\s+</g, '><'),
  };
}

const nodes: readonly (readonly [title: string, body: readonly string[], document: string, input: object])[] = [
  ['a text', ['- Remark?: remark'], '<Remark>left on the step</Remark>', { remark: 'left on the step' }],
  ['a list of texts', ['- Carrier*: carriers[]'], '<Carrier>N</Carrier><Carrier>O</Carrier>', { carriers: ['N', 'O'] }],
  ['a field for each occurrence', ['- Name?: { to: [first, second] }'], '<Name>a</Name><Name>b</Name>', { first: 'a', second: 'b' }],
  [
    'places chosen by an attribute',
    ['- Name*: { by: "@of", pick: { one: first, two: second } }'],
    '<Name of="one">a</Name><Name of="two">b</Name>',
    { first: 'a', second: 'b' },
  ],
  ['a group that the input does not see', ['- Notes?: [{ Remark: remark }]'], '<Notes><Remark>x</Remark></Notes>', { remark: 'x' }],
  [
    'an object',
    ['- Refund?: { into: refund, has: [{ "@cur?": currency }, { .: amount as amount }] }'],
    '<Refund cur="CAD">4.20</Refund>',
    { refund: { currency: 'CAD', amount: '4.20' } },
  ],
  [
    'a list of objects',
    ['- Item*: { into: "items[]", has: [{ Sku: sku as id }, { Reason?: reason }] }'],
    '<Item><Sku>A</Sku></Item><Item><Sku>B</Sku><Reason>late</Reason></Item>',
    { items: [{ sku: 'A' }, { sku: 'B', reason: 'late' }] },
  ],
  [
    'neighbours that make one object',
    ['- all?: { into: refund, has: [{ Amount: amount as amount }, { Currency?: currency }] }'],
    '<Amount>1</Amount><Currency>EUR</Currency>',
    { refund: { amount: '1', currency: 'EUR' } },
  ],
  [
    'neighbours that make a list',
    ['- all*: { into: "items[]", has: [{ Sku: sku as id }, { Reason?: reason }] }'],
    '<Sku>A</Sku><Reason>x</Reason><Sku>B</Sku>',
    { items: [{ sku: 'A', reason: 'x' }, { sku: 'B' }] },
  ],
  [
    'one of several',
    ['- one of: [{ First: first }, [{ Second: second }, { Remark?: remark }]]'],
    '<Second>b</Second><Remark>r</Remark>',
    { second: 'b', remark: 'r' },
  ],
  ['a mark', ['- Urgent?: { mark: urgent }'], '<Urgent/>', { urgent: true }],
  [
    'user data',
    ['- UserData?: { user data: userData }'],
    '<UserData><UserDataField name="a">1</UserDataField></UserData>',
    { userData: { a: '1' } },
  ],
  ['a record by names', ['- Extra?: { entries: userData }'], '<Extra><a>1</a><b>2</b></Extra>', { userData: { a: '1', b: '2' } }],
  ['a constant', ['- Kind: { value: goods }'], '<Kind>goods</Kind>', {}],
  ['a repeated text', ['- Again?: { same as: returnId, as: id }'], '<Again>7</Again>', {}],
  [
    'a day and a time',
    ['- joined: { to: arrived, by: day and time, from: ["Day? as date8", "Time? as time6"] }'],
    '<Day>20240314</Day><Time>162005</Time>',
    { arrived: '2024-03-14T16:20:05' },
  ],
  ['a day that is an instant', ['- Day?: arrived as date-instant'], '<Day>20240314</Day>', { arrived: '2024-03-14T00:00:00' }],
  ['a flag', ['- Urgent?: urgent as yes-no(Y N)'], '<Urgent>N</Urgent>', { urgent: false }],
];

describe('a node of a file', () => {
  it.each(nodes)('reads and writes %s', (_title, body, document, input) => {
    expect(roundTrip(packWith(...body), document)).toEqual({ input: { returnId: '7', ...input }, again: document });
  });

  it('that means nothing may be of a type all the same', () => {
    const pack = packWith('- Kind?: [{ "@of?": { ignored: true, as: code(goods paper) } }, { .: remark }]');
    expect(roundTrip(pack, '<Kind of="paper">x</Kind>')).toEqual({ input: { returnId: '7', remark: 'x' }, again: '<Kind>x</Kind>' });
    expect(() => roundTrip(pack, '<Kind of="air">x</Kind>')).toThrowError(expect.objectContaining({ code: 'WB_XML_BAD_VALUE' }));
  });

  it('that fills one of two fields is there once', () => {
    const pack = packWith('- Name: { by: "@of", pick: { one: first, two: second } }');
    expect(roundTrip(pack, '<Name of="two">b</Name>')).toEqual({ input: { returnId: '7', second: 'b' }, again: '<Name of="two">b</Name>' });
    expect(() => roundTrip(pack, '<Name of="one">a</Name><Name of="two">b</Name>')).toThrowError(
      expect.objectContaining({ code: 'WB_XML_TOO_MANY' }),
    );
  });

  it('that is inside itself reads and writes any depth', () => {
    const kits = '    input: { type: object, required: [kits], properties: { kits: { type: array, items: { type: object } } } }';
    const inner = '{ Part*: { into: "parts[]", has: [{ "@sku": sku }, { like: Part }] } }';
    const kit = `- Kit+: { into: "kits[]", has: [{ "@sku": sku }, ${inner}] }`;
    const pack = workshop.pack(`commands:\n  kit.build:\n${kits}\n${fileWith(['command: kit.build'], [kit])}`);
    const document = '<Return><Kit sku="a"><Part sku="b"><Part sku="c"/></Part></Kit></Return>';
    const found = read(pack, document);
    expect(found.input).toEqual({ kits: [{ sku: 'a', parts: [{ sku: 'b', parts: [{ sku: 'c' }] }] }] });
    const { body } = pack.compose({ name: 'Return', version: '1.0' }, found, context);
    expect((body as string).replaceAll(/>\s+</g, '><')).toContain(document);
  });

  it('counts only beside the text of a condition: dropped when read, refused when written', () => {
    const pack = packWith(
      '- Reply?: [{ "@status?": status as code(OK DAMAGED) }, { "@note?": { to: remark, only if: { status: DAMAGED } } }]',
    );
    expect(roundTrip(pack, '<Reply status="OK" note="x"/>').input).toEqual({ returnId: '7', status: 'OK' });
    const write = () =>
      pack.compose(
        { name: 'Return', version: '1.0' },
        { command: 'return.receive', input: { returnId: '7', status: 'OK', remark: 'x' } },
        context,
      );
    expect(write).toThrowError(expect.objectContaining({ code: 'WB_XML_BAD_VALUE' }));
  });

  it('repeats what is further up, or is refused', () => {
    expect(() => roundTrip(packWith('- Again?: { same as: returnId, as: id }'), '<Again>8</Again>')).toThrowError(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE' }),
    );
  });

  it('whose attribute is absent has its default', () => {
    expect(roundTrip(packWith('- Reply?: [{ "@status?": { to: status, as: code(OK DAMAGED), default: OK } }]'), '<Reply/>')).toEqual({
      input: { returnId: '7', status: 'OK' },
      again: '<Reply status="OK"/>',
    });
  });
});
