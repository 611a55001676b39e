import { type PackComponent, type PackSlip, type PickList, type PickTicket, widths } from '@waybill/commerce';
import { mapping, type Node, type Nodes } from '@waybill/mapping';
import { date10, flag } from '@waybill/values';
import { amount, currency, id, quantity, words } from '../../parts.ts';

// The pick ticket and the packing lists of a batch(), in both versions: reference/fulfillment-messages.md, section 6.11. All their data are
// attributes.

type Names = Pick<PickTicket & PackSlip, 'storeName' | 'fulfillmentCenter' | 'pickBatchId'>;
type Item = PackSlip['items'][number];
type ShipTo = PackSlip['shipTo'];
type Goods = Pick<Item, 'sku' | 'name' | 'description' | 'quantity'>;

const n = mapping<Names>();
const g = mapping<Goods>();
const t = mapping<PickTicket>();
const s = mapping<PackSlip>();
const i = mapping<Item>();
const to = mapping<ShipTo>();
const charge = mapping<PackSlip['charges']>();
const part = mapping<PackComponent>();
const kit = mapping<Pick<PackComponent, 'components'>>();
const list = mapping<PickList>();

const expedited = flag({ yes: 'Y', no: 'N' });
const names = () => [
  n.leaf('@Store_Name', 'storeName', words('Harbour and Pine')),
  n.leaf('@Fulfillment_Center', 'fulfillmentCenter', words('Larkhaven DC')),
];
const goods = (): Nodes<Goods> => [
  g.leaf('@SKU', 'sku', words('HP-LAMP-02', widths.partNumber)),
  g.leaf('@Product_Name', 'name', words('Cabin lamp')),
  g.leaf('@Product_Description?', 'description', words('Brass cabin lamp')),
  g.leaf('@Quantity', 'quantity', quantity('2')),
];
const batch = () => n.leaf('@Pickbatch_Number', 'pickBatchId', id('71004'));
const inHurry = { about: 'something in it is in a hurry' };

const component20: Node<'components'> = kit.vector('Component*', 'components', [
  ...goods(),
  part.leaf('@Component_Id?', 'componentId', id('9101')),
  kit.like(() => component20),
]);

const item10 = (): Nodes<Item> => [
  ...goods(),
  i.leaf('@Unit_Price', 'unitPrice', amount('61.50')),
  i.leaf('@Total_Price', 'totalPrice', amount('123.00')),
  i.leaf('@Currency', 'currency', currency),
  i.leaf('@Customer_Comments?', 'customerComments', words('Ring twice')),
  i.leaf('@Catalog_Name?', 'catalogName', words('Spring')),
];
const item20 = (): Nodes<Item> => [
  ...item10(),
  i.leaf('@Order_Items_Id?', 'orderItemId', id('45012')),
  i.leaf('@Is_Expedited', 'expedited', expedited, inHurry),
  i.leaf('@Ship_BaseCharge', 'shippingCharge', amount('8.00')),
];

const shipTo10 = (): Nodes<ShipTo> => [
  to.leaf('@AddressID', 'addressId', id('15022')),
  to.leaf('@First_Name?', 'firstName', words('Tobe')),
  to.leaf('@Last_Name', 'lastName', words('Okonkwo')),
  to.leaf('@Middle_Name?', 'middleName', words('J')),
  to.leaf('@Address_1', 'line1', words('77 Signal Hill Road')),
  to.leaf('@Address_2?', 'line2', words('Apt 3')),
  to.leaf('@Address_3?', 'line3', words('Rear door')),
  to.leaf('@City', 'city', words('Port Merrin')),
  to.leaf('@State?', 'state', words('NS')),
  to.leaf('@Zip?', 'postalCode', words('B3X 2T5')),
  to.leaf('@Country', 'country', words('CA')),
];
const shipTo20 = (): Nodes<ShipTo> => [
  ...shipTo10(),
  to.leaf('@shippingInstructions?', 'instructions', words('Leave with concierge')),
  to.leaf('@shippingCarrierAccntNum?', 'carrierAccount', words('NL-440')),
];

const charges = () =>
  s.into('Release_Charges', 'charges', [
    charge.leaf('@totalProduct', 'product', amount('184.50')),
    charge.leaf('@shippingChargeTotal?', 'shipping', amount('12.00')),
    charge.leaf('@baseShippingCharge?', 'baseShipping', amount('12.00')),
    charge.leaf('@shippingAdjustmentTotal?', 'shippingAdjustment', amount('0.00')),
    charge.leaf('@totalAdjustment?', 'adjustment', amount('0.00')),
    charge.leaf('@shippingTax?', 'shippingTax', amount('1.56')),
    charge.leaf('@salesTax?', 'salesTax', amount('23.99')),
    charge.leaf('@totalCharge', 'total', amount('222.05')),
  ]);

const orderInformation = () =>
  s.group('Order_Information', [
    ...names(),
    s.leaf('@Order_Number', 'orderId', id('12007')),
    s.leaf('@Release_Number', 'releaseNumber', id('1')),
    batch(),
    s.leaf('@Order_Date', 'orderDate', date10()),
    s.leaf('@Shipping_Provider', 'shippingProvider', words('Northline Ground')),
    s.leaf('@Customer_Number', 'customerId', id('8004')),
    s.leaf('@Invoice_Method?', 'invoiceMethod', words('mail')),
  ]);

const itemsOfTicket = () => t.vector('Pickbatch_Items+', 'items', goods(), { about: 'one line for each product of the batch' });
const aboutSlip = { about: 'the packing list of one release' };

export const slips10 = (): Nodes<PickList> => [
  list.into('Pickticket', 'pickTicket', [t.group('Pickbatch_Information', [...names(), batch()]), itemsOfTicket()]),
  list.vector(
    'Packslip+',
    'packSlips',
    [
      orderInformation(),
      s.into('Shipto', 'shipTo', shipTo10()),
      s.vector('Order_Items+', 'items', [...item10(), kit.vector('Component*', 'components', goods())]),
    ],
    aboutSlip,
  ),
];

export const slips20 = (): Nodes<PickList> => [
  list.into('Pickticket', 'pickTicket', [
    t.group('Pickbatch_Information', [...names(), batch(), t.leaf('@Is_Expedited', 'expedited', expedited, inHurry)]),
    itemsOfTicket(),
  ]),
  list.vector(
    'Packslip+',
    'packSlips',
    [orderInformation(), s.into('Shipto', 'shipTo', shipTo20()), s.vector('Order_Items+', 'items', [...item20(), component20]), charges()],
    aboutSlip,
  ),
];

/** What version 1.0 has a place for: nothing of haste, charges(), the ids of items and parts, hints for the carrier, and parts of parts. */
export function slipsTo10({ pickTicket, packSlips }: PickList): object {
  const { expedited: _haste, ...ticket } = pickTicket;
  return { pickTicket: ticket, packSlips: packSlips.map(slipTo10) };
}

function slipTo10({ charges: _charges, shipTo, items, ...slip }: PackSlip): object {
  const { instructions: _hint, carrierAccount: _account, ...address } = shipTo;
  return { ...slip, shipTo: address, items: items.map(itemTo10) };
}

function itemTo10({ orderItemId: _id, expedited: _haste, shippingCharge: _charge, components, ...item }: Item): object {
  return {
    ...item,
    components: components?.map(({ sku, name, description, quantity: count }) => ({ sku, name, description, quantity: count })),
  };
}
