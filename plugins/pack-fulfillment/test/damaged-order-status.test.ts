import { describe, expect, it } from 'vitest';
import { faultOf, sampleOf } from './support/messages.ts';

const sample = sampleOf('Update_WCS_OrderStatus');

describe('a damaged order status', () => {
  const header = 'Update_WCS_OrderStatus/DataArea/OrderShipping/OrderStatusHeader';
  const item = 'Update_WCS_OrderStatus/DataArea/OrderShipping/OrderStatusItem[1]';

  it.each([
    [
      'mandatory element missing',
      '<TotalNetPrice>184.50</TotalNetPrice>',
      '',
      'MISSING_ELEMENT',
      `${header}/TotalPriceInfo/TotalNetPrice, 24:11`,
    ],
    ['all order numbers missing', /<OrderNumber .*?<\/OrderNumber>/gs, '', 'MISSING_ELEMENT', `${header}/OrderNumber[1], 22:9`],
    [
      'header missing',
      /<OrderStatusHeader.*<\/OrderStatusHeader>/s,
      '',
      'MISSING_ELEMENT',
      'Update_WCS_OrderStatus/DataArea/OrderShipping/OrderStatusHeader, 20:7',
    ],
    ['wrong order', '<PlacedDate>', '<Comment>early</Comment><PlacedDate>', 'WRONG_ORDER', `${header}/PlacedDate, 30:33`],
    ['bad code word', 'StatusCondition="SP"', 'StatusCondition="PS"', 'BAD_VALUE', `${header}/Status@StatusCondition, 29:9`],
    ['unknown element', '<Comment>First', '<Coment>First', 'UNEXPECTED_ELEMENT', `${header}/Coment, 44:9`],
    ['over-long text', 'First parcel', 'x'.repeat(255), 'BAD_VALUE', `${header}/Comment, 44:9`],
    ['over-long number of the back end', 'SO-2024-00871', 'S'.repeat(31), 'BAD_VALUE', `${header}/OrderNumber[2], 21:9`],
    ['element twice', '<PlacedDate>', '<Status>x</Status><PlacedDate>', 'TOO_MANY', `${header}/Status, 30:9`],
    ['number of one type twice', 'type="ByBackend">SO', 'type="ByWCS">SO', 'BAD_VALUE', `${header}/OrderNumber[2], 21:9`],
    ['wrong type of number', 'type="ByBackend">10', 'type="ByUs">10', 'BAD_VALUE', `${item}/ItemNumber[2]@type, 49:9`],
    [
      'unknown attribute',
      'Versioning="TRUE">\n        <ItemNumber',
      'Versionning="TRUE">\n        <ItemNumber',
      'UNKNOWN_ATTRIBUTE',
      `${item}@Versionning, 47:7`,
    ],
    ['wrong verb', '<Verb value="Update">', '<Verb value="Create">', 'BAD_VALUE', 'Update_WCS_OrderStatus/ControlArea/Verb@value, 5:5'],
    ['bad amount', '>222.05<', '>222,05<', 'BAD_VALUE', `${header}/TotalPriceInfo/TotalSellingPrice, 27:11`],
    ['amount too exact', '>222.05<', '>222.000005<', 'BAD_VALUE', `${header}/TotalPriceInfo/TotalSellingPrice, 27:11`],
    ['bad date', '2024-03-13T', '2024-02-30T', 'BAD_VALUE', `${header}/ShippingInfo/RequestedShipDate, 32:11`],
    [
      'two forms at once',
      '</OrderShipping>',
      '</OrderShipping><OrderStatus/>',
      'UNEXPECTED_ELEMENT',
      'Update_WCS_OrderStatus/DataArea/OrderStatus, 63:21',
    ],
  ])('is refused with code and place: %s', (_title, from, to, code, at) => {
    const body = sample
      .replace(from, to)
      .replace('parcel handed to the carrier</Comment>', to.startsWith('<Coment') ? 'parcel</Coment>' : 'parcel</Comment>');
    expect(faultOf(body)).toMatchObject({ code: `WB_XML_${code}`, at, retryable: false });
  });

  it('never shows the password', () => {
    const error = faultOf(sample.replace('<Password>kestrel-4410</Password>', '<Password>kestrel-4410<Hint/></Password>'));
    expect(`${error.message} ${error.at} ${error.hint}`).not.toContain('kestrel');
  });
});
