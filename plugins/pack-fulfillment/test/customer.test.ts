import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const sample = sampleOf('Create_WCS_Customer');

describe('Create_WCS_Customer', () => {
  it('reads the sample of version 3.0', () => {
    expect(readBody(sample)).toEqual({
      type: { name: 'Create_WCS_Customer', version: '3.0' },
      read: {
        command: 'customer.register',
        credentials: { logonId: 'erp_gateway', password: 'kestrel-4410' },
        store: '10151',
        input: {
          logonId: 'tokonkwo',
          password: 'Lantern22',
          passwordVerify: 'Lantern22',
          storeId: '10151',
          parentMember: 'ou=retail buyers,o=harbour and pine,o=root organization',
          enabled: true,
          passwordExpired: true,
          challenge: { question: 'Favourite lighthouse?', answer: 'Gull Point' },
          address: {
            nickName: 'tokonkwo-home',
            type: 'SB',
            name: { title: 'Mr', lastName: 'Okonkwo', firstName: 'Tobe' },
            address: { lines: ['77 Signal Hill Road', 'Apt 3'], city: 'Port Merrin', state: 'NS', postalCode: 'B3X 2T5', country: 'CA' },
            primary: true,
            self: true,
            contact: {
              telephones: [
                { number: '555-0118', type: 'PHN', publish: false },
                { number: '555-0119', type: 'CEL', publish: true },
              ],
              bestCallingTime: 'E',
              faxes: ['555-0120'],
              emails: ['tobe@portmerrin.example'],
              receiveEmail: true,
            },
            billing: { code: '0042-7781', type: '92' },
            packageSuppression: '0',
            fields: ['zone-3'],
          },
          profileType: 'B',
          personal: {
            distinguishedName: 'uid=tokonkwo,o=harbour and pine,o=root organization',
            preferredCurrency: 'CAD',
            preferredLanguage: '-1',
            displayName: 'Tobe Okonkwo',
            preferredCommunication: 'E1',
          },
          business: {
            businessTitle: 'Purchasing lead',
            organizationId: '7000000000000000102',
            organizationName: 'Harbour and Pine',
            employee: { employeeId: 'E-3391' },
          },
          demographics: { age: '3', gender: 'M', income: '4', incomeCurrency: 'CAD', orderBefore: 'N', timeZone: 'AST' },
          userData: { erpAccountNumber: 'HP-01440' },
        },
      },
    });
  });

  it('reads the sample of version 2.0', () => {
    expect(readBody(sampleOf('Create_WCS_Customer_20'))).toEqual({
      type: { name: 'Create_WCS_Customer', version: '2.0' },
      read: {
        command: 'customer.register',
        input: {
          logonId: 'sbrandt',
          password: 'Gannet19',
          passwordVerify: 'Gannet19',
          address: {
            nickName: 'sbrandt',
            type: 'S',
            name: { lastName: 'Brandt' },
            address: { lines: ['5 Ferry Steps'], city: 'Larkhaven', state: 'ON', postalCode: 'L4K 1P7', country: 'CA' },
            primary: true,
          },
        },
      },
    });
  });

  it('is composed as it was read', () => {
    for (const name of ['Create_WCS_Customer', 'Create_WCS_Customer_20']) {
      const { type, read } = readBody(sampleOf(name));
      expect(readBody(textOf(pack.compose(type, read, context)))).toEqual({ type, read });
    }
  });

  it('is refused rather than cut down where version 2.0 has no place for the store', () => {
    const { read } = readBody(sample);
    expect(() => pack.compose({ name: 'Create_WCS_Customer', version: '2.0' }, read, context)).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', at: 'Create_WCS_Customer/DataArea (input.storeId)' }),
    );
  });

  it.each([
    [
      'text in a verb that is declared empty',
      '<Verb value="Create"/>',
      '<Verb value="Create">Create</Verb>',
      'UNEXPECTED_TEXT',
      'ControlArea/Verb, 5:5',
    ],
    [
      'no store',
      '<StoreInfo><StoreID>10151</StoreID></StoreInfo>',
      '',
      'MISSING_ELEMENT',
      'DataArea/Customer/Registration/StoreInfo, 21:9',
    ],
    ['no password', '<Password>Lantern22</Password>', '', 'MISSING_ELEMENT', 'DataArea/Customer/Registration/LogonInfo/Password, 18:11'],
    [
      'no currency of the income',
      '<Income currency="CAD">',
      '<Income>',
      'MISSING_ATTRIBUTE',
      'DataArea/Customer/Profile/Demographics/Income@currency, 85:11',
    ],
    ['an unknown type of address', '<AddressType>SB', '<AddressType>XX', 'BAD_VALUE', 'DataArea/Customer/AddressInfo/AddressType, 35:9'],
    ['two customers', '</Customer>', '</Customer><Customer/>', 'TOO_MANY', 'DataArea/Customer, 93:16'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(sample.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: `Create_WCS_Customer/${at}` });
  });
});
