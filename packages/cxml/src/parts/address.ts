import type { BuyerAddress } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { languageOfDocument } from './description.ts';
import { asPhone, phone } from './phone.ts';
import { asPostal, postal, type WirePostal } from './postal.ts';
import { given, present, words } from './texts.ts';
import { asEmail, asUrl, email, url } from './web.ts';

/** `Address`, as it stands on the wire. */
export interface WireAddress {
  country?: string;
  id?: string;
  idDomain?: string;
  name?: string;
  postal?: WirePostal;
  email?: string;
  phone?: string;
  fax?: string;
  url?: string;
}

const a = mapping<WireAddress>();

/** What is in `Address`: reference/procurement-messages.md, section 3.7. */
export const address = (): Nodes<WireAddress> => [
  a.leaf('@isoCountryCode?', 'country', words('US')),
  a.leaf('@addressID?', 'id', words('PLANT-7')),
  a.leaf('@addressIDDomain?', 'idDomain', words('buyerLocationID')),
  ...place(),
];

/** What `Address` and `Contact` have in common. */
export const place = (): Nodes<WireAddress> => [
  a.group('Name?', [languageOfDocument(), a.leaf('.?', 'name', words('Larkfield Manufacturing, Plant 7'))]),
  a.into('PostalAddress?', 'postal', postal()),
  a.turned('Email?', 'email', asEmail, email()),
  a.turned('Phone?', 'phone', asPhone, phone()),
  a.turned('Fax?', 'fax', asPhone, phone()),
  a.turned('URL?', 'url', asUrl, url()),
];

/** The name has to be there by the DTD, be it empty. The country stands beside the postal address, and in it. */
export const asAddress: Conversion<WireAddress, BuyerAddress> = {
  read: ({ country, id, idDomain, name = '', postal: of = {}, ...rest }) => {
    const there = { country: given(country), ...(asPostal.read(of) as object | undefined) };
    return present({ id: given(id), idDomain: given(idDomain), name, ...there, ...rest }) as BuyerAddress;
  },
  write: ({ id, idDomain, name, email: mail, phone: number, fax, url: page, country, ...its }) => {
    const isPostal = Object.values(its).some((each) => each !== undefined && each.length > 0);
    const there = isPostal ? (asPostal.write(present({ ...its, country })) as WirePostal) : undefined;
    return { ...present({ country, id, idDomain, postal: there, email: mail, phone: number, fax, url: page }), name: name ?? '' };
  },
};
