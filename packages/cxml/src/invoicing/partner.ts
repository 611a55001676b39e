import type { PurchaseOrderInvoiced } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { asAddress, place, type WireAddress } from '../parts/address.ts';
import { asPostal, type WirePostal } from '../parts/postal.ts';
import { id, present, words } from '../parts/texts.ts';

export type Partner = NonNullable<PurchaseOrderInvoiced['partners']>[number];

interface WirePartner extends WireAddress {
  role?: string;
}

const p = mapping<WirePartner>();

/** What is in `Contact` of an invoice: an address with a role. */
export const partner = (): Nodes<WirePartner> => [
  p.leaf('@role?', 'role', id('remitTo')),
  p.leaf('@addressID?', 'id', words('AP-1')),
  p.leaf('@addressIDDomain?', 'idDomain', words('buyerLocationID')),
  ...place(),
];

/** A contact has no country but that of its postal address. One without a role says nothing. */
export const asPartner: Conversion<WirePartner, Partner> = {
  read: ({ role, ...rest }) => (role === undefined ? undefined : { role, address: asAddress.read(rest) as Partner['address'] }),
  write: ({ role, address }) => {
    const { country, postal, ...rest } = asAddress.write(address) as WireAddress;
    const alone = country === undefined ? undefined : (asPostal.write({ country }) as WirePostal);
    return { role, ...present({ ...rest, postal: postal ?? alone }) };
  },
};

/** Where goods come from and go to is told in the shipping alone (reference/procurement-messages.md, section 3.10). */
export function isOfShipping({ role }: Partner): boolean {
  return role === 'shipFrom' || role === 'shipTo';
}
