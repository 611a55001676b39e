import { parseXml, TreeReader, type XmlTree } from '@waybill/xml';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUp } from '../src/binding.ts';
import { bindingOf } from '../src/catalogue.ts';
import pack from '../src/index.ts';
import { faultsAgainst } from './support/conforms.ts';
import { answers, faultOf, readBody, sampleOf, typeOf } from './support/messages.ts';

const pickBatch = sampleOf('Create_WCS_PickBatch');
const header = 'Update_WCS_OrderStatus/DataArea/OrderShipping/OrderStatusHeader';

const status = sampleOf('Update_WCS_OrderStatus').replace(
  '</OrderStatusHeader>',
  '<UserData><UserDataField name="wave">7</UserDataField></UserData></OrderStatusHeader>',
);
const withMore = status
  .replace('<OrderNumber type="ByWCS">', '<Warehouse zone="B"><Dock>7</Dock></Warehouse><OrderNumber type="ByWCS">')
  .replace('<OrderStatusHeader', '<OrderStatusHeader revision="4"');

describe('elements and attributes that a message does not have', () => {
  it('are refused by default', () => {
    expect(faultOf(withMore)).toMatchObject({ code: 'WB_XML_UNKNOWN_ATTRIBUTE' });
    expect(faultOf(withMore, { lenient: { order: 'any' } })).toMatchObject({ code: 'WB_XML_UNKNOWN_ATTRIBUTE' });
  });

  const unknown = {
    [`${header}@revision`]: '4',
    [`${header}/Warehouse@zone`]: 'B',
    [`${header}/Warehouse/Dock`]: '7',
  };

  it('are passed over and told where an entry says so', () => {
    expect(readBody(withMore, { lenient: { unknown: 'ignore' } }).read).toEqual({ ...readBody(status).read, surplus: { unknown } });
  });

  it('go into the user data where an entry says so, beside what the sender calls user data', () => {
    const { read } = readBody(withMore, { lenient: { unknown: 'pass' } });
    const plain = readBody(status).read;
    expect(read.surplus).toEqual({ unknown });
    expect(read.input).toEqual({ ...(plain.input as object), userData: { ...unknown, wave: '7' } });
    const command = typeOf('Update_WCS_OrderStatus', '3.0').commands?.find(({ name }) => name === read.command);
    expect(faultsAgainst(command?.input, read.input)).toEqual([]);
  });

  it('are told only, where the command takes no user data', () => {
    const more = pickBatch.replace('<StoreID>', '<Urgent>yes</Urgent><StoreID>');
    expect(readBody(more, { lenient: { unknown: 'pass' } }).read).toEqual({
      ...readBody(pickBatch).read,
      surplus: { unknown: { 'Create_WCS_PickBatch/DataArea/PickBatch/Urgent': 'yes' } },
    });
  });

  it('do not hide what is wrong with the rest', () => {
    const wrong = withMore.replace('>12007<', '><');
    expect(faultOf(wrong, { lenient: { unknown: 'ignore' } })).toMatchObject({
      code: 'WB_XML_BAD_VALUE',
      at: `${header}/OrderNumber[1], 20:55`,
    });
  });
});

describe('children in another order', () => {
  const turned = pickBatch.replace(/(<BackendPickBatchID>.*?<\/BackendPickBatchID>)(.*)(<\/PickBatch>)/s, '$2$1$3');

  it('are refused by default', () => {
    expect(faultOf(turned)).toMatchObject({ code: 'WB_XML_WRONG_ORDER' });
    expect(faultOf(turned, { lenient: { unknown: 'ignore' } })).toMatchObject({ code: 'WB_XML_WRONG_ORDER' });
  });

  it('are read and told where an entry says so', () => {
    expect(readBody(turned, { lenient: { order: 'any' } }).read).toEqual({
      ...readBody(pickBatch).read,
      surplus: { order: ['Create_WCS_PickBatch/DataArea/PickBatch'] },
    });
  });
});

describe('any message whose elements are turned around', () => {
  const types = pack.messages.filter(({ name }) => name !== 'WCS_Error');
  // A number for each name decides where its elements go; those of one name stay in their order.
  const ranks = fc.infiniteStream(fc.nat({ max: 1000 }));

  it('is read as it was, where any order is allowed', () => {
    let turned = 0;
    fc.assert(
      fc.property(fc.constantFrom(...types), answers, ranks, (type, choose, rank) => {
        const body = madeUp(bindingOf(type).message, choose);
        const other = turnedAround(body, rank);
        const { surplus, ...read } = readBody(other, { lenient: { order: 'any' } }).read;
        turned += surplus === undefined ? 0 : 1;
        expect(read).toEqual(readBody(body).read);
      }),
      { numRuns: 300 },
    );
    expect(turned).toBeGreaterThan(100);
  });

  function turnedAround(body: string, rank: Iterator<number>): string {
    const reader = new TreeReader();
    parseXml(body, reader);
    return textOf(reader.result, rank);
  }

  function textOf({ name, attributes, content }: XmlTree, rank: Iterator<number>): string {
    const places = new Map(content.map((each) => [nameOf(each), rank.next().value as number]));
    const turned = content.toSorted((one, two) => (places.get(nameOf(one)) as number) - (places.get(nameOf(two)) as number));
    const inside = turned.map((each) => (typeof each === 'string' ? escaped(each) : textOf(each, rank))).join('');
    return `<${name}${Object.entries(attributes)
      .map(([key, value]) => ` ${key}="${escaped(value)}"`)
      .join('')}>${inside}</${name}>`;
  }

  function nameOf(each: XmlTree | string): string {
    return typeof each === 'string' ? '' : each.name;
  }

  function escaped(text: string): string {
    return text.replace(/[&<>"\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }
});

describe('a message that is as it should be', () => {
  it.each([{ unknown: 'ignore' }, { unknown: 'pass' }, { order: 'any' }, { unknown: 'pass', order: 'any' }])(
    'is read by a lenient entry as by any other: %j',
    (lenient) => {
      for (const sample of [status, pickBatch, sampleOf('Create_WCS_ShipmentConfirmation'), sampleOf('Create_WCS_Customer')])
        expect(readBody(sample, { lenient })).toEqual(readBody(sample));
    },
  );
});
