import type { Contact, OrderCreated, OrderCreatedItem } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { listed, words } from '../../parts.ts';

// An order as its records have it: blocks of fields of which each may be blank. What an event must have beside them is filled in by
// `interpret`, and what it may have beside them is left out by `prepare`.

export interface Name {
  readonly title?: string;
  readonly lastName?: string;
  readonly firstName?: string;
  readonly middleName?: string;
}

export interface Place {
  readonly lines?: string[];
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

/** A person, or an organization with a person to talk to. */
export interface Party {
  readonly name?: Name | undefined;
  readonly address?: Place | undefined;
  readonly contact?: Contact | undefined;
}

export interface Purchaser extends Party {
  readonly shopperId?: string | undefined;
  readonly logonId?: string | undefined;
  readonly group?: string | undefined;
}

export interface Merchant extends Party {
  readonly organizationName?: string | undefined;
  readonly telephone?: string | undefined;
}

export interface OrderItem
  extends Pick<
    OrderCreatedItem,
    'orderItemId' | 'catalogEntryId' | 'partNumber' | 'description' | 'quantity' | 'shipToAddressId' | 'shipModeId' | 'status' | 'userData'
  > {
  /** Counted from 1. */
  readonly lineNumber?: string | undefined;
  readonly unitPrice: OrderCreatedItem['unitPrice'];
  readonly shipTo?: Party | undefined;
}

export interface Order
  extends Pick<OrderCreated, 'orderId' | 'storeId' | 'placed' | 'merchantOrderNumber' | 'billToAddressId' | 'fields' | 'userData'> {
  readonly totals: {
    readonly currency?: string | undefined;
    readonly net: string;
    readonly tax?: string | undefined;
    readonly shipping: string;
    readonly shippingTax: string;
  };
  readonly requisitioner?: Purchaser | undefined;
  readonly buyer?: { readonly organizationName?: string | undefined } | undefined;
  readonly billTo?: Party | undefined;
  readonly merchant?: Merchant | undefined;
  readonly items: OrderItem[];
}

const n = mapping<Name>();
const p = mapping<Place>();
const c = mapping<Contact>();
const m = mapping<Party>();

export function name(prefix: string): Nodes<Party> {
  return [
    m.perhapsAll('name', [
      n.leaf(`${prefix}LastName?`, 'lastName', words('Okonkwo')),
      n.leaf(`${prefix}MiddleName?`, 'middleName', words('J')),
      n.leaf(`${prefix}FirstName?`, 'firstName', words('Tobe')),
    ]),
  ];
}

export function place(prefix: string): Nodes<Party> {
  const lines = listed([`${prefix}Addr1`, `${prefix}Addr2`, `${prefix}Addr3`], words('77 Signal Hill Road'));
  return [
    m.perhapsAll('address', [
      p.joined('lines', lines.parts, lines.joint),
      p.leaf(`${prefix}City?`, 'city', words('Port Merrin')),
      p.leaf(`${prefix}State?`, 'state', words('NS')),
      p.leaf(`${prefix}Country?`, 'country', words('CA')),
      p.leaf(`${prefix}ZipCode?`, 'postalCode', words('B3X 2T5')),
    ]),
  ];
}

export function contact(prefix: string): Nodes<Party> {
  return [
    m.perhapsAll('contact', [
      c.leaf(`${prefix}Email1?`, 'email1', words('tobe@portmerrin.example')),
      c.leaf(`${prefix}Email2?`, 'email2', words('t.okonkwo@portmerrin.example')),
      c.leaf(`${prefix}Phone1?`, 'phone1', words('555-0118')),
      c.leaf(`${prefix}Phone2?`, 'phone2', words('555-0119')),
      c.leaf(`${prefix}Fax?`, 'fax', words('555-0120')),
    ]),
  ];
}

export const party = (prefix: string): Nodes<Party> => [...name(prefix), ...place(prefix), ...contact(prefix)];
