import { type Identifier, type Money, type OrderCreated, type OrderCreatedItem, orderCreated } from '@waybill/commerce';
import type { ReadMessage } from '@waybill/contract';
import { bind } from '../../binding.ts';
import { given, unlessEmpty } from '../../given.ts';
import { type PurchaseOrder, type PurchaseOrderWriting, purchaseOrder } from './message.ts';
import { isNamed } from './people.ts';

// What the elements are filled from, and what stock output gets wrong: reference/fulfillment-messages.md, section 8.

type Header = PurchaseOrder['data']['order']['header'];
type Item = PurchaseOrder['data']['order']['items'][number];
type HeaderWriting = PurchaseOrderWriting['data']['order']['header'];
type ItemWriting = PurchaseOrderWriting['data']['order']['items'][number];

function write(order: OrderCreated): PurchaseOrderWriting {
  const { currency } = order.totals;
  return {
    control: {},
    data: { order: { header: headerOf(order), items: order.items.map((item, index) => itemOf(item, index, currency)) } },
  };
}

function headerOf({
  storeId,
  placed,
  updated,
  totals,
  billTo,
  billToAddressId: _address,
  merchant,
  buyer,
  shipTo,
  requisitioner,
  items: _items,
  ...rest
}: OrderCreated): HeaderWriting {
  const { currency } = totals;
  return {
    ...rest,
    times: { placed, updated },
    totals: { ...totals, taxes: totals.taxes?.map((tax) => ({ ...tax, amount: inCurrency(tax.amount, currency) })) },
    // An address without a name is not written: the element demands one.
    billTo: isNamed(billTo?.name) ? billTo : undefined,
    merchant: merchant && { ...named(merchant), ids: organizationIds(withStore(merchant.ids, storeId)) },
    buyer: buyer && { ...buyer, ids: organizationIds(buyer.ids) },
    shipTo: isNamed(shipTo?.name) ? shipTo : undefined,
    requisitioner: requisitioner && { ...named(requisitioner), ids: requisitionerIds(requisitioner.ids) },
  };
}

function itemOf(
  { lineNumber = '', placed, updated, manufacturer, unitPrice, taxes, shipTo, ...others }: OrderCreatedItem,
  index: number,
  currency: string | undefined,
): ItemWriting {
  // The message has no place for these ids of the store.
  const { catalogEntryId: _entry, shipToAddressId: _address, shipModeId: _mode, ...rest } = others;
  return {
    ...rest,
    lineNumber: lineNumber.trim() === '' ? String(index) : lineNumber,
    times: { placed, updated },
    manufacturerName: manufacturer?.name,
    manufacturerUrl: manufacturer?.url,
    manufacturerPartNumber: manufacturer?.partNumber,
    unitPrice: inCurrency(unitPrice, currency),
    taxes: taxes?.map((tax) => ({ ...tax, amount: inCurrency(tax.amount, currency) })),
    shipTo: isNamed(shipTo?.name) ? shipTo : undefined,
  };
}

/** The currency of the amount, else that of the order: a receiver need not look elsewhere. */
function inCurrency(money: Money, currency: string | undefined) {
  return { amount: money.amount, currency: money.currency ?? currency };
}

/** A name that the message has no form for is left out. */
function named<T extends { name?: Parameters<typeof isNamed>[0] }>(holder: T): T {
  if (isNamed(holder.name)) return holder;
  const { name: _name, ...rest } = holder;
  return rest as T;
}

/** The store is known to the back end by its id: it is always among the ids of the merchant. */
function withStore(ids: readonly Identifier[] | undefined, storeId: string): readonly Identifier[] {
  const known = ids?.some(({ kind }) => kind === 'internal') ?? false;
  return known ? (ids ?? []) : [{ id: storeId, kind: 'internal' }, ...(ids ?? [])];
}

function organizationIds(ids: readonly Identifier[] | undefined) {
  return ids?.map(({ id, kind }) => ({ text: id, type: kind === 'internal' ? 'NCInternal' : kind }));
}

const requisitionerKinds = new Map<string, 'NCInternal' | 'logon'>([
  ['internal', 'NCInternal'],
  ['logon', 'logon'],
]);

/** The message knows ids of two kinds; others have no place in it and stay behind. */
function requisitionerIds(ids: readonly Identifier[] | undefined) {
  return ids?.flatMap(({ id, kind = 'internal' }) => {
    const type = requisitionerKinds.get(kind);
    return type === undefined ? [] : [{ text: id, type }];
  });
}

function read({ control, data }: PurchaseOrder): ReadMessage {
  const { header, items } = data.order;
  const order = { ...orderOf(header), items: items.map(orderItemOf) };
  return given({
    command: orderCreated.name,
    input: order,
    credentials: control.credentials && { ...control.credentials },
    store: order.storeId,
  });
}

function orderOf({ times, merchant, buyer, requisitioner, ...rest }: Header) {
  const ids = identifiers(merchant?.ids);
  return given({
    ...rest,
    ...times,
    storeId: ids?.find(({ kind }) => kind === 'internal')?.id,
    merchant: merchant && given({ ...merchant, ids }),
    buyer: buyer && given({ ...buyer, ids: identifiers(buyer.ids) }),
    requisitioner: requisitioner && given({ ...requisitioner, ids: identifiers(requisitioner.ids) }),
  });
}

function orderItemOf({ times, manufacturerName, manufacturerUrl, manufacturerPartNumber, ...rest }: Item) {
  const manufacturer = unlessEmpty({ name: manufacturerName, url: manufacturerUrl, partNumber: manufacturerPartNumber });
  return given({ ...rest, ...times, manufacturer: manufacturer && given(manufacturer) });
}

function identifiers(ids: readonly { readonly text: string; readonly type?: string }[] | undefined): Identifier[] | undefined {
  return ids?.map(({ text: id, type }) => given({ id, kind: type === 'NCInternal' ? 'internal' : type }));
}

export const purchaseOrderBinding = bind({
  type: {
    name: 'Report_NC_PurchaseOrder',
    version: '1.0',
    direction: 'out',
    event: orderCreated,
    summary: 'Hands a completed order to a back end.',
  },
  message: purchaseOrder,
  read,
  write,
});
