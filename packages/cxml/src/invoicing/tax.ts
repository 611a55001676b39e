import type { PurchaseOrderInvoiced } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { type Described, description, languageOfDocument } from '../parts/description.ts';
import { money } from '../parts/money.ts';
import { id, number, present, words } from '../parts/texts.ts';
import { amount } from './amount.ts';

export type InvoiceTax = PurchaseOrderInvoiced['summary']['tax'];
type Detail = NonNullable<InvoiceTax['details']>[number];

interface WireTaxDetail extends Omit<Detail, 'description'> {
  told?: Described;
}

export interface WireTax {
  amount: InvoiceTax['amount'];
  told?: Described;
  details?: Detail[];
}

const t = mapping<WireTax>();
const d = mapping<WireTaxDetail>();

const asDetail: Conversion<WireTaxDetail, Detail> = {
  read: ({ told, ...rest }) => present({ ...rest, description: told?.text }) as Detail,
  write: ({ description: text, ...rest }) => present({ ...rest, told: text === undefined ? undefined : { text } }) as WireTaxDetail,
};

const detail = (): Nodes<WireTaxDetail> => [
  d.leaf('@purpose?', 'purpose', words('tax')),
  d.leaf('@category', 'category', id('sales')),
  d.leaf('@percentageRate?', 'rate', number('8')),
  amount('TaxableAmount?', 'taxable'),
  amount('TaxAmount', 'amount'),
  d.group('TaxLocation?', [languageOfDocument(), d.leaf('.?', 'location', words('Ohio'))]),
  d.into('Description?', 'told', description()),
];

/** What is in `Tax` of an invoice: reference/procurement-messages.md, section 3.10. */
export const tax = (): Nodes<WireTax> => [
  t.into('Money', 'amount', money()),
  t.into('Description?', 'told', description()),
  t.turnedList('TaxDetail*', 'details', asDetail, detail()),
];

/** The description has to be there, be it empty. */
export const asTax: Conversion<WireTax, InvoiceTax> = {
  read: ({ told, ...rest }) => present({ ...rest, description: told?.text ?? '', language: told?.language }) as InvoiceTax,
  write: ({ description: text, language, ...rest }) => ({ ...rest, told: present({ text, language }) }),
};
