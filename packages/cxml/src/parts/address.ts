import type { BuyerAddress } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { languageOfDocument } from './description.ts';
import { asPhone, phone } from './phone.ts';
import { given, present, words } from './texts.ts';
import { asEmail, asUrl, email, url } from './web.ts';

interface Postal {
  deliverTo?: string[];
  lines?: string[];
  city?: string;
  municipality?: string;
  state?: string;
  postalCode?: string;
  country?: { code?: string; name?: string };
}

/** `Address`, as it stands on the wire. */
export interface WireAddress {
  country?: string;
  id?: string;
  idDomain?: string;
  name?: string;
  postal?: Postal;
  email?: string;
  phone?: string;
  fax?: string;
  url?: string;
}

const a = mapping<WireAddress>();
const p = mapping<Postal>();
const c = mapping<NonNullable<Postal['country']>>();

const postal = (): Nodes<Postal> => [
  ignored('@name?'),
  p.list('DeliverTo*', 'deliverTo', words('Dock 3')),
  p.list('Street*', 'lines', words('41 Foundry Road')),
  p.leaf('City?', 'city', words('Millbrook')),
  p.leaf('Municipality?', 'municipality', words('North Side')),
  p.group('State?', [ignored('@isoStateCode?'), p.leaf('.?', 'state', words('OH'))]),
  p.leaf('PostalCode?', 'postalCode', words('45011')),
  p.into('Country?', 'country', [c.leaf('@isoCountryCode?', 'code', words('US')), c.leaf('.?', 'name', words('United States'))]),
];

/** What is in `Address`: reference/procurement-messages.md, section 3.7. */
export const address = (): Nodes<WireAddress> => [
  a.leaf('@isoCountryCode?', 'country', words('US')),
  a.leaf('@addressID?', 'id', words('PLANT-7')),
  a.leaf('@addressIDDomain?', 'idDomain', words('buyerLocationID')),
  a.group('Name?', [languageOfDocument(), a.leaf('.?', 'name', words('Larkfield Manufacturing, Plant 7'))]),
  a.into('PostalAddress?', 'postal', postal()),
  a.turned('Email?', 'email', asEmail, email()),
  a.turned('Phone?', 'phone', asPhone, phone()),
  a.turned('Fax?', 'fax', asPhone, phone()),
  a.turned('URL?', 'url', asUrl, url()),
];

/** What the DTD asks for is written, be it empty: a street, a city and a country of a postal address, and a name. */
export const asAddress: Conversion<WireAddress, BuyerAddress> = {
  read: ({ country, name = '', postal: of = {}, ...rest }) => {
    const { country: land, deliverTo, lines, city, municipality, state, postalCode } = of;
    const its = {
      deliverTo: filled(deliverTo),
      lines: filled(lines),
      city: given(city),
      municipality: given(municipality),
      state: given(state),
      postalCode: given(postalCode),
      country: given(land?.code) ?? given(country),
      countryName: given(land?.name),
    };
    const { id, idDomain, ...more } = rest;
    return present({ id: given(id), idDomain: given(idDomain), name, ...its, ...more }) as BuyerAddress;
  },
  write: ({ deliverTo, lines, city, municipality, state, postalCode, country, countryName, name, ...rest }) => {
    const its = { deliverTo, lines, city, municipality, state, postalCode, countryName };
    const isPostal = Object.values(its).some((each) => each !== undefined && each.length > 0);
    const land = { code: country ?? '', name: countryName ?? '' };
    const postalAddress = { deliverTo, lines: lines ?? [''], city: city ?? '', municipality, state, postalCode, country: land };
    return { ...present({ country, ...(isPostal ? { postal: present(postalAddress) } : {}) }), name: name ?? '', ...rest };
  },
};

function filled(texts: readonly string[] = []): string[] | undefined {
  const kept = texts.filter((text) => text !== '');
  return kept.length === 0 ? undefined : kept;
}
