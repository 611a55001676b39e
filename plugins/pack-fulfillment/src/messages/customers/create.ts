import { type CustomerInput, customerRegister, widths } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { bind } from '../../binding.ts';
import { credentials, type Envelope, framed } from '../../envelope.ts';
import { bit, id, userData, words } from '../../parts.ts';
import {
  addressTail,
  addressType,
  addressTypeWords,
  type Contact,
  challengeParts,
  contactParts,
  contactParts30,
  enabledWords,
  nickName,
  password,
  storeWords,
} from './parts.ts';
import { profile } from './profile.ts';

// Create_WCS_Customer 2.0 and 3.0: reference/fulfillment-messages.md, section 3.2.

type Address = CustomerInput['address'];

const c = mapping<CustomerInput>();
const a = mapping<Address>();
const name = mapping<Address['name']>();
const postal = mapping<Address['address']>();

const logon = () =>
  c.group('LogonInfo', [
    c.leaf('LogonID', 'logonId', id('tokonkwo', widths.logonId)),
    c.leaf('Password', 'password', password),
    c.leaf('VerifyPassword', 'passwordVerify', password, { about: 'the password again' }),
  ]);
const store = () => c.group('StoreInfo', [c.leaf('StoreID', 'storeId', id('10151'), { about: storeWords })]);
const parent = () =>
  c.group('ParentMemberInfo?', [
    c.leaf('ParentMember', 'parentMember', words('ou=retail buyers,o=root organization'), {
      about: 'the organization that the customer belongs to',
    }),
  ]);
const registrationTail = (): Nodes<CustomerInput> => [
  c.group('StatusInfo?', [
    c.leaf('CustomerStatus', 'enabled', bit, { about: enabledWords }),
    c.group('PasswordExpired', [c.leaf('@value?', 'passwordExpired', bit, { preset: false })]),
  ]),
  c.into('Challenge?', 'challenge', challengeParts()),
];

const addressHead = (): Nodes<Address> => [
  a.leaf('AddressId?', 'addressId', id('15022')),
  a.leaf('AddressNickName', 'nickName', nickName),
  a.leaf('AddressType', 'type', addressType, { about: addressTypeWords }),
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

/** The two versions differ in the registration and in the contact. */
function customer(registration: Nodes<CustomerInput>, contact: Nodes<Contact>): Nodes<CustomerInput> {
  return [
    c.group('Customer', [
      c.group('Registration', registration),
      c.into('AddressInfo', 'address', [...addressHead(), ...addressTail(contact)]),
      profile(),
      userData(),
    ]),
  ];
}

// Verb and Noun are declared EMPTY here.
const frame = { verb: 'Create', noun: 'WCS_Customer', bare: true, command: customerRegister.name, control: () => [credentials()] };
const createCustomer20 = framed({ ...frame, version: '2.0' }, () => customer([logon(), ...registrationTail()], contactParts()));
const createCustomer30 = framed({ ...frame, version: '3.0' }, () =>
  customer([logon(), store(), parent(), ...registrationTail()], contactParts30()),
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

export const createCustomerBindings = [
  bind({ type: { ...type, version: '2.0' }, message: createCustomer20, prepare: to20 }),
  bind({ type: { ...type, version: '3.0' }, message: createCustomer30, prepare: withStatus, store: ({ storeId }) => storeId }),
];
