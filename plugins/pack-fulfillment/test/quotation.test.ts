import { describe, expect, it } from 'vitest';
import { faultOf, readBody, sampleOf } from './support/messages.ts';

const quotation = sampleOf('Update_WCS_PriceAndAvailability');
const lamp = { globalId: 'HP-LAMP-02', distributorIds: ['NL-7702'] };
const warehouse = { warehouseId: 'W3', street: '40 Railhead Way', town: 'Larkhaven', postcode: 'L4K 5M2' };

describe('Update_WCS_PriceAndAvailability 1.0', () => {
  it('reads the sample', () => {
    expect(readBody(quotation)).toEqual({
      type: { name: 'Update_WCS_PriceAndAvailability', version: '1.0' },
      read: {
        command: 'order.record-quotation',
        credentials: {
          logonId: 'northline_b2b',
          password: 'fulmar-9',
          customerNo: 'C-4471',
          businessPartnerGrouping: 'EAST',
          orgName: 'Northline Distribution',
        },
        input: {
          requestId: '90117',
          distributorId: 'NLD',
          lines: [
            {
              substitutes: [
                {
                  substitutionCode: 'UPGRADE',
                  products: [{ globalId: 'HP-LAMP-03', distributorIds: ['NL-7703'] }],
                  lineNumber: '45020',
                  quantity: '6',
                  sellingPrice: { currency: 'CAD', amount: '63.10' },
                  condition: '0',
                  conditionText: 'In stock',
                },
              ],
              product: lamp,
              lineNumber: '45020',
              quantity: '4',
              sellingPrice: { currency: 'CAD', amount: '57.25' },
              listPrice: { currency: 'CAD', amount: '69.00' },
              unitOfMeasure: 'C62',
              condition: '0',
              conditionText: 'Limited stock',
              estimatedDate: '2024-03-18T00:00:00',
              supplierData: 'quote=Q-5531;line=1',
              description: 'Brass cabin lamp',
              attributes: [{ type: 'STRING', value: 'antique', operator: '=', name: 'finish' }],
              promotions: ['Free carton inserts in March'],
              warehouses: [{ ...warehouse, quantities: [{ available: '2024-03-18T00:00:00', quantity: '4' }] }],
            },
          ],
          inventorySource: 'DISTRIBUTOR',
          additionalInformation: true,
          status: { code: '0', flag: '0', text: 'Quotation prepared' },
        },
      },
    });
  });

  it.each([
    ['true', true],
    [' TRUE ', true],
    ['1', true],
    ['Y', true],
    ['false', false],
    ['0', false],
    ['n', false],
  ])('says whether there is more, in the words of senders: %j', (sent, additionalInformation) => {
    expect(readBody(quotation.replace('>true<', `>${sent}<`)).read.input).toMatchObject({ additionalInformation });
  });

  it('may have failed without any line, and says so by the flag of its code', () => {
    const failed = quotation
      .replace(/<ProductPriceAndAvailabilityLineItem>.*<\/ProductPriceAndAvailabilityLineItem>/s, '')
      .replace('<code codeFlag="0">0', '<code codeFlag="1">E-401');
    const { read } = readBody(failed);
    expect(read.input).toMatchObject({ status: { code: 'E-401', flag: '1', text: 'Quotation prepared' } });
    expect(read.input).not.toHaveProperty('lines');
  });

  it('is available and a success by default', () => {
    const plain = quotation.replaceAll(' statusCondition="0"', '').replace(' codeFlag="0"', '');
    expect(readBody(plain)).toEqual(readBody(quotation));
  });

  it('may quote without a currency, and with credentials in part', () => {
    const body = quotation
      .replace('<sellingPrice><currency>CAD</currency>', '<sellingPrice>')
      .replace(/<customerNo>.*<\/businessPartnerGrouping>/s, '');
    const { read } = readBody(body);
    expect(read.credentials).toEqual({ logonId: 'northline_b2b', password: 'fulmar-9', orgName: 'Northline Distribution' });
    expect(read.input).toMatchObject({ lines: [{ substitutes: [{ sellingPrice: { amount: '63.10' } }] }] });
  });

  const line = 'ProductPriceAndAvailability/ProductPriceAndAvailabilityLineItem[1]';
  it.each([
    ['no request', '<messageIdentifier>90117</messageIdentifier>', '', 'MISSING_ELEMENT', 'messageIdentifier, 17:5'],
    [
      'no price',
      /<sellingPrice><currency>CAD<\/currency><amount>57.25<\/amount><\/sellingPrice>/,
      '',
      'MISSING_ELEMENT',
      `${line}/sellingPrice, 40:9`,
    ],
    [
      'an unknown condition',
      '<status statusCondition="0">Limited',
      '<status statusCondition="9">Limited',
      'BAD_VALUE',
      `${line}/status@statusCondition, 42:9`,
    ],
    ['neither yes nor no', '>true<', '>perhaps<', 'BAD_VALUE', 'ProductPriceAndAvailability/isAdditionalInformationIncluded, 67:7'],
    ['credentials of another shape', '<userId>northline_b2b</userId>', '<LogonId>a</LogonId>', 'UNEXPECTED_ELEMENT', undefined],
    [
      'a substitute of no product',
      /<productIdentification>\s*<globalProductIdentifier>HP-LAMP-03.*?<\/productIdentification>/s,
      '',
      'MISSING_ELEMENT',
      `${line}/AdditionalProductPriceAndAvailabilityLineItem/SubstituteProductReference[1]/productIdentification[1], 24:13`,
    ],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(quotation.replace(from, to))).toMatchObject({
      code: `WB_XML_${code}`,
      at:
        at === undefined
          ? 'Update_WCS_PriceAndAvailability/ControlArea/Credentials/LogonId, 8:7'
          : `Update_WCS_PriceAndAvailability/DataArea/${at}`,
    });
  });
});
