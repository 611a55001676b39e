import { defineCommand, personal, type Static } from '@waybill/contract';
import { addressType } from '../address.ts';
import { customerKeys } from '../keys/customer-keys.ts';
import { closed, code, flag, hidden, id, list, optional, text } from '../values/text.ts';
import { userData } from '../values/user-data.ts';
import { widths } from '../values/widths.ts';
import { addressExtras } from './contact.ts';
import { passwordForm } from './password-form.ts';
import { business, demographics, profile } from './profile.ts';

// Field by field: reference/fulfillment-messages.md, sections 3.1 and 3.2 (Update 3.0); reference/legacy-messages.md, section 4.
// What is missing stays as it is.

const changedName = personal(
  closed(
    {
      title: optional(text('Form of address: Dr, Mr, Mrs, Ms.')),
      lastName: optional(text('Family name.')),
      firstName: optional(text('Given name.')),
      middleName: optional(text('Middle name or initial.')),
    },
    'Name of the customer.',
  ),
);

const changedPlace = personal(
  closed(
    {
      lines: optional(
        list(text('One line.'), 'The lines above the city, from the top; they replace all former ones. The first three are kept.'),
      ),
      city: optional(text('City or town.')),
      state: optional(text('State, province or region.')),
      postalCode: optional(text('Postal code.')),
      country: optional(text('Country code or name.')),
    },
    'Where something is delivered or sent.',
  ),
);

export const customerAddressChange = closed(
  {
    addressId: optional(id('Id of the address, where the sender gives it one.')),
    nickName: optional(personal(text('Name under which the customer keeps the address.'))),
    type: optional(addressType),
    name: optional(changedName),
    address: optional(changedPlace),
    ...addressExtras,
  },
  'What changes in the address of the customer. The address that was in force until now is kept as a former one.',
);

export const customerChange = closed(
  {
    logonId: id('Logon id: whose data change. Spaces around it are cut off.', widths.logonId),
    password: optional(hidden('New password.')),
    passwordVerify: optional(hidden('The new password again.')),
    passwordForm: optional(passwordForm),
    storeId: optional(id('The store that a consent to e-mail is for.')),
    enabled: optional(flag('Whether the customer may log on.')),
    passwordExpired: optional(flag('The password has to be changed at the next logon.')),
    challenge: optional(
      closed(
        { question: optional(text('The question.', widths.challenge)), answer: optional(hidden('The answer.', widths.challenge)) },
        'For a forgotten password.',
      ),
    ),
    address: optional(customerAddressChange),
    profileType: optional(code('B business, C consumer.', ['B', 'C'])),
    personal: optional(profile),
    business: optional(business),
    demographics: optional(demographics),
    userData: optional(userData),
  },
  'What changes in the data of a customer. What is missing stays as it is.',
);
export type CustomerChange = Static<typeof customerChange>;

export const customerUpdate = defineCommand({
  name: 'customer.update',
  summary: 'Change the data of a customer who is registered.',
  input: customerChange,
  ...customerKeys,
});
