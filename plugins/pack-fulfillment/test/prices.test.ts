import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const offers = sampleOf('Update_WCS_ProductPrice');
const listPrices = sampleOf('Update_WCS_ProductPrice_ListPrice');
const nc = sampleOf('Update_NC_ProductPrice');
const type = { name: 'Update_WCS_ProductPrice', version: '2.0' };
const ncType = { name: 'Update_NC_ProductPrice', version: '1.0' };

const squeezed = (body: string) => body.replace(/>\s+</g, '><').replace(/><\/(?:Verb|Noun)>/g, '/>');

const lamp = {
  partNumber: 'HP-LAMP-02',
  ownerId: '7000000000000000102',
  precedence: '5',
  priceListId: '10003',
  currency: 'CAD',
  price: '58.75',
  starts: '2024-04-01T00:00:00',
  ends: '2024-04-30T23:59:59',
};

describe('Update_WCS_ProductPrice 2.0', () => {
  it('asks for offers where it has offers', () => {
    expect(readBody(offers)).toEqual({
      type,
      read: {
        command: 'price.set-offers',
        input: {
          offers: [
            { ...lamp, minimumQuantity: '1', maximumQuantity: '24', quantityUnit: 'C62', published: '1', fields: ['spring-promo'] },
            { partNumber: 'HP-ROPE-10', ownerId: '7000000000000000102', currency: 'CAD', price: '14.20' },
          ],
        },
      },
    });
  });

  it('asks for list prices where it has list prices', () => {
    expect(readBody(listPrices)).toEqual({
      type,
      read: {
        command: 'price.set-list-prices',
        input: { prices: [{ partNumber: 'HP-LAMP-02', ownerId: '7000000000000000102', currency: 'CAD', price: '69.00' }] },
      },
    });
  });

  it('is composed as it was read', () => {
    for (const sample of [offers, listPrices]) {
      const { read } = readBody(sample);
      expect(squeezed(textOf(pack.compose(type, read, context)))).toBe(squeezed(sample));
    }
  });

  it('has a price to five decimals, and dates alone', () => {
    const body = offers
      .replace('>58.75<', '>58.75001<')
      .replace('2024-04-01T00:00:00.000000', '20240401')
      .replace('2024-04-30T23:59:59.000000', '2024-05-01');
    expect(readBody(body).read.input).toMatchObject({
      offers: [{ price: '58.75001', starts: '2024-04-01T00:00:00', ends: '2024-05-01T00:00:00' }, {}],
    });
  });

  it('gives no meaning to the type of the owner', () => {
    expect(readBody(offers.replaceAll('<MerchantID>', '<MerchantID type="NCInternal">'))).toEqual(readBody(offers));
  });

  const [listed = ''] = /<ListPriceInfo>.*<\/ListPriceInfo>/s.exec(listPrices) ?? [];
  const [offered = ''] = /<OfferPriceInfo>.*?<\/OfferPriceInfo>/s.exec(offers) ?? [];

  it.each([
    ['a list price behind offers', offers, '</DataArea>', `${listed}</DataArea>`, 'UNEXPECTED_ELEMENT', 'ListPriceInfo[1], 30:3'],
    ['an offer behind list prices', listPrices, '</DataArea>', `${offered}</DataArea>`, 'UNEXPECTED_ELEMENT', 'OfferPriceInfo[1], 15:3'],
    [
      'an offer without a price',
      offers,
      '<ItemUnitPrice>58.75</ItemUnitPrice>',
      '',
      'MISSING_ELEMENT',
      'OfferPriceInfo[1]/ItemUnitPrice, 16:7',
    ],
    [
      'an offer without an owner',
      offers,
      '<MerchantID>7000000000000000102</MerchantID>',
      '',
      'MISSING_ELEMENT',
      'OfferPriceInfo[1]/MerchantID, 12:7',
    ],
    ['an empty currency', listPrices, '<Currency>CAD', '<Currency>', 'BAD_VALUE', 'ListPriceInfo[1]/Currency, 12:7'],
    ['a currency of more than its column', listPrices, '>CAD<', '>CANADIAN DOLLAR<', 'BAD_VALUE', 'ListPriceInfo[1]/Currency, 12:7'],
    [
      'dates of a list price',
      listPrices,
      '</ItemUnitPrice>',
      '</ItemUnitPrice><StartTimeStamp>20240401</StartTimeStamp>',
      'UNEXPECTED_ELEMENT',
      'ListPriceInfo[1]/StartTimeStamp, 13:43',
    ],
    ['a date that does not exist', offers, '2024-04-30T', '2024-04-31T', 'BAD_VALUE', 'OfferPriceInfo[1]/EndTimeStamp, 17:7'],
    ['an unknown state', offers, '<Published>1', '<Published>3', 'BAD_VALUE', 'OfferPriceInfo[1]/Published, 21:7'],
  ])('is refused with %s', (_title, sample, from, to, code, at) => {
    expect(faultOf(sample.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: `Update_WCS_ProductPrice/DataArea/${at}` });
  });

  it('is refused with neither, and told what there could be', () => {
    expect(faultOf(listPrices.replace(listed, ''))).toMatchObject({
      code: 'WB_XML_MISSING_ELEMENT',
      at: 'Update_WCS_ProductPrice/DataArea, 8:3',
      message: expect.stringContaining('OfferPriceInfo') as string,
    });
  });

  it.each([
    ['an offer that is named by its id', { offerId: '9', partNumber: 'A', ownerId: '1', currency: 'CAD', price: '1' }, 'offerId'],
    [
      'a product that is named by its id, too',
      { catalogEntryId: '9', partNumber: 'A', ownerId: '1', currency: 'CAD', price: '1' },
      'catalogEntryId',
    ],
  ])('is refused rather than cut down: %s', (_title, offer, place) => {
    expect(() => pack.compose(type, { command: 'price.set-offers', input: { offers: [offer] } }, context)).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', message: `The message has no place for "${place}".` }),
    );
  });

  it('is not answered when its command succeeds', () => {
    const { read } = readBody(offers);
    expect(pack.reply?.(type, { ok: true, output: undefined, read }, context)).toBeUndefined();
  });
});

describe('Update_NC_ProductPrice 1.0', () => {
  it('reads the sample', () => {
    expect(readBody(nc)).toEqual({ type: ncType, read: { command: 'price.set-offers', input: { offers: [lamp] } } });
  });

  it('is composed as it was read, with a blank between day and time of day', () => {
    const { read } = readBody(nc);
    expect(squeezed(textOf(pack.compose(ncType, read, context)))).toBe(squeezed(nc).replace(' type="NCInternal"', ''));
  });

  it('gives no meaning to fields of a site, however many there are', () => {
    const field = '<PriceCustomField>a</PriceCustomField>';
    expect(readBody(nc.replace('</EndTimeStamp>', `</EndTimeStamp>${field}${field}`))).toEqual(readBody(nc));
  });

  it('may leave the price of an offer that is there as it is', () => {
    const { offers: read } = readBody(nc.replace('<ItemUnitPrice>58.75</ItemUnitPrice>', '')).read.input as {
      readonly offers: readonly object[];
    };
    expect(read[0]).not.toHaveProperty('price');
  });

  it.each([
    ['a group without precedence', '<Precedence>5</Precedence>', '', 'MISSING_ELEMENT', 'PriceGroupInfo/Precedence, 14:9'],
    ['no product', '<ProductNumberByMerchant>HP-LAMP-02</ProductNumberByMerchant>', '', 'MISSING_ELEMENT', 'ProductNumberByMerchant, 11:7'],
    ['no currency', '<Currency>CAD</Currency>', '', 'MISSING_ELEMENT', 'Currency, 17:7'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(nc.replace(from, to))).toMatchObject({
      code: `WB_XML_${code}`,
      at: `Update_NC_ProductPrice/DataArea/ProductPriceInfo[1]/${at}`,
    });
  });

  it('is refused rather than cut down where it has no place for a range of quantities', () => {
    const data = { command: 'price.set-offers', input: { offers: [{ ...lamp, minimumQuantity: '2' }] } };
    expect(() => pack.compose(ncType, data, context)).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', message: 'The message has no place for "minimumQuantity".' }),
    );
  });
});
