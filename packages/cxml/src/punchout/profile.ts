import type { procurementDescribe } from '@waybill/commerce';
import type { Static } from '@waybill/contract';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { defineDocument } from '../envelope/definition.ts';
import { id, present, words, written } from '../parts/texts.ts';

// reference/procurement-messages.md, section 3.4.

/** What the supplier can do: the output of `procurement.describe`. */
export type Profile = Static<NonNullable<typeof procurementDescribe.output>>;
type Transaction = Profile['transactions'][number];

type Options = Transaction['options'];

interface WireOption {
  name: string;
  value: string;
}
interface WireTransaction {
  request: string;
  url: string;
  options?: WireOption[];
}
interface WireProfile {
  effective: string;
  options?: WireOption[];
  transactions: Profile['transactions'];
}

const p = mapping<WireProfile>();
const t = mapping<WireTransaction>();
const o = mapping<WireOption>();

const option = (): Nodes<WireOption> => [o.leaf('@name', 'name', id('attachments')), o.leaf('.', 'value', words('yes'))];

const transaction = (): Nodes<WireTransaction> => [
  t.leaf('@requestName', 'request', id('OrderRequest')),
  t.group('URL', [ignored('@name?'), t.leaf('.', 'url', id('https://shop.harborpine.example/cxml/order'))]),
  t.vector('Option*', 'options', option()),
];

const asTransaction: Conversion<WireTransaction, Transaction> = {
  read: ({ options, ...rest }) => present({ ...rest, options: recordOf(options) }) as Transaction,
  write: ({ options, ...rest }) => present({ ...rest, options: listOf(options) }) as WireTransaction,
};

const asProfile: Conversion<WireProfile, Profile> = {
  read: ({ options, ...rest }) => present({ ...rest, options: recordOf(options) }) as Profile,
  write: ({ options, ...rest }) => present({ ...rest, options: listOf(options) }) as WireProfile,
};

/** Of two options with one name the last counts. */
function recordOf(options: readonly WireOption[] | undefined): Options {
  return options && Object.fromEntries(options.map(({ name, value }) => [name, value]));
}

function listOf(options: Options): WireOption[] | undefined {
  return options && Object.entries(options).map(([name, value]) => ({ name, value }));
}

export const profileRequest = defineDocument<object>({
  kind: 'request',
  type: 'ProfileRequest',
  module: 'cXML',
  summary: 'Asks what the supplier can do; also a sign of life.',
  holds: 'command',
  nodes: () => [],
});

export const profileResponse = defineDocument<Profile, WireProfile>({
  kind: 'response',
  type: 'ProfileResponse',
  module: 'cXML',
  summary: 'Says which documents the supplier takes, and where.',
  holds: 'content',
  converts: asProfile,
  nodes: () => [
    p.leaf('@effectiveDate', 'effective', written('2026-09-01T00:00:00-04:00')),
    ignored('@lastRefresh?'),
    p.vector('Option*', 'options', option()),
    p.turnedList('Transaction+', 'transactions', asTransaction, transaction()),
  ],
});
