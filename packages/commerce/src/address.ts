import { personal, type Static } from '@waybill/contract';
import { closed, code, id, optional, some, text } from './values/text.ts';

export const postalAddress = personal(
  closed(
    {
      lines: some(
        text('One line: street and number, apartment, building.'),
        'The lines above the city, from the top. The first three are kept.',
      ),
      city: text('City or town.'),
      state: text('State, province or region; may be empty where a country has none.'),
      postalCode: text('Postal code; may be empty where a country has none.'),
      country: text('Country code or name, as the partners have agreed.'),
    },
    'Where something is delivered or sent.',
  ),
);
export type PostalAddress = Static<typeof postalAddress>;

/** Either `fullName` or `lastName` is given; with neither there is no name. */
export const personName = personal(
  closed(
    {
      title: optional(text('Form of address, such as Mr, Mrs or Dr.')),
      fullName: optional(text('The whole name, where its parts are not known.')),
      lastName: optional(text('Family name.')),
      firstName: optional(text('Given name.')),
      middleName: optional(text('Middle name or initial.')),
      alternateName: optional(text('Nickname under which the address is kept.')),
    },
    'The name of a person.',
  ),
);
export type PersonName = Static<typeof personName>;

export const contact = personal(
  closed(
    {
      phone1: optional(text('Primary telephone number.')),
      phone2: optional(text('Secondary telephone number.')),
      email1: optional(text('Primary e-mail address.')),
      email2: optional(text('Secondary e-mail address.')),
      fax: optional(text('Fax number.')),
    },
    'How to reach somebody.',
  ),
);
export type Contact = Static<typeof contact>;

export const identifier = closed(
  {
    id: id('The id itself.'),
    kind: optional(text('Who issued it: `internal` for this application, `logon` for a logon id, else as the partners have agreed.')),
  },
  'One of the ids under which a person or an organization is known.',
);
export type Identifier = Static<typeof identifier>;

/** Name and address in one block, as a back end prints them on its papers. */
export const party = personal(
  closed(
    {
      name: text('Name of the person or organization.'),
      line1: text('First line of the address.'),
      line2: text('Second line of the address; may be empty.'),
      city: text('City or town.'),
      state: text('State, province or region; may be empty.'),
      postalCode: text('Postal code; may be empty.'),
      country: text('Country code or name.'),
    },
    'A name with its address.',
  ),
);
export type Party = Static<typeof party>;

export const addressType = code('S ship-to, B bill-to, SB both. Default SB.', ['S', 'B', 'SB']);
export const bestCallingTime = code('When to call: D by day, E in the evening.', ['D', 'E']);

export const carrier = closed(
  {
    carrier: text('Who carries it.'),
    method: text('How, in the words of the carrier: Ground, Express.'),
  },
  'How the goods travel.',
);
export type Carrier = Static<typeof carrier>;
