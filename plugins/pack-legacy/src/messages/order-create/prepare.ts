import type { Contact, Identifier, OrderCreated, OrderCreatedItem, PersonName } from '@waybill/commerce';
import { errors } from '../../errors.ts';
import type { Merchant, Name, Order, OrderItem, Party, Place, Purchaser } from './parts.ts';
import { exactSum } from './sum.ts';

/** The order as its records have it. What the message has no field for is left out; the README lists it. */
export function prepare({ orderId, storeId, placed, totals, items, ...order }: OrderCreated): Order {
  const { merchantOrderNumber, billToAddressId, fields, userData, requisitioner, buyer, billTo, merchant } = order;
  const { currency, net, taxes, shipping, shippingTax } = totals;
  return {
    orderId,
    storeId,
    placed,
    ...given({ merchantOrderNumber, billToAddressId, fields, userData }),
    totals: { net, shipping, shippingTax, ...given({ currency, tax: taxes && totalTax(taxes, currency) }) },
    ...given({
      requisitioner: requisitioner && purchaser(requisitioner),
      buyer: buyer && { organizationName: buyer.organizationName },
      billTo: billTo && party(billTo),
      merchant: merchant && seller(merchant),
    }),
    items: items.map((item, index) => orderItem(item, index, order.shipTo, currency)),
  };
}

type Taxes = NonNullable<OrderCreated['totals']['taxes']>;

/** The message has one amount for all taxes on the goods. */
function totalTax(taxes: Taxes, currency: string | undefined): string | undefined {
  const other = taxes.findIndex(({ amount }) => amount.currency !== undefined && amount.currency !== currency);
  if (other >= 0) {
    throw errors.WB_LEGACY_BAD_DATA('A tax is in another currency than the order, and the message has one amount for all taxes.', {
      at: `totals.taxes[${other}].amount.currency`,
    });
  }
  return taxes.length === 0 ? undefined : exactSum(taxes.map(({ amount }) => amount.amount));
}

function orderItem(
  { orderItemId, catalogEntryId, partNumber, description, unitPrice, quantity, ...item }: OrderCreatedItem,
  index: number,
  shipToAll: OrderCreated['shipTo'],
  currency: string | undefined,
): OrderItem {
  const { shipToAddressId, shipModeId, status, userData } = item;
  const shipTo = item.shipTo ?? shipToAll;
  return {
    lineNumber: String(index + 1),
    partNumber,
    quantity,
    unitPrice: { amount: unitPrice.amount, ...given({ currency: unitPrice.currency ?? currency }) },
    ...given({ orderItemId, catalogEntryId, description, shipToAddressId, shipModeId, userData }),
    ...given({ status: status?.trim() === '' ? undefined : status, shipTo: shipTo && party(shipTo) }),
  };
}

function purchaser({ ids, group, name, address, contact }: NonNullable<OrderCreated['requisitioner']>): Purchaser {
  const idOf = (wanted: string): string | undefined => ids?.find(({ kind = 'internal' }) => kind === wanted)?.id;
  return { ...party({ name, address, contact }), ...given({ shopperId: idOf('internal'), logonId: idOf('logon'), group }) };
}

function seller({ organizationName, address, telephone, name, contact }: NonNullable<OrderCreated['merchant']>): Merchant {
  const title = name?.title;
  const { phone1, phone2 } = contact ?? {};
  const told = party({ name, address });
  return {
    organizationName,
    ...told,
    ...given({ telephone, contact: contact && given({ phone1, phone2 }) }),
    ...(title === undefined ? {} : { name: { ...told.name, title } }),
  };
}

interface Told {
  readonly name?: PersonName | undefined;
  readonly address?: Place | undefined;
  readonly contact?: Contact | undefined;
}

function party({ name, address, contact }: Told): Party {
  return given({ name: name && nameParts(name), address, contact });
}

/** A name that is known as a whole alone stands where the family name does. */
function nameParts({ lastName, fullName, firstName, middleName }: PersonName): Name {
  const isInParts = (lastName ?? firstName ?? middleName) !== undefined;
  return isInParts ? given({ lastName, firstName, middleName }) : given({ lastName: fullName });
}

/** The event as far as the message tells it. */
export function interpret({ items, totals, requisitioner, buyer, billTo, merchant, ...order }: Order): OrderCreated {
  const { tax, ...rest } = totals;
  return {
    ...order,
    totals: { ...rest, ...given({ taxes: tax === undefined ? undefined : [{ amount: { amount: tax } }] }) },
    ...given({
      requisitioner: requisitioner && requisitionerOf(requisitioner),
      buyer: buyer && { organizationName: buyer.organizationName ?? '' },
      billTo: billTo && { address: whole(billTo.address), name: billTo.name ?? {}, contact: billTo.contact ?? {} },
      merchant: merchant && { ...merchant, organizationName: merchant.organizationName ?? '', address: whole(merchant.address) },
    }),
    items: items.map(({ lineNumber, shipTo, ...item }) => ({
      ...item,
      placed: order.placed,
      ...given({ lineNumber: lineNumber === undefined ? undefined : String(Math.max(0, Number(lineNumber) - 1)) }),
      ...given({ shipTo: shipTo && { ...shipTo, name: shipTo.name ?? {}, address: whole(shipTo.address) } }),
    })),
  } as OrderCreated;
}

function requisitionerOf({ shopperId, logonId, address, ...rest }: Purchaser): NonNullable<OrderCreated['requisitioner']> {
  const ids: Identifier[] = [
    ...(shopperId === undefined ? [] : [{ id: shopperId, kind: 'internal' }]),
    ...(logonId === undefined ? [] : [{ id: logonId, kind: 'logon' }]),
  ];
  return { ...rest, ...given({ ids: ids.length === 0 ? undefined : ids, address: address && whole(address) }) } as NonNullable<
    OrderCreated['requisitioner']
  >;
}

function whole({
  lines = [''],
  city = '',
  state = '',
  postalCode = '',
  country = '',
}: Place = {}): NonNullable<OrderCreated['billTo']>['address'] {
  return { lines, city, state, postalCode, country };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys that are undefined. */
function given<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Given<T>;
}
