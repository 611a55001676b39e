import type { Identifier, Money, OrderCreated, OrderCreatedItem, PersonName } from '@waybill/commerce';
import type { Joint } from '@waybill/mapping';
import { date8, dateTime, Problem, type TextType } from '@waybill/values';
import type { Envelope } from '../../envelope.ts';
import { words } from '../../parts.ts';

// What the declaration cannot say: what the elements are filled from where they do not simply repeat the event, and what stock output gets wrong:
// reference/fulfillment-messages.md, section 8.

/** What the message is written from. */
export function prepare({ input, ...rest }: Envelope<OrderCreated>): Envelope {
  return { ...rest, input: complete(input) };
}

/**
 * The event with what the message has in other words; what is undefined is not there. The store, which the message knows as an id of the
 * merchant alone, is gone, and so are other ids that it has no place for.
 */
function complete(order: OrderCreated): object {
  const { currency } = order.totals;
  const { storeId, billTo, merchant, buyer, shipTo, requisitioner, paymentCard } = order;
  return {
    ...order,
    storeId: undefined,
    billToAddressId: undefined,
    totals: { ...order.totals, taxes: allInCurrency(order.totals.taxes, currency) },
    paymentCard: paymentCard && withCurrency(paymentCard, currency),
    accounting: allInCurrency(order.accounting, currency),
    // An address without a name is not written: the element demands one.
    billTo: named(billTo),
    merchant: merchant && { ...merchant, name: nameToWrite(merchant.name), ids: withStore(merchant.ids, storeId) },
    buyer,
    shipTo: named(shipTo),
    requisitioner: requisitioner && { ...requisitioner, name: nameToWrite(requisitioner.name), ids: ofTwoKinds(requisitioner.ids) },
    items: order.items.map((item, index) => completeItem(item, index, currency)),
  };
}

function completeItem(item: OrderCreatedItem, index: number, currency: string | undefined): object {
  const { lineNumber = '', unitPrice, taxes, accounting, allowances, shipTo } = item;
  return {
    ...item,
    catalogEntryId: undefined,
    shipToAddressId: undefined,
    shipModeId: undefined,
    lineNumber: lineNumber.trim() === '' ? String(index) : lineNumber,
    unitPrice: inCurrency(unitPrice, currency),
    taxes: allInCurrency(taxes, currency),
    accounting: allInCurrency(accounting, currency),
    allowances: allInCurrency(allowances, currency),
    shipTo: named(shipTo),
  };
}

/** The currency of the amount, else that of the order: a receiver need not look elsewhere. */
function inCurrency(money: Money, currency: string | undefined): Money {
  const known = money.currency ?? currency;
  return known === undefined ? money : { ...money, currency: known };
}

interface Costed {
  readonly amount?: Money | undefined;
}

function withCurrency<T extends Costed>(costed: T, currency: string | undefined): T {
  return costed.amount === undefined ? costed : { ...costed, amount: inCurrency(costed.amount, currency) };
}

function allInCurrency<T extends Costed>(all: readonly T[] | undefined, currency: string | undefined): readonly T[] | undefined {
  return all?.map((costed) => withCurrency(costed, currency));
}

/** Undefined where there is no name that the message has a form for. */
function named<T extends { readonly name: PersonName }>(holder: T | undefined): T | undefined {
  const name = nameToWrite(holder?.name);
  return holder === undefined || name === undefined ? undefined : { ...holder, name };
}

/** The store is known to the back end by its id: it is always among the ids of the merchant. */
function withStore(ids: Identifier[] | undefined, storeId: string): Identifier[] {
  const known = ids?.some(({ kind }) => kind === 'internal') ?? false;
  return known ? (ids ?? []) : [{ id: storeId, kind: 'internal' }, ...(ids ?? [])];
}

/** The message knows ids of two kinds; others have no place in it and stay behind. */
function ofTwoKinds(ids: Identifier[] | undefined): Identifier[] | undefined {
  return ids?.filter(({ kind = 'internal' }) => kind === 'internal' || kind === 'logon');
}

/** A name in parts goes before a full name: the message takes one of the two. With neither there is no name. */
function nameToWrite(name: PersonName | undefined): PersonName | undefined {
  if (name?.lastName !== undefined) {
    const { fullName: _whole, ...parts } = name;
    return parts;
  }
  if (name?.fullName === undefined) return undefined;
  const { firstName: _first, middleName: _middle, ...whole } = name;
  return whole;
}

/** The kind of an id. The message calls those of the store by another name. */
export const organizationKind: TextType<string> = {
  ...words('NCInternal'),
  read: (text) => (text.trim() === 'NCInternal' ? 'internal' : text),
  write: (value) => (value === 'internal' ? 'NCInternal' : value),
  makeUp: () => 'internal',
};

/** An id has a kind of two in the message. */
export const requisitionerKind: TextType<string> = {
  facets: { kind: 'words', words: ['NCInternal', 'logon'] },
  secret: false,
  read: (text) => kinds.get(text.trim()) ?? new Problem('is not one of NCInternal, logon'),
  write: (value) => (value === 'internal' ? 'NCInternal' : value === 'logon' ? value : new Problem('is not one of internal, logon')),
  makeUp: () => 'internal',
};
const kinds = new Map([
  ['NCInternal', 'internal'],
  ['logon', 'logon'],
]);

const toSecond = dateTime({ zone: 'utc' });
const compactDate = date8();

/** `YYYYMMDD` on the wire, midnight of that day in the event. A time of day is lost: the message has no place for it. */
export const dayOfInstant: TextType<string> = {
  ...compactDate,
  read: (value) => {
    const day = compactDate.read(value);
    return day instanceof Problem ? day : `${day}T00:00:00`;
  },
  write: (value) => {
    const instant = toSecond.read(value);
    return instant instanceof Problem ? instant : compactDate.write(instant.slice(0, 10));
  },
  makeUp: (choose) => `${compactDate.makeUp(choose)}T00:00:00`,
};

/** An instant in whole seconds of UTC as a day and a time of day: the message has no place for more. */
export const instant: Joint<string> = {
  join: ([day, time]) => (day === undefined ? new Problem('has a time of day without its date') : `${day}T${time ?? '00:00:00'}`),
  split: (value) => {
    const normal = toSecond.read(value);
    return normal instanceof Problem ? normal : normal.slice(0, 19).split('T');
  },
};
