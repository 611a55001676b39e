import type { procurementDescribe } from '@waybill/commerce';
import type { Static } from '@waybill/contract';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { defineDocument } from '../envelope/definition.ts';
import { id, present, words, written } from '../parts/texts.ts';

// reference/procurement-messages.md, section 3.4.

/** What the supplier can do: the output of `procurement.describe`. */
export type Profile = Static<NonNullable<typeof procurementDescribe.output>>;
type Transaction = Profile['transactions'][number];

interface WireTransaction {
  request: string;
  url: string;
  options?: { name: string; value: string }[];
}

const p = mapping<Profile>();
const t = mapping<WireTransaction>();
const o = mapping<NonNullable<WireTransaction['options']>[number]>();

const transaction = (): Nodes<WireTransaction> => [
  t.leaf('@requestName', 'request', id('OrderRequest')),
  t.group('URL', [ignored('@name?'), t.leaf('.', 'url', id('https://shop.harborpine.example/cxml/order'))]),
  t.vector('Option*', 'options', [o.leaf('@name', 'name', id('attachments')), o.leaf('.', 'value', words('yes'))]),
];

/** Options are a record; of two with one name the last counts. */
const asTransaction: Conversion<WireTransaction, Transaction> = {
  read: ({ request, url, options }) =>
    present({ request, url, options: options && Object.fromEntries(options.map(({ name, value }) => [name, value])) }) as Transaction,
  write: ({ request, url, options }) =>
    present({ request, url, options: options && Object.entries(options).map(([name, value]) => ({ name, value })) }) as WireTransaction,
};

export const profileRequest = defineDocument<object>({
  kind: 'request',
  type: 'ProfileRequest',
  module: 'cXML',
  summary: 'Asks what the supplier can do; also a sign of life.',
  holds: 'command',
  nodes: () => [],
});

export const profileResponse = defineDocument<Profile>({
  kind: 'response',
  type: 'ProfileResponse',
  module: 'cXML',
  summary: 'Says which documents the supplier takes, and where.',
  holds: 'content',
  nodes: () => [
    p.leaf('@effectiveDate', 'effective', written('2026-09-01T00:00:00-04:00')),
    ignored('@lastRefresh?'),
    p.turnedList('Transaction+', 'transactions', asTransaction, transaction()),
  ],
});
