import type { Charge, Priced } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { type Described, description } from './description.ts';
import { money } from './money.ts';
import { given, present } from './texts.ts';

/** `Tax` and `Shipping`, as they stand on the wire. */
export interface WireCharge {
  amount: Priced;
  description?: Described;
}

const c = mapping<WireCharge>();

/** What is in `Tax` and `Shipping`. */
export const charge = (): Nodes<WireCharge> => [c.into('Money', 'amount', money()), c.into('Description?', 'description', description())];

/** The description has to be there by the DTD, be it empty. */
export const asCharge: Conversion<WireCharge, Charge> = {
  read: ({ amount, description: told }) => present({ amount, description: given(told?.text) }) as Charge,
  write: ({ amount, description: told }) => ({ amount, description: present({ text: told }) }),
};
