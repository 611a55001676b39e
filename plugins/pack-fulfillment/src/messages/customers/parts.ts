import { type CustomerChange, widths } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { bit, hidden, truth, words } from '../../parts.ts';

// What the messages about customers share: reference/fulfillment-messages.md, section 3. The nodes are those of a change; whoever is
// registered has all of its fields, and a few more.

export type Address = NonNullable<CustomerChange['address']>;
export type Contact = NonNullable<Address['contact']>;
export type Telephone = NonNullable<Contact['telephones']>[number];
export type PhoneInfo = Omit<Telephone, 'number'>;

const a = mapping<Address>();
const contact = mapping<Contact>();
const phone = mapping<Telephone>();
const billing = mapping<NonNullable<Address['billing']>>();
const challenge = mapping<NonNullable<CustomerChange['challenge']>>();

export const addressType = oneOf('S', 'B', 'SB');
export const addressTypeWords = 'S ship-to, B bill-to, SB both';
export const storeWords = 'the store that the customer registers with';
export const enabledWords = '1 may log on, 0 may not';

export const nickName = words('tokonkwo-home');
export const password = hidden('change-me');
export const challengeQuestion = words('Favourite lighthouse?', widths.challenge);
export const challengeAnswer = hidden('Gull Point', widths.challenge);
export const bestCallingTime = oneOf('D', 'E');
export const bestCallingTimeWords = 'D by day, E in the evening';

export const challengeParts = (): Nodes<NonNullable<CustomerChange['challenge']>> => [
  challenge.leaf('Question', 'question', challengeQuestion),
  challenge.leaf('Answer', 'answer', challengeAnswer),
];

export const contactParts = (): Nodes<Contact> => [
  contact.vector('Telephone*', 'telephones', [
    phone.leaf('@type?', 'type', words('PHN')),
    phone.leaf('@publish?', 'publish', bit, { about: 'may the number be published' }),
    phone.leaf('.', 'number', words('555-0118')),
  ]),
  contact.leaf('BestCallingTime?', 'bestCallingTime', bestCallingTime, { about: bestCallingTimeWords }),
  contact.list('Fax*', 'faxes', words('555-0120')),
  contact.list('Email*', 'emails', words('tobe@portmerrin.example')),
];

/** With what only version 3.0 has. */
export const contactParts30 = (): Nodes<Contact> => [
  ...contactParts(),
  contact.group('ReceiveEmail?', [contact.leaf('@value?', 'receiveEmail', truth, { preset: false })], {
    about: 'the customer wants e-mail from the store',
  }),
];

/** What follows place and name in an address. */
export const addressTail = (contactNodes: Nodes<Contact>): Nodes<Address> => [
  a.into('ContactInfo?', 'contact', contactNodes),
  a.into('Billing?', 'billing', [
    billing.leaf('Code', 'code', words('0042-7781', widths.billingCode)),
    billing.leaf('CodeType', 'type', words('92', widths.billingCodeType)),
  ]),
  a.leaf('PackageSuppression?', 'packageSuppression', words('0')),
  a.list('AddressField*', 'fields', words('zone-3')),
];
