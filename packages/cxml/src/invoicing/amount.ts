import type { Priced } from '@waybill/commerce';
import { mapping, type Node } from '@waybill/mapping';
import { money } from '../parts/money.ts';

/** Amounts that stand in elements of their own, by the field that each goes to. */
type Amounts<Field extends string> = { readonly [Name in Field]?: Priced };

/** `GrossAmount?` and the like: an element around a Money. */
export function amount<Field extends string>(name: string, field: Field): Node<Field> {
  const m = mapping<Amounts<string>>();
  return m.group(name, [m.into('Money', field as never, money() as never)]);
}
