import type { BuyerContact } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { languageOfDocument } from './description.ts';
import { asPhone, phone } from './phone.ts';
import { asPostal, type PostalAddress, postal } from './postal.ts';
import { given, present, words } from './texts.ts';
import { asEmail, asUrl, email, url } from './web.ts';

/** `Contact`, as it stands on the wire. */
export interface WireContact {
  role?: string;
  id?: string;
  name?: string;
  addresses?: PostalAddress[];
  emails?: string[];
  phones?: string[];
  urls?: string[];
}

const c = mapping<WireContact>();

/** What is in `Contact`: reference/procurement-messages.md, section 3.7. */
export const contact = (): Nodes<WireContact> => [
  c.leaf('@role?', 'role', words('endUser')),
  c.leaf('@addressID?', 'id', words('LK-7')),
  ignored('@addressIDDomain?'),
  c.group('Name?', [languageOfDocument(), c.leaf('.?', 'name', words('Dana Okafor'))]),
  c.turnedList('PostalAddress*', 'addresses', asPostal, postal()),
  c.turnedList('Email*', 'emails', asEmail, email()),
  c.turnedList('Phone*', 'phones', asPhone, phone()),
  c.turnedList('URL*', 'urls', asUrl, url()),
];

/** The name has to be there by the DTD, be it empty. Of several addresses the first counts. */
export const asContact: Conversion<WireContact, BuyerContact> = {
  read: ({ role, id, name = '', emails, phones, addresses, urls }) =>
    present({ role: given(role), id: given(id), name, emails, phones, url: urls?.[0], address: addresses?.[0] }) as BuyerContact,
  write: ({ role, id, name, emails, phones, url: page, address }) => {
    const its = { role, id, emails, phones, urls: page === undefined ? undefined : [page] };
    return { ...present({ ...its, addresses: address === undefined ? undefined : [address] }), name: name ?? '' };
  },
};
