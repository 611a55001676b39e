import { describe, expect, it } from 'vitest';
import pack from '../../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from '../support/messages.ts';

const type = { name: 'Create_WCS_ExpectedInventoryRecord', version: '1.0' };
const sample = sampleOf('Create_WCS_ExpectedInventoryRecord');
const answer = sampleOf('Response_WCS_ExpectedInvRecord');

const input = {
  backendId: 'ASN-7712',
  storeId: '10151',
  vendorId: '20041',
  ordered: '2024-03-12T00:00:00',
  externalId: 'PO-55190',
  details: [
    {
      backendId: 'ASN-7712-1',
      ownerId: '7000000000000000102',
      partNumber: 'HP-LAMP-02',
      fulfillmentCenterId: '11201',
      expected: '2024-03-22T08:00:00',
      quantity: '120',
      comment: 'Pallet of 12 cartons',
    },
    {
      backendId: 'ASN-7712-2',
      ownerId: '7000000000000000102',
      partNumber: 'HP-ROPE-10',
      fulfillmentCenterId: '11201',
      expected: '2024-03-25T08:00:00',
      quantity: '400',
    },
  ],
};
const read = {
  command: 'inventory.expect',
  input,
  credentials: { logonId: 'wms_larkhaven', password: 'plover-2231' },
  store: '10151',
};

describe('Create_WCS_ExpectedInventoryRecord 1.0', () => {
  it('reads the sample', () => {
    expect(readBody(sample)).toEqual({ type, read });
  });

  it('needs neither the ids of the sender nor a comment', () => {
    const bare = sample.replace(/<(BackendRaID|ExternalID|BackendRaDetailID|Comment)>.*?<\/\1>/g, '');
    const [{ backendId: _one, comment: _comment, ...first }, { backendId: _two, ...second }] = input.details as [
      (typeof input.details)[0],
      (typeof input.details)[0],
    ];
    const { backendId: _id, externalId: _external, details: _details, ...head } = input;
    expect(readBody(bare).read.input).toEqual({ ...head, details: [first, second] });
  });

  const below = (path: string) => `Create_WCS_ExpectedInventoryRecord/DataArea/ExpectedInventoryRecord/${path}`;
  it.each([
    ['no detail', /<RADetail>.*<\/RADetail>/s, '', 'MISSING_ELEMENT', 'RADetail[1], 13:5'],
    ['two heads', '<RADetail>', '<RA/><RADetail>', 'TOO_MANY', 'RA, 21:7'],
    ['no store', '<StoreID>10151</StoreID>', '', 'MISSING_ELEMENT', 'RA/StoreID, 17:9'],
    ['no quantity', '<QuantityOrdered>120</QuantityOrdered>', '', 'MISSING_ELEMENT', 'RADetail[1]/QuantityOrdered, 28:9'],
    ['a date that does not exist', '2024-03-25T08', '2024-02-30T08', 'BAD_VALUE', 'RADetail[2]/ExpectedDate, 35:9'],
    ['an order date that is none', '2024-03-12T00:00:00.000000', 'March', 'BAD_VALUE', 'RA/OrderDate, 18:9'],
    ['a quantity in words', '>400<', '>many<', 'BAD_VALUE', 'RADetail[2]/QuantityOrdered, 36:9'],
    ['a comment of 255 characters', 'Pallet of 12 cartons', 'x'.repeat(255), 'BAD_VALUE', 'RADetail[1]/Comment, 28:9'],
    ['a part number of 65 characters', 'HP-ROPE-10', 'x'.repeat(65), 'BAD_VALUE', 'RADetail[2]/ProductSKU, 33:9'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(sample.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: below(at) });
  });
});

describe('the answer to an expected record', () => {
  const output = {
    recordId: '31007',
    details: [{ detailId: '41011', backendId: 'ASN-7712-1' }, { detailId: '41012' }],
  };

  it('has the ids that the store gave beside those of the sender', () => {
    const reply = textOf(pack.reply?.(type, { ok: true, output, read }, context));
    expect(readBody(reply)).toEqual(readBody(answer));
    expect(readBody(answer)).toEqual({
      type: { name: 'Response_WCS_ExpectedInvRecord', version: '1.0' },
      read: {
        command: 'inventory.expect',
        store: '10151',
        input: {
          status: 'OK',
          backendId: 'ASN-7712',
          storeId: '10151',
          vendorId: '20041',
          ordered: '2024-03-12T00:00:00',
          recordId: '31007',
          details: [
            { backendId: 'ASN-7712-1', detailId: '41011' },
            { backendId: 'ASN-7712-2', detailId: '41012' },
          ],
        },
      },
    });
    expect(reply).toContain('<Noun value="WCS_ExpectedInventoryRecord"/>');
  });

  it('names no detail of the sender where it cannot be told which one is meant', () => {
    const fewer = { recordId: '31007', details: [{ detailId: '41012' }] };
    const reply = readBody(textOf(pack.reply?.(type, { ok: true, output: fewer, read }, context)));
    expect(reply.read.input).toMatchObject({ details: [{ detailId: '41012' }] });
    expect(JSON.stringify(reply.read.input)).not.toContain('ASN-7712-');
  });
});
