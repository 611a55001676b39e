import { personal } from '@waybill/contract';
import { bestCallingTime } from '../address.ts';
import { closed, flag, list, optional, text } from '../values/text.ts';
import { widths } from '../values/widths.ts';

// Field by field: reference/fulfillment-messages.md, sections 3.1 and 3.2.

export const customerName = personal(
  closed(
    {
      title: optional(text('Form of address: Dr, Mr, Mrs, Ms.')),
      lastName: text('Family name.'),
      firstName: optional(text('Given name.')),
      middleName: optional(text('Middle name or initial.')),
    },
    'Name of the customer.',
  ),
);

const telephone = personal(
  closed(
    {
      number: optional(text('The number. A message may describe a telephone without it: in a change, the number stays as it is.')),
      type: optional(text('What kind of telephone, such as PHN or CEL.')),
      publish: optional(flag('Whether the number may be published.')),
    },
    'A telephone.',
  ),
);

export const customerContact = closed(
  {
    telephones: optional(list(telephone, 'The first two are kept.')),
    bestCallingTime: optional(bestCallingTime),
    faxes: optional(list(personal(text('A fax number.')), 'The first two are kept.')),
    emails: optional(list(personal(text('An e-mail address.')), 'The first two are kept.')),
    receiveEmail: optional(flag('The customer wants e-mail from the store. Default false.')),
  },
  'How to reach the customer.',
);

/** What an address has beside name and place. */
export const addressExtras = {
  contact: optional(customerContact),
  billing: optional(
    closed({ code: text('The code.', widths.billingCode), type: text('Who issued it.', widths.billingCodeType) }, 'Code for billing.'),
  ),
  packageSuppression: optional(text('1: no package inserts.')),
  fields: optional(list(text('A field.'), "Fields for a site's own use, by position. The first three are kept.")),
};
