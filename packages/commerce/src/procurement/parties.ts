import { personal, type Static, type TString, type TUnsafe, Type } from '@waybill/contract';
import { closed, code, flag, hidden, id, list, optional, some, text } from '../values/text.ts';

// What documents of procurement have in common. Field by field: reference/procurement-messages.md, sections 3.2 to 3.10.

const pattern = '^[+-]?[0-9]{1,20}(\\.[0-9]{1,10})?$';

/** An exact decimal number as text. Partners send more places than the goods of an own store have: a price of one screw in ten thousand. */
export function exact(description: string, example = '4.25'): TUnsafe<string> {
  return Type.Unsafe<string>({ type: 'string', pattern, description, examples: [example] });
}

/** A time as the partner wrote it: an offset may be missing, and some write no ISO 8601. */
export function written(description: string): TString {
  return Type.String({ description, minLength: 1, examples: ['2026-10-05T10:00:00-04:00'] });
}

/** An amount in a currency. */
export const priced = (description: string) =>
  closed({ amount: exact('The amount.'), currency: id('Currency code of ISO 4217.', 15) }, description);
export type Priced = Static<ReturnType<typeof priced>>;

export const identity = closed(
  {
    domain: id('The list of names that the identity is from: NetworkID, DUNS.'),
    identity: id('The name in that list.'),
    marketplace: optional(flag('True: it does not name the party, but the marketplace that it trades on.')),
  },
  'A name under which a party is known.',
);
export type Identity = Static<typeof identity>;

export const parties = closed(
  {
    from: some(identity, 'Whom it comes from. Several are names of the same party.'),
    to: some(identity, 'Whom it is for. Several are names of the same party.'),
    sender: optional(identity),
    userAgent: optional(text('The program of the sender.')),
  },
  'Who speaks to whom. The sender may be a hub that speaks for many.',
);
export type Parties = Static<typeof parties>;

/** What an element may hold of which nothing is known in advance. */
const tree = Type.Unknown({ description: 'The elements in it, as a tree of `{ name, attributes, text, children }`, where there are any.' });

export const extrinsic = closed(
  { name: id('Name of the field.'), value: text('Its plain text; of nested elements, their texts.'), content: optional(tree) },
  'A field that two partners have agreed on.',
);
export type Extrinsic = Static<typeof extrinsic>;

export const extrinsics = optional(list(extrinsic, 'Fields that two partners have agreed on.'));

export const document = {
  payloadId: id('Id of the document; the same when it is sent again.'),
  timestamp: written('When it was written.'),
  test: flag('Whether it is for a test: nothing is taken from the stock, and nothing is shipped.'),
  parties,
};

/** Where on earth it is. */
const postal = {
  deliverTo: optional(list(text('A line.'), 'Who in the organization gets it.')),
  lines: optional(list(text('A line.'), 'Street and number.')),
  city: optional(text('City or town.')),
  municipality: optional(text('Part of the city.')),
  state: optional(text('State, province or region.')),
  postalCode: optional(text('Postal code.')),
  country: optional(text('Country code of ISO 3166.')),
  countryName: optional(text('Name of the country, as it is written on an envelope.')),
};

export const buyerAddress = personal(
  closed(
    {
      id: optional(text('Under which id the buyer knows the address.')),
      idDomain: optional(text('The list that the id is from.')),
      name: text('Name of the person or organization.'),
      ...postal,
      email: optional(text('E-mail address.')),
      phone: optional(text('Telephone number.')),
      fax: optional(text('Fax number.')),
      url: optional(text('Web site.')),
    },
    'An address of the buyer.',
  ),
);
export type BuyerAddress = Static<typeof buyerAddress>;

export const buyerContact = personal(
  closed(
    {
      role: optional(text('What the person does: endUser, buyer, shipFrom.')),
      id: optional(text('Under which id the address is known.')),
      name: text('Name.'),
      emails: optional(list(text('An address.'), 'E-mail addresses.')),
      phones: optional(list(text('A number.'), 'Telephone numbers.')),
      url: optional(text('Web site.')),
      address: optional(closed(postal, 'Where it is, such as the place that goods come from.')),
    },
    'Somebody to ask.',
  ),
);
export type BuyerContact = Static<typeof buyerContact>;

export const attachment = closed(
  {
    url: text('Where it is: `cid:` and the id of a part of the message, or an address. It is never fetched.'),
    name: optional(text('Name of the file.')),
    contentType: optional(text('Media type.')),
    bytes: optional(Type.Integer({ description: 'How large it is.', minimum: 0 })),
    content: optional(Type.String({ description: 'What is in it, in base64, where it came with the message.' })),
  },
  'A file.',
);
export type Attachment = Static<typeof attachment>;

export const comment = closed(
  {
    text: text('The remark.'),
    language: optional(text('Language, as a tag of BCP 47.')),
    attachments: optional(list(attachment, 'Files.')),
  },
  'A remark for people.',
);
export type Comment = Static<typeof comment>;

export const charge = closed({ amount: priced('The amount.'), description: optional(text('What it is for.')) }, 'Tax or shipping.');
export type Charge = Static<typeof charge>;

/** A payment card. */
export const purchasingCard = closed(
  {
    number: hidden('Number of the card.'),
    expires: text('When it expires.'),
    holder: optional(personal(text('Name on the card.'))),
  },
  'A purchasing card.',
);
export type PurchasingCard = Static<typeof purchasingCard>;

export const operation = code('What is done with an earlier document: new, update, delete.', ['new', 'update', 'delete']);
