import { type CustomerChange, customerUpdate, widths } from '@waybill/commerce';
import { ignored, mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { bind } from '../../binding.ts';
import { credentials, framed } from '../../envelope.ts';
import { bit, id, userData, words } from '../../parts.ts';
import {
  type Address,
  addressTail,
  addressType,
  addressTypeWords,
  challengeParts,
  contactParts,
  contactParts30,
  enabledWords,
  nickName,
  password,
} from './parts.ts';
import { profile } from './profile.ts';

// Update_WCS_Customer 2.0 and 3.0: reference/fulfillment-messages.md, section 3.2. Version 2.0 demands of a change what it demands of a
// registration, but for the password; in version 3.0 nearly all may be missing.

const c = mapping<CustomerChange>();
const a = mapping<Address>();
const name = mapping<NonNullable<Address['name']>>();
const postal = mapping<NonNullable<Address['address']>>();

const logon = () =>
  c.group('LogonInfo', [
    c.leaf('LogonID', 'logonId', id('tokonkwo', widths.logonId), { about: 'whose data change' }),
    c.leaf('Password?', 'password', password),
    c.leaf('VerifyPassword?', 'passwordVerify', password, { about: 'the password again' }),
  ]);
const store = () =>
  c.group('StoreInfo?', [c.leaf('StoreID', 'storeId', id('10151'), { about: 'the store that a consent to e-mail is for' })]);
const challenge = () => c.into('Challenge?', 'challenge', challengeParts());
const expired = () => c.leaf('@value?', 'passwordExpired', bit, { preset: false });

/**
 * Version 2.0 cannot speak of one of the two alone. What the message says then is nobody's wish: a customer who is disabled would have a
 * password that is good again.
 */
const status20 = () =>
  c.group('StatusInfo?', [c.leaf('CustomerStatus', 'enabled', bit, { about: enabledWords }), c.group('PasswordExpired', [expired()])], {
    check: ({ enabled, passwordExpired }) =>
      enabled !== undefined && passwordExpired === undefined
        ? { says: 'tells of passwordExpired, too, and its data do not', hint: 'Give passwordExpired beside enabled, or use version 3.0.' }
        : undefined,
  });
const status30 = () =>
  c.group('StatusInfo?', [c.leaf('CustomerStatus?', 'enabled', bit, { about: enabledWords }), c.group('PasswordExpired?', [expired()])]);

// A changed address is always the main one and the customer's own.
const meaningless = { as: oneOf('0', '1'), about: 'means nothing here' };
const attributes = () => [ignored('@primary?', { ...meaningless, preset: '1' }), ignored('@self?', meaningless)];
const city = words('Port Merrin');
const state = words('NS');
const postalCode = words('B3X 2T5');
const country = words('CA');

const address20 = (): Nodes<Address> => [
  a.leaf('AddressId?', 'addressId', id('15022')),
  a.leaf('AddressNickName', 'nickName', nickName),
  a.leaf('AddressType', 'type', addressType, { about: addressTypeWords }),
  a.into('PersonName', 'name', [
    name.leaf('Title?', 'title', words('Mr')),
    name.leaf('LastName', 'lastName', words('Okonkwo')),
    name.leaf('FirstName?', 'firstName', words('Tobe')),
    name.leaf('MiddleName?', 'middleName', words('J')),
  ]),
  a.into('Address', 'address', [
    ...attributes(),
    postal.list('AddressLine+', 'lines', words('77 Signal Hill Road')),
    postal.leaf('City', 'city', city),
    postal.leaf('State', 'state', state),
    postal.leaf('ZipCode', 'postalCode', postalCode),
    postal.leaf('Country', 'country', country),
  ]),
  ...addressTail(contactParts()),
];

const address30 = (): Nodes<Address> => [
  a.leaf('AddressId?', 'addressId', id('15022')),
  a.leaf('AddressNickName?', 'nickName', nickName),
  a.leaf('AddressType?', 'type', addressType, { about: addressTypeWords }),
  a.into('PersonName?', 'name', [
    name.leaf('Title?', 'title', words('Mr')),
    name.leaf('LastName?', 'lastName', words('Okonkwo')),
    name.leaf('FirstName?', 'firstName', words('Tobe')),
    name.leaf('MiddleName?', 'middleName', words('J')),
  ]),
  a.into('Address?', 'address', [
    ...attributes(),
    postal.list('AddressLine*', 'lines', words('77 Signal Hill Road')),
    postal.leaf('City?', 'city', city),
    postal.leaf('State?', 'state', state),
    postal.leaf('ZipCode?', 'postalCode', postalCode),
    postal.leaf('Country?', 'country', country),
  ]),
  ...addressTail(contactParts30()),
];

/** A profile without its type is one of a consumer, by the schema: it would make a consumer of a business customer whose name changes. */
function typed({ profileType, personal, business, demographics }: CustomerChange) {
  if (profileType !== undefined || (personal ?? business ?? demographics) === undefined) return undefined;
  return { says: 'says of which type the customer is, and its data do not', hint: 'Give profileType beside what changes in the profile.' };
}

const profile20 = profile({}, { check: typed });
const profile30 = profile({ person: 'Personal?', distinguished: 'DistinguishedName?' }, { check: typed });

// Verb and Noun are declared EMPTY here.
const frame = { verb: 'Update', noun: 'WCS_Customer', bare: true, command: customerUpdate.name, control: () => [credentials()] };
const updateCustomer20 = framed<CustomerChange>({ ...frame, version: '2.0' }, () => [
  c.group('Customer', [
    c.group('Registration', [logon(), status20(), challenge()]),
    c.into('AddressInfo', 'address', address20()),
    profile20,
    userData(),
  ]),
]);
const updateCustomer30 = framed<CustomerChange>({ ...frame, version: '3.0' }, () => [
  c.group('Customer', [
    c.group('Registration', [logon(), store(), status30(), challenge()]),
    c.into('AddressInfo?', 'address', address30()),
    profile30,
    userData(),
  ]),
]);

const type = {
  name: 'Update_WCS_Customer',
  direction: 'in',
  commands: [customerUpdate],
  summary: 'Changes the data of a customer.',
} as const;

export const updateCustomerBindings = [
  bind({ type: { ...type, version: '2.0' }, message: updateCustomer20 }),
  bind({ type: { ...type, version: '3.0' }, message: updateCustomer30, store: ({ storeId }) => storeId }),
];
