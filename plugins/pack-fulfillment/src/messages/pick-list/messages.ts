import { type PackComponent, widths } from '@waybill/commerce';
import { date10, flag, oneOf, text } from '@waybill/values';
import {
  attribute,
  type ElementNode,
  element,
  lazy,
  many,
  many1,
  optional,
  optionalAttribute,
  type ValueOf,
  type WritingOf,
} from '@waybill/xml';
import { credentials, framed } from '../../envelope.ts';
import { amount, currency, id, quantity, words } from '../../parts.ts';

// Inquire_WCS_PickPackListDetail 1.0 and Report_WCS_PickPackListDetail 2.0: reference/fulfillment-messages.md,
// sections 6.10 and 6.11. The keys are those of command and output. All data of the slips are attributes.

const noun = 'WCS_PickPackListDetail';

export const inquirePickList = framed(
  { verb: 'Inquire', noun, version: '1.0' },
  { credentials: optional(credentials) },
  { detail: element('PickPackListDetail', { children: { pickBatchId: element('WCSPickBatchID', id('71004'), 'the batch') } }) },
);

const expedited = attribute('Is_Expedited', flag({ yes: 'Y', no: 'N' }), 'something in it is in a hurry');
const names = {
  storeName: attribute('Store_Name', words('Harbour and Pine')),
  fulfillmentCenter: attribute('Fulfillment_Center', words('Larkhaven DC')),
};
const goods = {
  sku: attribute('SKU', words('HP-LAMP-02', widths.partNumber)),
  name: attribute('Product_Name', words('Cabin lamp')),
  description: optionalAttribute('Product_Description', words('Brass cabin lamp')),
  quantity: attribute('Quantity', quantity('2')),
};
const pickBatchId = attribute('Pickbatch_Number', id('71004'));

const pickTicket = element('Pickticket', {
  children: {
    information: element('Pickbatch_Information', { attributes: { ...names, pickBatchId, expedited } }),
    items: many1(element('Pickbatch_Items', { attributes: goods, about: 'one line for each product of the batch' })),
  },
});

type Component = { -readonly [Key in keyof Omit<PackComponent, 'components'>]: PackComponent[Key] } & {
  components?: Component[];
};
interface ComponentWriting extends Omit<Component, 'components' | 'componentId' | 'description'> {
  readonly componentId?: string | undefined;
  readonly description?: string | undefined;
  readonly components?: readonly ComponentWriting[] | undefined;
}

const component: ElementNode<Component, ComponentWriting> = element('Component', {
  attributes: { ...goods, componentId: optionalAttribute('Component_Id', id('9101')) },
  children: { components: many(lazy(() => component)) },
});

const items = element('Order_Items', {
  attributes: {
    ...goods,
    orderItemId: optionalAttribute('Order_Items_Id', id('45012')),
    unitPrice: attribute('Unit_Price', amount('61.50')),
    totalPrice: attribute('Total_Price', amount('123.00')),
    expedited,
    shippingCharge: attribute('Ship_BaseCharge', amount('8.00')),
    currency: attribute('Currency', currency),
    customerComments: optionalAttribute('Customer_Comments', words('Ring twice')),
    catalogName: optionalAttribute('Catalog_Name', words('Spring')),
  },
  children: { components: many(component) },
});

const orderInformation = element('Order_Information', {
  attributes: {
    ...names,
    orderId: attribute('Order_Number', id('12007')),
    releaseNumber: attribute('Release_Number', id('1')),
    pickBatchId,
    orderDate: attribute('Order_Date', date10()),
    shippingProvider: attribute('Shipping_Provider', words('Northline Ground')),
    customerId: attribute('Customer_Number', id('8004')),
    invoiceMethod: optionalAttribute('Invoice_Method', words('mail')),
  },
});

const shipTo = element('Shipto', {
  attributes: {
    addressId: attribute('AddressID', id('15022')),
    firstName: optionalAttribute('First_Name', words('Tobe')),
    lastName: attribute('Last_Name', words('Okonkwo')),
    middleName: optionalAttribute('Middle_Name', words('J')),
    line1: attribute('Address_1', words('77 Signal Hill Road')),
    line2: optionalAttribute('Address_2', words('Apt 3')),
    line3: optionalAttribute('Address_3', words('Rear door')),
    city: attribute('City', words('Port Merrin')),
    state: optionalAttribute('State', words('NS')),
    postalCode: optionalAttribute('Zip', words('B3X 2T5')),
    country: attribute('Country', words('CA')),
    instructions: optionalAttribute('shippingInstructions', words('Leave with concierge')),
    carrierAccount: optionalAttribute('shippingCarrierAccntNum', words('NL-440')),
  },
});

const charges = element('Release_Charges', {
  attributes: {
    product: attribute('totalProduct', amount('184.50')),
    shipping: optionalAttribute('shippingChargeTotal', amount('12.00')),
    baseShipping: optionalAttribute('baseShippingCharge', amount('12.00')),
    shippingAdjustment: optionalAttribute('shippingAdjustmentTotal', amount('0.00')),
    adjustment: optionalAttribute('totalAdjustment', amount('0.00')),
    shippingTax: optionalAttribute('shippingTax', amount('1.56')),
    salesTax: optionalAttribute('salesTax', amount('23.99')),
    total: attribute('totalCharge', amount('222.05')),
  },
});

const packSlip = element('Packslip', {
  children: { information: orderInformation, shipTo, items: many1(items), charges },
  about: 'the packing list of one release',
});

const responseStatus = element('ResponseStatus', {
  attributes: { status: attribute('status', oneOf('OK', 'ERROR')), code: optionalAttribute('code', words('WB_…'), 'with ERROR') },
  text: text({ example: '' }),
});

export const reportPickList = framed(
  { verb: 'Report', noun, version: '2.0' },
  { credentials: optional(credentials) },
  {
    response: responseStatus,
    report: optional(element('PickPackListReport', { children: { pickTicket, packSlips: many1(packSlip) } })),
  },
  ({ response, report }) => {
    if (response.status === 'OK') return report === undefined ? { says: 'has no PickPackListReport although the status is OK' } : undefined;
    return report === undefined ? undefined : { says: 'has a PickPackListReport although the status is ERROR', at: 'PickPackListReport' };
  },
);

export type InquirePickList = ValueOf<typeof inquirePickList.root>;
export type InquirePickListWriting = WritingOf<typeof inquirePickList.root>;
export type ReportPickList = ValueOf<typeof reportPickList.root>;
export type ReportPickListWriting = WritingOf<typeof reportPickList.root>;
