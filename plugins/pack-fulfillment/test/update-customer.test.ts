import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const sample20 = sampleOf('Update_WCS_Customer_20');
const sample30 = sampleOf('Update_WCS_Customer');
const type20 = { name: 'Update_WCS_Customer', version: '2.0' };
const type30 = { name: 'Update_WCS_Customer', version: '3.0' };

describe('Update_WCS_Customer 3.0', () => {
  it('reads the sample: what is missing stays as it is', () => {
    expect(readBody(sample30)).toEqual({
      type: type30,
      read: {
        command: 'customer.update',
        store: '10151',
        input: {
          logonId: 'tokonkwo',
          storeId: '10151',
          enabled: true,
          address: {
            address: { lines: ['12 Customs House Square'], city: 'Port Merrin', postalCode: 'B3X 4K9' },
            contact: {
              telephones: [{ number: '555-0160', type: 'CEL', publish: true }],
              emails: ['tobe@portmerrin.example'],
              receiveEmail: false,
            },
          },
        },
      },
    });
  });

  it('may be about the registration alone', () => {
    const body = sample30.replace(/<AddressInfo>.*<\/AddressInfo>/s, '').replace(/<StoreInfo>.*<\/StoreInfo>/, '');
    expect(readBody(body).read).toEqual({ command: 'customer.update', input: { logonId: 'tokonkwo', enabled: true } });
  });

  it('says whether the password has expired without saying whether the customer may log on', () => {
    const body = sample30.replace('<CustomerStatus>1</CustomerStatus>', '<PasswordExpired/>');
    const { read } = readBody(body);
    expect(read.input).toMatchObject({ passwordExpired: false });
    expect(read.input).not.toHaveProperty('enabled');
    expect(readBody(textOf(pack.compose(type30, read, context))).read).toEqual(read);
  });

  it('gives no meaning to the main and own address: a changed one is always both', () => {
    const body = sample30.replace('<Address>', '<Address primary="0" self="0">');
    expect(readBody(body)).toEqual(readBody(sample30));
    expect(faultOf(body.replace('self="0"', 'self="no"'))).toMatchObject({
      code: 'WB_XML_BAD_VALUE',
      at: expect.stringContaining('AddressInfo/Address@self') as string,
    });
  });

  it('takes a profile without a type for that of a consumer, as the schema says', () => {
    const body = sample30.replace(
      '</AddressInfo>',
      '</AddressInfo><Profile><Business><Organization><OrganizationId>7</OrganizationId></Organization></Business></Profile>',
    );
    expect(readBody(body).read.input).toMatchObject({ profileType: 'C', business: { organizationId: '7' } });
  });

  it('is not composed from a profile without a type: its reader would make a consumer of anybody', () => {
    const data = { command: 'customer.update', input: { logonId: 'a', personal: { displayName: 'A' } } };
    expect(() => pack.compose(type30, data, context)).toThrow(
      expect.objectContaining({
        code: 'WB_XML_BAD_VALUE',
        message: 'Element Profile says of which type the customer is, and its data do not.',
        hint: 'Give profileType beside what changes in the profile.',
      }),
    );
    const typed = { ...data, input: { ...data.input, profileType: 'B' } };
    expect(readBody(textOf(pack.compose(type30, typed, context))).read).toEqual(typed);
  });

  it('is composed as it was read', () => {
    for (const sample of [sample20, sample30]) {
      const { type, read } = readBody(sample);
      expect(readBody(textOf(pack.compose(type, read, context)))).toEqual({ type, read });
    }
  });

  it.each([
    [
      'a parent',
      '<StatusInfo>',
      '<ParentMemberInfo><ParentMember>o</ParentMember></ParentMemberInfo><StatusInfo>',
      'UNEXPECTED_ELEMENT',
      'Registration/ParentMemberInfo, 15:9',
    ],
    [
      'half a question',
      '</StatusInfo>',
      '</StatusInfo><Challenge><Question>?</Question></Challenge>',
      'MISSING_ELEMENT',
      'Registration/Challenge/Answer, 17:22',
    ],
    ['no logon id', '<LogonID>tokonkwo</LogonID>', '', 'MISSING_ELEMENT', 'Registration/LogonInfo/LogonID, 11:9'],
    ['a status in words', '<CustomerStatus>1', '<CustomerStatus>yes', 'BAD_VALUE', 'Registration/StatusInfo/CustomerStatus, 16:11'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(sample30.replace(from, to))).toMatchObject({
      code: `WB_XML_${code}`,
      at: `Update_WCS_Customer/DataArea/Customer/${at}`,
    });
  });
});

describe('Update_WCS_Customer 2.0', () => {
  it('reads the sample', () => {
    expect(readBody(sample20)).toEqual({
      type: type20,
      read: {
        command: 'customer.update',
        input: {
          logonId: 'sbrandt',
          enabled: false,
          passwordExpired: false,
          address: {
            nickName: 'sbrandt',
            type: 'SB',
            name: { lastName: 'Brandt', firstName: 'Saskia' },
            address: { lines: ['5 Ferry Steps'], city: 'Larkhaven', state: 'ON', postalCode: 'L4K 1P7', country: 'CA' },
          },
        },
      },
    });
  });

  it.each([
    ['no address', /<AddressInfo>.*<\/AddressInfo>/s, '', 'MISSING_ELEMENT', 'AddressInfo, 9:5'],
    ['no last name', '<LastName>Brandt</LastName>', '', 'MISSING_ELEMENT', 'AddressInfo/PersonName/LastName, 24:11'],
    [
      'a store',
      '</LogonInfo>',
      '</LogonInfo><StoreInfo><StoreID>1</StoreID></StoreInfo>',
      'UNEXPECTED_ELEMENT',
      'Registration/StoreInfo, 13:21',
    ],
    ['half a status', '<PasswordExpired value="0"/>', '', 'MISSING_ELEMENT', 'Registration/StatusInfo/PasswordExpired, 14:9'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(sample20.replace(from, to))).toMatchObject({
      code: `WB_XML_${code}`,
      at: `Update_WCS_Customer/DataArea/Customer/${at}`,
    });
  });

  it('does not make a password good again that nobody spoke of', () => {
    const { read } = readBody(sample20);
    const { passwordExpired: _said, ...input } = read.input as { readonly passwordExpired: boolean };
    expect(() => pack.compose(type20, { ...read, input }, context)).toThrow(
      expect.objectContaining({
        code: 'WB_XML_BAD_VALUE',
        at: expect.stringContaining('Registration/StatusInfo') as string,
        hint: 'Give passwordExpired beside enabled, or use version 3.0.',
      }),
    );
  });

  it.each([
    ['the store', { storeId: '10151' }, 'storeId'],
    ['a wish for e-mail', { address: { contact: { receiveEmail: true } } }, 'receiveEmail'],
  ])('is refused rather than cut down: %s', (_title, more, place) => {
    const { read } = readBody(sample20);
    const input = read.input as { readonly address: object };
    const data = { ...read, input: { ...input, ...more, address: { ...input.address, ...('address' in more ? more.address : {}) } } };
    expect(() => pack.compose(type20, data, context)).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', message: `The message has no place for "${place}".` }),
    );
  });
});
