import type { BuyerContact } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { given, present, words } from './texts.ts';

export type PostalAddress = NonNullable<BuyerContact['address']>;

/** `PostalAddress`, as it stands on the wire. */
export interface WirePostal {
  deliverTo?: string[];
  lines?: string[];
  city?: string;
  municipality?: string;
  state?: string;
  postalCode?: string;
  country?: { code?: string; name?: string };
}

const p = mapping<WirePostal>();
const c = mapping<NonNullable<WirePostal['country']>>();

/** What is in `PostalAddress`: reference/procurement-messages.md, section 3.7. */
export const postal = (): Nodes<WirePostal> => [
  ignored('@name?'),
  p.list('DeliverTo*', 'deliverTo', words('Dock 3')),
  p.list('Street*', 'lines', words('41 Foundry Road')),
  p.leaf('City?', 'city', words('Millbrook')),
  p.leaf('Municipality?', 'municipality', words('North Side')),
  p.group('State?', [ignored('@isoStateCode?'), p.leaf('.?', 'state', words('OH'))]),
  p.leaf('PostalCode?', 'postalCode', words('45011')),
  p.into('Country?', 'country', [c.leaf('@isoCountryCode?', 'code', words('US')), c.leaf('.?', 'name', words('United States'))]),
];

/** What the DTD asks for is written, be it empty: a street, a city and a country. What says nothing is no address. */
export const asPostal: Conversion<WirePostal, PostalAddress> = {
  read: ({ country, deliverTo, lines, city, municipality, state, postalCode }) => {
    const its = {
      deliverTo: filled(deliverTo),
      lines: filled(lines),
      city: given(city),
      municipality: given(municipality),
      state: given(state),
      postalCode: given(postalCode),
      country: given(country?.code),
      countryName: given(country?.name),
    };
    const there = present(its) as PostalAddress;
    return Object.keys(there).length === 0 ? undefined : there;
  },
  write: ({ deliverTo, lines = [], city = '', municipality, state, postalCode, country = '', countryName = '' }) =>
    present({
      deliverTo,
      lines: lines.length === 0 ? [''] : lines,
      city,
      municipality,
      state,
      postalCode,
      country: { code: country, name: countryName },
    }) as WirePostal,
};

function filled(texts: readonly string[] = []): string[] | undefined {
  const kept = texts.filter((text) => text !== '');
  return kept.length === 0 ? undefined : kept;
}
