import type { Contact } from '@waybill/commerce';
import { type Group, mapping, type Nodes } from '@waybill/mapping';
import { date8, decimalText, reference as number, Problem, time6 } from '@waybill/values';
import {
  mostItems,
  orderBilling,
  orderCreateTable,
  orderCustomer,
  orderHeader,
  orderItem,
  orderMerchant,
} from '../../layouts/order-create.ts';
import { amount, currency, id, instant, message, quantity, record, reference, userData, words } from '../../parts.ts';
import { type Merchant, type Name, type Order, type OrderItem, type Purchaser, party, place } from './parts.ts';

// reference/legacy-messages.md, section 2

const o = mapping<Order>();
const i = mapping<OrderItem>();
const t = mapping<Order['totals']>();
const r = mapping<Purchaser>();
const m = mapping<Merchant>();
const n = mapping<Name>();
const c = mapping<Contact>();
const price = mapping<OrderItem['unitPrice']>();

/** Two fields are one moment, in UTC. A blank time is midnight. There is no room for a fraction of a second. */
const moment = {
  join: ([day, time = '00:00:00']: readonly (string | undefined)[]): string | Problem =>
    day === undefined ? new Problem('has a time of day and no day') : `${day}T${time}`,
  split: (value: string): readonly string[] | Problem => {
    const normal = instant.write(value);
    return normal instanceof Problem ? normal : [normal.slice(0, 10), normal.slice(11, 19)];
  },
};

const whole = { ...decimalText({ digits: 10, scale: 0, example: '17' }) };
const field3 = words('gift wrap');

/** Three fields for a site's own use: two numbers and a text. An empty one is blank. */
const fields = o.joined(
  'fields',
  { 'NC_OrderCustField1?': whole, 'NC_OrderCustField2?': amount('3.5'), 'NC_OrderCustField3?': field3 },
  {
    join: (texts) => Array.from({ length: texts.findLastIndex((each) => each !== undefined) + 1 }, (_, index) => texts[index] ?? ''),
    split: (values: string[]) => {
      if (!Array.isArray(values)) return new Problem('is not a list');
      if (values.length > 3) return new Problem(`has ${values.length} entries; there is room for 3`);
      return values.map((value: string) => (value === '' ? undefined : value));
    },
  },
);

const header: Nodes<Order> = [
  o.leaf('NC_OrderRefNumber', 'orderId', reference('12007')),
  o.joined('placed', { NC_OrderDate: date8(), 'NC_OrderTime?': time6() }, moment),
  o.all('totals', [
    t.leaf('NC_CurrencyType?', 'currency', currency),
    t.leaf('NC_TotalPrice', 'net', amount()),
    t.leaf('NC_TotalTaxPrice?', 'tax', amount('25.83')),
    t.leaf('NC_TotalShippingPrice', 'shipping', amount('8.00')),
    t.leaf('NC_TotalTaxShippingPrice', 'shippingTax', amount('1.12')),
  ]),
  o.perhapsAll('requisitioner', [r.leaf('NC_ShopperRefNumber?', 'shopperId', reference('7000101'))]),
  o.leaf('NC_MerchantRefNumber', 'storeId', reference('10151')),
  o.leaf('NC_MerchantOrderNumber?', 'merchantOrderNumber', id('HP-1180')),
  o.leaf('NC_BillToRefNumber?', 'billToAddressId', reference('8801')),
  fields,
];

const customer: Nodes<Order> = [
  o.perhapsAll('requisitioner', [r.leaf('NC_ShopperLoginID?', 'logonId', id('tokonkwo')), ...party('NC_Purchaser')]),
  o.perhapsAll('buyer', [mapping<NonNullable<Order['buyer']>>().leaf('NC_PurchaserCompanyName?', 'organizationName', words('Gull Lamps'))]),
  o.perhapsAll('requisitioner', [r.leaf('NC_PurchaserShopperGroupName?', 'group', words('buyers'))]),
];

const merchant: Nodes<Order> = [
  o.perhapsAll('merchant', [
    m.leaf('NC_SupplierName?', 'organizationName', words('Harbour and Pine')),
    ...place('NC_Supplier'),
    m.leaf('NC_SupplierPhone1?', 'telephone', words('555-0100')),
    m.perhapsAll('name', [
      n.leaf('NC_SupplierContactLastName?', 'lastName', words('Brandt')),
      n.leaf('NC_SupplierContactMiddleName?', 'middleName', words('A')),
      n.leaf('NC_SupplierContactFirstName?', 'firstName', words('Silja')),
      n.leaf('NC_SupplierContactTitle?', 'title', words('Ms')),
    ]),
    m.perhapsAll('contact', [
      c.leaf('NC_SupplierContactPhone1?', 'phone1', words('555-0101')),
      c.leaf('NC_SupplierContactPhone2?', 'phone2', words('555-0102')),
    ]),
  ]),
];

const item: Nodes<OrderItem> = [
  i.leaf('NC_ItemLineNumber?', 'lineNumber', { ...number({ digits: 3, example: '1' }) }),
  i.leaf('NC_ItemRefNumber?', 'orderItemId', reference('45012')),
  i.leaf('NC_ItemProductRefNumber?', 'catalogEntryId', reference('55012')),
  i.leaf('NC_ItemProductNumber', 'partNumber', id('HP-LAMP-02')),
  i.leaf('NC_ItemProductShortDescription?', 'description', words('Brass cabin lamp')),
  i.all('unitPrice', [price.leaf('NC_ItemUnitPrice', 'amount', amount('61.50')), price.leaf('NC_ItemCurrencyType?', 'currency', currency)]),
  i.leaf('NC_ItemProductQuantity', 'quantity', quantity()),
  i.leaf('NC_ItemShipToAddrRefNum?', 'shipToAddressId', reference('8802')),
  i.leaf('NC_ItemShipModeRefNum?', 'shipModeId', reference('301')),
  i.leaf('NC_ItemState?', 'status', id('M', 1)),
  i.perhapsAll('shipTo', party('NC_ItemShipTo')),
];

export function orderRoot(): Group {
  const records = [
    record(orderHeader, header),
    record(orderCustomer, customer),
    record(orderBilling, [o.perhapsAll('billTo', party('NC_BillTo'))]),
    record(orderMerchant, merchant),
  ];
  return message<Order>(
    orderCreateTable,
    [...records, userData],
    o.vector('ITMDAT+', 'items', [record(orderItem, item), userData], { max: mostItems }),
  );
}
