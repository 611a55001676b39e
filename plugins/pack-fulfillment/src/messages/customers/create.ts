import { type CustomerInput, customerRegister, widths } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { bind } from '../binding.ts';
import { credentials, type Envelope, framed } from '../envelope.ts';
import { bit, hidden, id, truth, userData, words } from '../parts.ts';
import { profile } from './customer-profile.ts';

// Create_WCS_Customer 2.0 and 3.0: reference/fulfillment-messages.md, section 3.2.

type Address = CustomerInput['address'];
type Contact = NonNullable<Address['contact']>;

const c = mapping<CustomerInput>();
const a = mapping<Address>();
const name = mapping<Address['name']>();
const postal = mapping<Address['address']>();
const contact = mapping<Contact>();
const phone = mapping<NonNullable<Contact['telephones']>[number]>();
const billing = mapping<NonNullable<Address['billing']>>();
const challenge = mapping<NonNullable<CustomerInput['challenge']>>();

const logon = c.group('LogonInfo', [
  c.leaf('LogonID', 'logonId', id('tokonkwo', widths.logonId)),
  c.leaf('Password', 'password', hidden('change-me')),
  c.leaf('VerifyPassword', 'passwordVerify', hidden('change-me'), { about: 'the password again' }),
]);
const store = c.group('StoreInfo', [c.leaf('StoreID', 'storeId', id('10151'), { about: 'the store that the customer registers with' })]);
const parent = c.group('ParentMemberInfo?', [
  c.leaf('ParentMember', 'parentMember', words('ou=retail buyers,o=root organization'), {
    about: 'the organization that the customer belongs to',
  }),
]);
const registrationTail: Nodes<CustomerInput> = [
  c.group('StatusInfo?', [
    c.leaf('CustomerStatus', 'enabled', bit, { about: '1 may log on, 0 may not' }),
    c.group('PasswordExpired', [c.leaf('@value?', 'passwordExpired', bit, { preset: false })]),
  ]),
  c.into('Challenge?', 'challenge', [
    challenge.leaf('Question', 'question', words('Favourite lighthouse?', widths.challenge)),
    challenge.leaf('Answer', 'answer', hidden('Gull Point', widths.challenge)),
  ]),
];

const addressHead: Nodes<Address> = [
  a.leaf('AddressId?', 'addressId', id('15022')),
  a.leaf('AddressNickName', 'nickName', words('tokonkwo-home')),
  a.leaf('AddressType', 'type', oneOf('S', 'B', 'SB'), { about: 'S ship-to, B bill-to, SB both' }),
  a.into('PersonName', 'name', [
    name.leaf('Title?', 'title', words('Mr')),
    name.leaf('LastName', 'lastName', words('Okonkwo')),
    name.leaf('FirstName?', 'firstName', words('Tobe')),
    name.leaf('MiddleName?', 'middleName', words('J')),
  ]),
  a.group('Address', [
    a.leaf('@primary?', 'primary', bit, { preset: true, about: 'the main address of its type' }),
    a.leaf('@self?', 'self', bit, { about: 'the address of the customer' }),
    a.all('address', [
      postal.list('AddressLine+', 'lines', words('77 Signal Hill Road')),
      postal.leaf('City', 'city', words('Port Merrin')),
      postal.leaf('State', 'state', words('NS')),
      postal.leaf('ZipCode', 'postalCode', words('B3X 2T5')),
      postal.leaf('Country', 'country', words('CA')),
    ]),
  ]),
];

const contactParts: Nodes<Contact> = [
  contact.vector('Telephone*', 'telephones', [
    phone.leaf('@type?', 'type', words('PHN')),
    phone.leaf('@publish?', 'publish', bit, { about: 'may the number be published' }),
    phone.leaf('.', 'number', words('555-0118')),
  ]),
  contact.leaf('BestCallingTime?', 'bestCallingTime', oneOf('D', 'E'), { about: 'D by day, E in the evening' }),
  contact.list('Fax*', 'faxes', words('555-0120')),
  contact.list('Email*', 'emails', words('tobe@portmerrin.example')),
];
const receiveEmail = contact.group('ReceiveEmail?', [contact.leaf('@value?', 'receiveEmail', truth, { preset: false })], {
  about: 'the customer wants e-mail from the store',
});

const addressTail: Nodes<Address> = [
  a.into('Billing?', 'billing', [
    billing.leaf('Code', 'code', words('0042-7781', widths.billingCode)),
    billing.leaf('CodeType', 'type', words('92', widths.billingCodeType)),
  ]),
  a.leaf('PackageSuppression?', 'packageSuppression', words('0')),
  a.list('AddressField*', 'fields', words('zone-3')),
];

/** The two versions differ in the registration and in the contact. */
function customer(registration: Nodes<CustomerInput>, contactNodes: Nodes<Contact>): Nodes<CustomerInput> {
  const contactInfo = a.into('ContactInfo?', 'contact', contactNodes);
  return [
    c.group('Customer', [
      c.group('Registration', registration),
      c.into('AddressInfo', 'address', [...addressHead, contactInfo, ...addressTail]),
      profile,
      userData,
    ]),
  ];
}

// Verb and Noun are declared EMPTY here.
const frame = { verb: 'Create', noun: 'WCS_Customer', bare: true, command: customerRegister.name, control: [credentials] };
const createCustomer20 = framed({ ...frame, version: '2.0' }, customer([logon, ...registrationTail], contactParts));
const createCustomer30 = framed(
  { ...frame, version: '3.0' },
  customer([logon, store, parent, ...registrationTail], [...contactParts, receiveEmail]),
);

/** A customer of whom nothing but the password is said may log on: the message has both or neither. */
function withStatus({ input, ...rest }: Envelope<CustomerInput>): Envelope<CustomerInput> {
  const { enabled, passwordExpired } = input;
  return { ...rest, input: enabled === undefined && passwordExpired !== undefined ? { ...input, enabled: true } : input };
}

/** Version 2.0 has no place for the wish for e-mail. What it would lose of the rest is refused. */
function to20(envelope: Envelope<CustomerInput>): Envelope<CustomerInput> {
  const { input, ...rest } = withStatus(envelope);
  const { contact: reached, ...address } = input.address;
  if (reached === undefined) return { ...rest, input };
  const { receiveEmail: _wish, ...kept } = reached;
  return { ...rest, input: { ...input, address: { ...address, contact: kept } } };
}

const type = {
  name: 'Create_WCS_Customer',
  direction: 'in',
  commands: [customerRegister],
  summary: 'Registers a customer who is already known to a back end.',
} as const;

export const customerBindings = [
  bind({ type: { ...type, version: '2.0' }, message: createCustomer20, prepare: to20 }),
  bind({ type: { ...type, version: '3.0' }, message: createCustomer30, prepare: withStatus, store: ({ storeId }) => storeId }),
];
