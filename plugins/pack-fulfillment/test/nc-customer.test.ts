import { CommandError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const created = sampleOf('Create_NC_Customer');
const changed = sampleOf('Update_NC_Customer');
const createType = { name: 'Create_NC_Customer', version: '1.0' };
const updateType = { name: 'Update_NC_Customer', version: '1.0' };

describe('Create_NC_Customer 1.0', () => {
  it('reads the sample', () => {
    expect(readBody(created)).toEqual({
      type: createType,
      read: {
        command: 'customer.register',
        credentials: { logonId: 'erp_gateway', password: 'kestrel-4410' },
        input: {
          logonId: 'mwestergaard',
          password: 'Tidepool7',
          passwordVerify: 'Tidepool7',
          challenge: { question: 'Name of your first boat?', answer: 'Petrel' },
          address: {
            name: { title: 'Ms', lastName: 'Westergaard', firstName: 'Marit', middleName: 'L' },
            address: { lines: ['18 Quayside Row', 'Unit 4'], city: 'Larkhaven', state: 'ON', postalCode: 'L4K 8Z2', country: 'CA' },
            contact: {
              telephones: [
                { number: '555-0142', type: 'PHN', publish: true },
                { number: '555-0143', type: 'CEL', publish: false },
              ],
              bestCallingTime: 'D',
              faxes: ['555-0149'],
              emails: ['marit@harbourpine.example'],
            },
            packageSuppression: '1',
            fields: ['dock-b'],
          },
          personal: { preferredCommunication: 'E1', userFields: ['loyalty-gold', 'branch-07'] },
          business: { organizationName: 'Harbour and Pine Outfitters' },
          demographics: {
            gender: 'F',
            age: '3',
            income: '4',
            maritalStatus: 'M',
            children: '2',
            household: '4',
            companyName: 'Harbour and Pine Outfitters',
            hobbies: 'sailing, joinery',
            orderBefore: 'N',
            fields: ['A', 'B'],
          },
          userData: { erpAccountNumber: 'HP-00921' },
        },
      },
    });
  });

  it('is composed as it was read, but for what means nothing', () => {
    const { type, read } = readBody(created);
    const text = textOf(pack.compose(type, read, context));
    expect(readBody(text)).toEqual({ type, read });
    const squeezed = (body: string) => body.replace(/>\s+</g, '><').replace(/><\/(?:Verb|Noun)>/g, '/>');
    expect(squeezed(text)).toBe(squeezed(created).replace(/<MerchantID.*<\/MerchantID>/, ''));
  });

  it('belongs to no store: its MerchantID means nothing', () => {
    expect(readBody(created).read).not.toHaveProperty('store');
    expect(readBody(created.replace(/<MerchantID.*<\/MerchantID>/, ''))).toEqual(readBody(created));
  });

  it('keeps the nickname of the address', () => {
    const body = created.replace('</MiddleName>', '</MiddleName><AlternateName>home</AlternateName>');
    expect(readBody(body).read.input).toMatchObject({ address: { nickName: 'home' } });
  });

  it.each([
    ['no password', '<Password>Tidepool7</Password>', '', 'MISSING_ELEMENT', 'LoginInfo/Password, 17:9'],
    ['no second password', '<VerifyPassword>Tidepool7</VerifyPassword>', '', 'MISSING_ELEMENT', 'LoginInfo/VerifyPassword, 14:7'],
    ['a question without an answer', '<ChallengeAnswer>Petrel</ChallengeAnswer>', '', 'MISSING_ELEMENT', 'ChallengeAnswer, 23:7'],
    [
      'a full name',
      '<LastName>Westergaard</LastName>',
      '<FullName>M. Westergaard</FullName>',
      'UNEXPECTED_ELEMENT',
      'ContactPersonName/FullName, 27:9',
    ],
    ['an unknown gender', '<Gender value="F"/>', '<Gender value="X"/>', 'BAD_VALUE', 'Gender@value, 51:7'],
    ['no gender in its element', '<Gender value="F"/>', '<Gender/>', 'MISSING_ATTRIBUTE', 'Gender@value, 51:7'],
    ['a third kind of listing', 'isListed="0"', 'isListed="2"', 'BAD_VALUE', 'EveningPhoneInfo/PhoneInfo@isListed, 47:25'],
    ['a logon id of blanks', '<LoginID>mwestergaard', '<LoginID>  ', 'BAD_VALUE', 'LoginInfo/LoginID, 15:9'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(created.replace(from, to))).toMatchObject({
      code: `WB_XML_${code}`,
      at: `Create_NC_Customer/DataArea/Customer/${at}`,
    });
  });

  it('is refused with two customers, of whom nobody could tell the fields apart', () => {
    const [customer = ''] = /<Customer>.*<\/Customer>/s.exec(created) ?? [];
    expect(faultOf(created.replace(customer, customer + customer))).toMatchObject({
      code: 'WB_XML_TOO_MANY',
      at: expect.stringContaining('Create_NC_Customer/DataArea/Customer') as string,
    });
  });

  it('shows no secret when it fails', () => {
    const { read } = readBody(created);
    const error = new CommandError('WB_STORE_LOGON_TAKEN', 'The logon id is taken.');
    const reply = textOf(pack.reply?.(createType, { ok: false, error, read }, context));
    expect(reply).toContain('<MessageKey>WB_STORE_LOGON_TAKEN</MessageKey>');
    for (const secret of ['Tidepool7', 'Petrel', 'kestrel-4410']) expect(reply).not.toContain(secret);
    expect(pack.reply?.(createType, { ok: true, output: undefined, read }, context)).toBeUndefined();
  });
});

describe('Update_NC_Customer 1.0', () => {
  it('reads the sample: what is missing stays as it is', () => {
    expect(readBody(changed)).toEqual({
      type: updateType,
      read: {
        command: 'customer.update',
        input: {
          logonId: 'mwestergaard',
          address: {
            name: { lastName: 'Westergaard', firstName: 'Marit' },
            address: { lines: ['203 Ropewalk Lane'], city: 'Larkhaven', state: 'ON', postalCode: 'L4K 9A1', country: 'CA' },
            contact: { telephones: [{ number: '555-0177' }], emails: ['marit@harbourpine.example'] },
          },
        },
      },
    });
  });

  it('runs as whoever sent it, not as the customer whom it names: a name proves nothing', () => {
    expect(readBody(changed).read).not.toHaveProperty('credentials');
  });

  it('takes a full name for that of an organizational unit, as the original does', () => {
    const body = changed.replace(/<LastName>.*<\/FirstName>/s, '<FullName>Boathouse</FullName>');
    const { read } = readBody(body);
    expect(read.input).toMatchObject({ business: { organizationUnitName: 'Boathouse' } });
    expect(read.input).not.toHaveProperty('address.name');
    expect(readBody(textOf(pack.compose(updateType, read, context))).read).toEqual(read);
  });

  it('changes the question or the answer alone', () => {
    const answer = changed.replace('<ContactPersonName>', '<ChallengeAnswer>Tern</ChallengeAnswer><ContactPersonName>');
    expect(readBody(answer).read.input).toMatchObject({ challenge: { answer: 'Tern' } });
  });

  const described = (info: string) => changed.replace(/<ContactInfo>.*<\/ContactInfo>/s, `<ContactInfo/>${info}`);

  it.each([
    ['the first', '<DayPhoneInfo><PhoneInfo isListed="0"/></DayPhoneInfo>', [{ publish: false }]],
    ['the second', '<EveningPhoneInfo><PhoneInfo type="CEL"/></EveningPhoneInfo>', [{}, { type: 'CEL' }]],
  ])('describes a telephone without its number, which stays: %s', (_title, info, telephones) => {
    const { read } = readBody(described(info));
    expect(read.input).toMatchObject({ address: { contact: { telephones } } });
    expect(readBody(textOf(pack.compose(updateType, read, context))).read).toEqual(read);
  });

  it('says nothing of telephones by an element that says nothing', () => {
    expect(readBody(described('<DayPhoneInfo><PhoneInfo/></DayPhoneInfo>')).read.input).not.toHaveProperty('address.contact');
  });

  const data = (contact: object) => ({
    command: 'customer.update',
    input: {
      logonId: 'a',
      address: {
        name: { lastName: 'B' },
        address: { lines: ['1'], city: 'C', state: '', postalCode: '', country: 'CA' },
        contact,
      },
    },
  });

  it.each([
    ['a second fax', { faxes: ['1', '2'] }, 'The message has no place for "address.contact.faxes".'],
    [
      'a third telephone of a type',
      { telephones: [{ number: '1' }, { number: '2' }, { number: '3', type: 'CEL' }] },
      'The message has no place for "type".',
    ],
    ['a wish for e-mail', { receiveEmail: true }, 'The message has no place for "address.contact.receiveEmail".'],
  ])('is refused rather than cut down: %s', (_title, contact, message) => {
    expect(() => pack.compose(updateType, data(contact), context)).toThrow(expect.objectContaining({ code: 'WB_XML_BAD_VALUE', message }));
  });

  it('has no number in the place of another one', () => {
    expect(() => pack.compose(updateType, data({ telephones: [{ type: 'PHN' }, { number: '2' }] }), context)).toThrow(
      expect.objectContaining({ code: 'WB_XML_MISSING_ELEMENT', at: expect.stringContaining('Telephone[1]') as string }),
    );
  });

  it('keeps a third number', () => {
    const three = data({ telephones: [{ number: '1', type: 'PHN' }, { number: '2' }, { number: '3' }] });
    expect(readBody(textOf(pack.compose(updateType, three, context))).read).toEqual(three);
  });
});
