import { describe, expect, it } from 'vitest';
import { faultOf, readBody, sampleOf } from './support/messages.ts';

// Numbers and dates as real senders write them: XML Schema, Oracle, DB2, COBOL.

const inventory = sampleOf('Update_WCS_ProductInventory');
const status = sampleOf('Update_WCS_OrderStatus');

const withQuantity = (text: string) => inventory.replace(/<Quantity>[^<]*<\/Quantity>/, `<Quantity>${text}</Quantity>`);
const withShipDate = (text: string) =>
  status.replace(/<ActualShipDate>[^<]*<\/ActualShipDate>/, `<ActualShipDate>${text}</ActualShipDate>`);

describe('a number', () => {
  it.each([
    ['.5', '0.5'],
    ['240.000000', '240'],
    ['240.', '240'],
    ['000000000000000000000000240', '240'],
    ['+7', '7'],
    ['\n  240\n', '240'],
  ])('is exact and has one form: %j', (sent, value) => {
    const { levels } = readBody(withQuantity(sent)).read.input as { readonly levels: readonly { readonly quantity: string }[] };
    expect(levels[0]?.quantity).toBe(value);
  });

  it.each(['', '.', '2,40', '1e3', '0.0000001'])('is refused, with its place: %j', (sent) => {
    expect(faultOf(withQuantity(sent))).toMatchObject({
      code: expect.stringMatching(/^WB_XML_(BAD_VALUE|MISSING_ELEMENT)$/) as string,
      at: expect.stringContaining('Quantity') as string,
    });
  });
});

describe('a date', () => {
  it.each([
    ['2024-03-14T24:00:00', '2024-03-15T00:00:00'],
    ['2024-03-14T16:20:05+02', '2024-03-14T14:20:05'],
    ['2024-03-14Z', '2024-03-14T00:00:00'],
    ['20240314T162005', '2024-03-14T16:20:05'],
    ['20240314162005', '2024-03-14T16:20:05'],
    ['2024-03-14-16.20.05.123456', '2024-03-14T16:20:05.123456'],
  ])('is an instant in UTC: %s', (sent, value) => {
    expect(JSON.stringify(readBody(withShipDate(sent)).read.input)).toContain(`"actual":"${value}"`);
  });

  it.each(['2024-0314', '202403-14T16:20:05', '0000-03-14', '2024-03-14T16:20:05+19:00', '9999-12-31T23:59:59-12:00', '2024-02-30'])(
    'is refused, with its place: %s',
    (sent) => {
      expect(faultOf(withShipDate(sent))).toMatchObject({
        code: 'WB_XML_BAD_VALUE',
        at: expect.stringContaining('ActualShipDate') as string,
      });
    },
  );
});
