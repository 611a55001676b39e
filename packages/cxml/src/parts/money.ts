import type { Priced } from '@waybill/commerce';
import { ignored, mapping, type Nodes } from '@waybill/mapping';
import { id, number } from './texts.ts';

const m = mapping<Priced>();

/** What is in `Money`: reference/procurement-messages.md, section 3.6. */
export const money = (): Nodes<Priced> => [
  m.leaf('@currency', 'currency', id('USD', 15)),
  ignored('@alternateAmount?'),
  ignored('@alternateCurrency?'),
  m.leaf('.', 'amount', number('169.40')),
];
