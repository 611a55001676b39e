import { describe, expect, it } from 'vitest';
import { chosen, faultOf, readBody, sampleOf } from './support/messages.ts';

const sample = sampleOf('Update_WCS_OrderStatus');

describe('the encoding that a document declares', () => {
  it.each(['ISO-8859-1', 'UTF-16', 'ibm-037'])('is out of date once the kernel has converted the document: %s', (encoding) => {
    const converted = sample.replace(/^<\?xml [^>]*\?>/, `<?xml version="1.0" encoding="${encoding}"?>`).replace('Okonkwo', 'Ökonkwo');
    expect(readBody(converted).read.input).toMatchObject({ shipTo: { name: 'Tobe Ökonkwo' } });
  });

  it('does not keep an answer from being told from its question', () => {
    const reply = sampleOf('Request_WCS_BE_ProductInventory_Reply').replace(/^<\?xml [^>]*\?>/, '<?xml version="1.0" encoding="UTF-16"?>');
    expect(readBody(reply).type.name).toBe('Request_WCS_BE_ProductInventory_Reply');
  });
});

describe('the limits of an entry', () => {
  it.each([
    ['bytes', '1KB', '10KB', 'WB_XML_TOO_LARGE'],
    ['depth', 3, 10, 'WB_XML_TOO_DEEP'],
    ['elements', 5, 500, 'WB_XML_TOO_MANY_ELEMENTS'],
    ['textLength', 8, 100, 'WB_XML_TEXT_TOO_LONG'],
    ['attributeLength', 2, 100, 'WB_XML_ATTRIBUTE_TOO_LONG'],
  ])('refuse what exceeds them and let the rest pass: %s', (limit, little, enough, code) => {
    expect(faultOf(sample, { limits: { [limit]: little } })).toMatchObject({ code, hint: expect.stringContaining(`"${limit}"`) as string });
    expect(readBody(sample, { limits: { [limit]: enough } }).read.command).toBe('order.ship-status');
  });

  it('can be raised: an inventory message of 12 MB is read where an entry says so', () => {
    const level = /<ProductInventoryInfo>.*?<\/ProductInventoryInfo>/s;
    const inventory = sampleOf('Update_WCS_ProductInventory');
    const [one = ''] = level.exec(inventory) ?? [];
    const large = inventory.replace(level, one.repeat(Math.ceil(12_000_000 / one.length)));
    expect(faultOf(large).code).toBe('WB_XML_TOO_LARGE');
    const { levels } = readBody(large, { limits: { bytes: '20MB' } }).read.input as { readonly levels: readonly unknown[] };
    expect(levels.length).toBeGreaterThan(30_000);
  });

  it('are 10 MB and what the reader has by itself, where an entry says nothing', () => {
    expect(chosen()).toEqual({
      limits: { bytes: 10 * 1024 ** 2, depth: 100, elements: 1_000_000, attributes: 100, attributeLength: 100_000, textLength: 1_000_000 },
      emptyElementClearsData: false,
      lenient: { unknown: 'refuse', order: 'declared' },
      pickListVersion: '2.0',
      replyEncoding: 'utf-8',
    });
  });
});

describe('an optional element without content', () => {
  const emptied = sample
    .replace(/<SequenceNumber>.*?<\/SequenceNumber>/, '<SequenceNumber></SequenceNumber>')
    .replace(/<PlacedDate>.*?<\/PlacedDate>/, '<PlacedDate/>')
    .replace(/<ProductNumberByMerchant>.*?<\/ProductNumberByMerchant>/g, '<ProductNumberByMerchant> </ProductNumberByMerchant>')
    .replace(/<Comment>.*?<\/Comment>/g, '<Comment/>');

  it('says nothing, so that what the store knows stays', () => {
    const input = readBody(emptied).read.input as { readonly items: readonly object[] };
    for (const key of ['sequenceNumber', 'placed', 'comment']) expect(input).not.toHaveProperty(key);
    expect(input.items[0]).not.toHaveProperty('partNumber');
  });

  it('clears a text where the entry says so; a date cannot be empty', () => {
    const clears = { emptyElementClearsData: true };
    expect(faultOf(emptied, clears).message).toBe('The text of PlacedDate ("") is empty.');
    expect(readBody(emptied.replace('<PlacedDate/>', ''), clears).read.input).toMatchObject({ sequenceNumber: '', comment: '' });
  });
});
