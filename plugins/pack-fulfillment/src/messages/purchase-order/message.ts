import { type OrderCreated, type OrderCreatedItem, orderCreated, widths } from '@waybill/commerce';
import { ignored, mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { bind } from '../../binding.ts';
import { credentials, type Envelope, framed } from '../../envelope.ts';
import { amount, currency, id, partNumber, quantity, userData, words } from '../../parts.ts';
import { accounting, allowance, carrier, measurement, money, paymentCard, shipDates, tax, times } from './parts.ts';
import { address, contact, organizationId, personName, requisitionerId, shipTo } from './people.ts';
import { prepare } from './rules.ts';

// Report_NC_PurchaseOrder 1.0: reference/fulfillment-messages.md, section 8.

type BillTo = NonNullable<OrderCreated['billTo']>;
type Merchant = NonNullable<OrderCreated['merchant']>;
type Buyer = NonNullable<OrderCreated['buyer']>;
type Requisitioner = NonNullable<OrderCreated['requisitioner']>;

const o = mapping<OrderCreated>();
const i = mapping<OrderCreatedItem>();
const total = mapping<OrderCreated['totals']>();
const bill = mapping<BillTo>();
const m = mapping<Merchant>();
const b = mapping<Buyer>();
const r = mapping<Requisitioner>();
const maker = mapping<NonNullable<OrderCreatedItem['manufacturer']>>();
const plan = mapping<NonNullable<OrderCreatedItem['schedule']>>();

const organizationName = words('Harbour and Pine');
const url = words('https://harbour-pine.example');

const totals = (): Nodes<OrderCreated['totals']> => [
  total.leaf('@currency?', 'currency', currency),
  total.leaf('TotalNetPrice', 'net', amount()),
  total.vector('TaxInfo*', 'taxes', tax()),
  total.leaf('TotalShippingPrice', 'shipping', amount()),
  total.leaf('TotalTaxOnShippingPrice', 'shippingTax', amount()),
];

const billTo = (): Nodes<BillTo> => [
  bill.leaf('OrgName?', 'organizationName', organizationName),
  bill.into('Address', 'address', address()),
  bill.into('ContactPersonName', 'name', personName()),
  bill.into('ContactInfo', 'contact', contact()),
];

/** A schema has one Telephone, wherever it stands. Of the one of the merchant it means nothing. */
const rank = () => ignored('@type?', { as: oneOf('primary', 'secondary'), preset: 'primary' });

const merchant = (): Nodes<Merchant> => [
  m.leaf('OrgName', 'organizationName', organizationName),
  m.vector('OrgID*', 'ids', organizationId()),
  m.into('Address', 'address', address()),
  m.leaf('URL?', 'url', url),
  m.group('Telephone?', [rank(), m.leaf('.', 'telephone', words('555-0100'))]),
  m.into('ContactPersonName?', 'name', personName()),
  m.into('ContactInfo?', 'contact', contact()),
];

const buyer = (): Nodes<Buyer> => [
  b.leaf('OrgName', 'organizationName', organizationName),
  b.vector('OrgID*', 'ids', organizationId()),
  b.into('Address?', 'address', address()),
  b.leaf('URL?', 'url', url),
  b.into('ContactInfo?', 'contact', contact()),
];

const requisitioner = (): Nodes<Requisitioner> => [
  r.vector('RequisitionerID*', 'ids', requisitionerId()),
  r.leaf('RequisitionerGroup?', 'group', words('buyers')),
  r.into('Address?', 'address', address()),
  r.into('ContactPersonName?', 'name', personName()),
  r.into('ContactInfo?', 'contact', contact()),
];

const header = (): Nodes<OrderCreated> => [
  o.leaf('OrderNumberByBuyer?', 'buyerOrderNumber', id('B-77')),
  o.leaf('OrderNumberByMerchant?', 'merchantOrderNumber', id('HP-2024-1180', widths.merchantNumber)),
  o.leaf('OrderNumberByNC?', 'orderId', id('12007'), { about: 'the order in the store' }),
  times(),
  o.into('TotalPriceInfo', 'totals', totals()),
  o.leaf('Instruction?', 'instruction', words('Leave at the door')),
  o.leaf('ShipStatus?', 'status', words('C', widths.orderState), { about: 'state of the order' }),
  o.into('BillToInfo?', 'billTo', billTo()),
  o.into('MerchantInfo?', 'merchant', merchant()),
  o.into('BuyOrgInfo?', 'buyer', buyer()),
  o.into('ShipToInfo?', 'shipTo', shipTo()),
  o.into('RequisitionerInfo?', 'requisitioner', requisitioner()),
  o.into('ShipDateReference?', 'shipDates', shipDates()),
  o.into('PCardInfo?', 'paymentCard', paymentCard()),
  o.into('ShippingCarrierInfo?', 'carrier', carrier()),
  o.vector('BuyOrgAccountingDetail*', 'accounting', accounting()),
  o.list('OrderCustomerField*', 'fields', words('17')),
  userData(),
];

const item = (): Nodes<OrderCreatedItem> => [
  i.leaf('ItemLineNumber?', 'lineNumber', words('0'), { about: 'position, counted from 0' }),
  i.leaf('ItemNumberByNC?', 'orderItemId', id('45012')),
  i.leaf('ProductNumberByBuyer?', 'buyerPartNumber', words('B-LAMP')),
  i.leaf('ProductNumberByMerchant', 'partNumber', partNumber, { about: 'a part number here' }),
  i.perhapsAll('manufacturer', [
    maker.leaf('ManufacturerName?', 'name', words('Gull Lamps')),
    maker.leaf('ManufacturerURL?', 'url', words('https://gull.example')),
    maker.leaf('ManufacturerPartNumber?', 'partNumber', words('GL-2')),
  ]),
  i.into('ItemUnitPrice', 'unitPrice', money()),
  i.vector('TaxInfo*', 'taxes', tax()),
  i.leaf('ItemProductQuantity', 'quantity', quantity()),
  i.leaf('UnitOfMeasure?', 'unitOfMeasure', words('C62')),
  i.leaf('Classification?', 'classification', words('lamps')),
  i.leaf('ItemProductDescription?', 'description', words('Brass cabin lamp')),
  i.leaf('Instruction?', 'instruction', words('Gift wrap')),
  i.into('ShipToInfo?', 'shipTo', shipTo()),
  i.into('ShippingCarrierInfo?', 'carrier', carrier()),
  i.leaf('ShipStatus?', 'status', words('C', widths.orderState), { about: 'state of the item' }),
  times(),
  i.into('ProductMeasurement?', 'measurement', measurement()),
  i.vector('BuyOrgAccountingDetail*', 'accounting', accounting()),
  i.vector('ServiceAllowanceCharge*', 'allowances', allowance()),
  i.into('ItemShippingSchedule?', 'schedule', [
    plan.leaf('Quantity', 'quantity', quantity()),
    plan.into('ShipDateReference', 'dates', shipDates()),
  ]),
  i.list('ItemCustomerField*', 'fields', words('3')),
  userData(),
];

// Who sends to whom has no meaning here: it is checked and passed over.
const nothing = mapping<object>();
const place = (name: string) => nothing.group(name, [ignored('@locationID'), ignored('@locationType?')]);
const route = () =>
  nothing.group('Route?', [
    place('Sender'),
    place('Receiver'),
    nothing.group('MessageReference?', [ignored('SenderReferenceID?'), ignored('ReceiverReferenceID?')]),
  ]);

const purchaseOrder = framed<OrderCreated>(
  { verb: 'Report', noun: 'NC_PurchaseOrder', version: '1.0', systemId: 'Report_NC_PO_10.dtd', control: () => [route(), credentials()] },
  () => [o.group('ReportPO', [o.group('ReportPOHeader', header()), o.vector('ReportPOItem+', 'items', item())])],
);

/** The store is among the ids of the merchant. */
function withStore({ input, ...rest }: Envelope<OrderCreated>): Envelope<OrderCreated> {
  const store = storeOf(input);
  return { ...rest, input: store === undefined ? input : { ...input, storeId: store } };
}

function storeOf({ merchant }: OrderCreated): string | undefined {
  return merchant?.ids?.find(({ kind }) => kind === 'internal')?.id;
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
  prepare,
  interpret: withStore,
  store: storeOf,
});
