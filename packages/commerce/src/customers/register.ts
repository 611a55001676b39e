import { defineCommand, personal, type Static } from '@waybill/contract';
import { addressType, postalAddress } from '../address.ts';
import { customerKeys } from '../keys/customer-keys.ts';
import { closed, code, flag, hidden, id, optional, text } from '../values/text.ts';
import { userData } from '../values/user-data.ts';
import { widths } from '../values/widths.ts';
import { addressExtras, customerName } from './contact.ts';
import { passwordForm } from './password-form.ts';
import { business, demographics, profile } from './profile.ts';

// Field by field: reference/fulfillment-messages.md, sections 3.1 and 3.2 (Create 3.0); reference/legacy-messages.md, section 3.

export const customerAddress = closed(
  {
    addressId: optional(id('Id of the address, where the sender gives it one.')),
    nickName: optional(personal(text('Name under which the customer keeps the address. Default: the logon id.'))),
    type: optional(addressType),
    name: customerName,
    address: postalAddress,
    primary: optional(flag('The main address of its type. Default true.')),
    self: optional(flag('The address of the customer, not of somebody else.')),
    ...addressExtras,
  },
  'An address of the customer.',
);

export const customerInput = closed(
  {
    logonId: id('Logon id. Spaces around it are cut off.', widths.logonId),
    password: hidden('Password.'),
    passwordVerify: hidden('The password again.'),
    passwordForm: optional(passwordForm),
    storeId: optional(id('The store that the customer registers with.')),
    parentMember: optional(text('Distinguished name of the organization that the customer belongs to. Default: the default organization.')),
    enabled: optional(flag('Whether the customer may log on. Default true.')),
    passwordExpired: optional(flag('The password has to be changed at the first logon. Default false.')),
    challenge: optional(
      closed(
        { question: text('The question.', widths.challenge), answer: hidden('The answer.', widths.challenge) },
        'For a forgotten password.',
      ),
    ),
    address: customerAddress,
    profileType: optional(code('B business, C consumer. Default: C in the default organization, else B.', ['B', 'C'])),
    personal: optional(profile),
    business: optional(business),
    demographics: optional(demographics),
    userData: optional(userData),
  },
  'A new customer.',
);
export type CustomerInput = Static<typeof customerInput>;

export const customerRegister = defineCommand({
  name: 'customer.register',
  summary: 'Register a customer who is already known to a back end.',
  input: customerInput,
  ...customerKeys,
});
