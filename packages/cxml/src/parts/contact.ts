import type { BuyerContact } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { languageOfDocument } from './description.ts';
import { asPhone, phone } from './phone.ts';
import { given, present, words } from './texts.ts';
import { asEmail, asUrl, email, url } from './web.ts';

/** `Contact`, as it stands on the wire. */
export interface WireContact {
  role?: string;
  id?: string;
  name?: string;
  emails?: string[];
  phones?: string[];
  url?: string;
}

const c = mapping<WireContact>();

/** What is in `Contact`: reference/procurement-messages.md, section 3.7. */
export const contact = (): Nodes<WireContact> => [
  c.leaf('@role?', 'role', words('endUser')),
  c.leaf('@addressID?', 'id', words('LK-7')),
  ignored('@addressIDDomain?'),
  c.group('Name?', [languageOfDocument(), c.leaf('.?', 'name', words('Dana Okafor'))]),
  c.turnedList('Email*', 'emails', asEmail, email()),
  c.turnedList('Phone*', 'phones', asPhone, phone()),
  c.turned('URL?', 'url', asUrl, url()),
];

/** The name has to be there by the DTD, be it empty. */
export const asContact: Conversion<WireContact, BuyerContact> = {
  read: ({ role, id, name = '', ...rest }) => present({ role: given(role), id: given(id), name, ...rest }) as BuyerContact,
  write: (value) => ({ ...value, name: value.name ?? '' }),
};
