import {
  type PackComponent,
  type PackSlip,
  type PickList,
  type PickListInput,
  type PickTicket,
  pickListGet,
  widths,
} from '@waybill/commerce';
import type { WaybillError } from '@waybill/contract';
import { mapping, type Node, type Nodes } from '@waybill/mapping';
import { date10, flag, oneOf, text } from '@waybill/values';
import { replaceUnwritable } from '@waybill/xml';
import { bind } from '../binding.ts';
import { credentials, framed } from '../envelope.ts';
import { amount, currency, id, quantity, words } from '../parts.ts';

// Inquire_WCS_PickPackListDetail 1.0 and Report_WCS_PickPackListDetail 2.0: reference/fulfillment-messages.md,
// sections 6.10 and 6.11. All data of the slips are attributes.

type Names = Pick<PickTicket & PackSlip, 'storeName' | 'fulfillmentCenter' | 'pickBatchId'>;
type Item = PackSlip['items'][number];
type Goods = Pick<Item, 'sku' | 'name' | 'description' | 'quantity'>;

const n = mapping<Names>();
const g = mapping<Goods>();
const t = mapping<PickTicket>();
const s = mapping<PackSlip>();
const i = mapping<Item>();
const to = mapping<PackSlip['shipTo']>();
const charge = mapping<PackSlip['charges']>();
const part = mapping<PackComponent>();
const kit = mapping<Pick<PackComponent, 'components'>>();
const list = mapping<PickList>();

const noun = 'WCS_PickPackListDetail';

const expedited = flag({ yes: 'Y', no: 'N' });
const names = [
  n.leaf('@Store_Name', 'storeName', words('Harbour and Pine')),
  n.leaf('@Fulfillment_Center', 'fulfillmentCenter', words('Larkhaven DC')),
];
const goods: Nodes<Goods> = [
  g.leaf('@SKU', 'sku', words('HP-LAMP-02', widths.partNumber)),
  g.leaf('@Product_Name', 'name', words('Cabin lamp')),
  g.leaf('@Product_Description?', 'description', words('Brass cabin lamp')),
  g.leaf('@Quantity', 'quantity', quantity('2')),
];
const batch = n.leaf('@Pickbatch_Number', 'pickBatchId', id('71004'));

const ticket: Nodes<PickTicket> = [
  t.group('Pickbatch_Information', [
    ...names,
    batch,
    t.leaf('@Is_Expedited', 'expedited', expedited, { about: 'something in it is in a hurry' }),
  ]),
  t.vector('Pickbatch_Items+', 'items', goods, { about: 'one line for each product of the batch' }),
];

const component: Node<'components'> = kit.vector('Component*', 'components', [
  ...goods,
  part.leaf('@Component_Id?', 'componentId', id('9101')),
  kit.like(() => component),
]);

const item: Nodes<Item> = [
  ...goods,
  i.leaf('@Order_Items_Id?', 'orderItemId', id('45012')),
  i.leaf('@Unit_Price', 'unitPrice', amount('61.50')),
  i.leaf('@Total_Price', 'totalPrice', amount('123.00')),
  i.leaf('@Is_Expedited', 'expedited', expedited, { about: 'something in it is in a hurry' }),
  i.leaf('@Ship_BaseCharge', 'shippingCharge', amount('8.00')),
  i.leaf('@Currency', 'currency', currency),
  i.leaf('@Customer_Comments?', 'customerComments', words('Ring twice')),
  i.leaf('@Catalog_Name?', 'catalogName', words('Spring')),
  component,
];

const shipTo: Nodes<PackSlip['shipTo']> = [
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
  to.leaf('@shippingInstructions?', 'instructions', words('Leave with concierge')),
  to.leaf('@shippingCarrierAccntNum?', 'carrierAccount', words('NL-440')),
];

const charges: Nodes<PackSlip['charges']> = [
  charge.leaf('@totalProduct', 'product', amount('184.50')),
  charge.leaf('@shippingChargeTotal?', 'shipping', amount('12.00')),
  charge.leaf('@baseShippingCharge?', 'baseShipping', amount('12.00')),
  charge.leaf('@shippingAdjustmentTotal?', 'shippingAdjustment', amount('0.00')),
  charge.leaf('@totalAdjustment?', 'adjustment', amount('0.00')),
  charge.leaf('@shippingTax?', 'shippingTax', amount('1.56')),
  charge.leaf('@salesTax?', 'salesTax', amount('23.99')),
  charge.leaf('@totalCharge', 'total', amount('222.05')),
];

const slip: Nodes<PackSlip> = [
  s.group('Order_Information', [
    ...names,
    s.leaf('@Order_Number', 'orderId', id('12007')),
    s.leaf('@Release_Number', 'releaseNumber', id('1')),
    batch,
    s.leaf('@Order_Date', 'orderDate', date10()),
    s.leaf('@Shipping_Provider', 'shippingProvider', words('Northline Ground')),
    s.leaf('@Customer_Number', 'customerId', id('8004')),
    s.leaf('@Invoice_Method?', 'invoiceMethod', words('mail')),
  ]),
  s.into('Shipto', 'shipTo', shipTo),
  s.vector('Order_Items+', 'items', item),
  s.into('Release_Charges', 'charges', charges),
];

/** What a report says: the slips, or why there are none. */
export interface PickListReport {
  readonly status: 'OK' | 'ERROR';
  readonly pickList?: PickList | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** The answer where the command has failed. The code is the code of the error. */
export function failedReport({ code, message }: WaybillError): PickListReport {
  return { status: 'ERROR', code, message: replaceUnwritable(message) };
}

const r = mapping<PickListReport>();

const inquirePickList = framed<PickListInput>(
  { verb: 'Inquire', noun, version: '1.0', command: pickListGet.name, control: [credentials] },
  [
    mapping<PickListInput>().group('PickPackListDetail', [
      mapping<PickListInput>().leaf('WCSPickBatchID', 'pickBatchId', id('71004'), { about: 'the batch' }),
    ]),
  ],
);

// The stock error template answers in form 1.0 even to those who get slips in form 2.0 (section 6.11); here both
// answers have the same version.
const reportPickList = framed<PickListReport>(
  { verb: 'Report', noun, version: '2.0', control: [credentials] },
  [
    r.group('ResponseStatus', [
      r.leaf('@status', 'status', oneOf('OK', 'ERROR')),
      r.leaf('@code?', 'code', words('WB_…'), { onlyIf: ['status', 'ERROR'], about: 'with ERROR' }),
      r.leaf('.?', 'message', text({ example: '' })),
    ]),
    r.into('PickPackListReport?', 'pickList', [
      list.into('Pickticket', 'pickTicket', ticket),
      list.vector('Packslip+', 'packSlips', slip, { about: 'the packing list of one release' }),
    ]),
  ],
  {
    check: ({ status, pickList }) => {
      if (status === 'OK') return pickList === undefined ? { says: 'has no PickPackListReport although the status is OK' } : undefined;
      return pickList === undefined
        ? undefined
        : { says: 'has a PickPackListReport although the status is ERROR', at: 'PickPackListReport' };
    },
  },
);

const reply = { name: 'Report_WCS_PickPackListDetail', version: '2.0' } as const;

export const inquirePickListBinding = bind({
  type: {
    name: 'Inquire_WCS_PickPackListDetail',
    version: '1.0',
    direction: 'in',
    commands: [pickListGet],
    reply,
    summary: 'Asks for the pick ticket and the packing lists of a batch.',
  },
  message: inquirePickList,
});

export const reportPickListBinding = bind({
  type: { ...reply, direction: 'out', summary: 'Answers with pick ticket and packing lists, or says why there are none.' },
  message: reportPickList,
  interpret: ({ input }) => ({ command: pickListGet.name, input }),
});
