import { flag } from '@waybill/values';
import { type ChildSet, defaultAttribute, element, optional, optionalUserData, type ValueOf, type WritingOf } from '@waybill/xml';
import { credentials, framed } from '../../envelope.ts';
import { id, words } from '../../parts.ts';
import { addressHead, addressTail, challenge, contactParts, logonInfo, profile, statusInfo } from './parts.ts';

// Create_WCS_Customer 2.0 and 3.0: reference/fulfillment-messages.md, section 3.2.

const receiveEmail = element('ReceiveEmail', {
  attributes: { value: defaultAttribute('value', flag({ yes: 'TRUE', no: 'FALSE' }), false) },
  about: 'the customer wants e-mail from the store',
});

/** The two versions differ in the registration and in the contact. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the type that is inferred for the result needs both.
function customer<const Registration extends ChildSet, const Contact extends ChildSet>(registration: Registration, contact: Contact) {
  return element('Customer', {
    children: {
      registration: element('Registration', { children: registration }),
      address: element('AddressInfo', {
        children: { ...addressHead, contact: optional(element('ContactInfo', { children: contact })), ...addressTail },
      }),
      profile: optional(profile),
      userData: optionalUserData(),
    },
  });
}

const tail = { status: optional(statusInfo), challenge: optional(challenge) };
const customer20 = customer({ logon: logonInfo, ...tail }, contactParts);
const customer30 = customer(
  {
    logon: logonInfo,
    store: element('StoreInfo', { children: { storeId: element('StoreID', id('10151'), 'the store that the customer registers with') } }),
    parent: optional(
      element('ParentMemberInfo', {
        children: {
          parentMember: element(
            'ParentMember',
            words('ou=retail buyers,o=root organization'),
            'the organization that the customer belongs to',
          ),
        },
      }),
    ),
    ...tail,
  },
  { ...contactParts, receiveEmail: optional(receiveEmail) },
);

// Verb and Noun are declared EMPTY here.
const frame = { verb: 'Create', noun: 'WCS_Customer', bare: true };
const control = { credentials: optional(credentials) };

export const createCustomer20 = framed({ ...frame, version: '2.0' }, control, { customer: customer20 });
export const createCustomer30 = framed({ ...frame, version: '3.0' }, control, { customer: customer30 });

export type CreateCustomer20 = ValueOf<typeof createCustomer20.root>;
export type CreateCustomer30 = ValueOf<typeof createCustomer30.root>;
export type CreateCustomer20Writing = WritingOf<typeof createCustomer20.root>;
export type CreateCustomer30Writing = WritingOf<typeof createCustomer30.root>;
