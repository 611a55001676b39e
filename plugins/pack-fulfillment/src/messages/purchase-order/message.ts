import { widths } from '@waybill/commerce';
import { oneOf } from '@waybill/values';
import {
  attribute,
  defaultAttribute,
  element,
  many,
  many1,
  optional,
  optionalAttribute,
  optionalUserData,
  type ValueOf,
  type WritingOf,
} from '@waybill/xml';
import { credentials, framed } from '../../envelope.ts';
import { amount, currency, id, partNumber, quantity, words } from '../../parts.ts';
import { accounting, allowance, carrier, measurement, money, paymentCard, schedule, shipDates, tax, times } from './parts.ts';
import { address, contact, personName, shipTo } from './people.ts';

// Report_NC_PurchaseOrder 1.0: reference/fulfillment-messages.md, section 8.
// The keys are those of the event wherever the trees agree.

const total = (name: string) => element(name, amount());

const totals = element('TotalPriceInfo', {
  attributes: { currency: optionalAttribute('currency', currency) },
  children: {
    net: total('TotalNetPrice'),
    taxes: many(tax),
    shipping: total('TotalShippingPrice'),
    shippingTax: total('TotalTaxOnShippingPrice'),
  },
});

const organizationId = element('OrgID', { attributes: { type: optionalAttribute('type', words('NCInternal')) }, text: id('10151') });
const organizationName = element('OrgName', words('Harbour and Pine'));
const url = optional(element('URL', words('https://harbour-pine.example')));

const billTo = element('BillToInfo', { children: { organizationName: optional(organizationName), address, name: personName, contact } });

const merchant = element('MerchantInfo', {
  children: {
    organizationName,
    ids: many(organizationId),
    address,
    url,
    telephone: optional(element('Telephone', words('555-0100'))),
    name: optional(personName),
    contact: optional(contact),
  },
});

const buyer = element('BuyOrgInfo', {
  children: { organizationName, ids: many(organizationId), address: optional(address), url, contact: optional(contact) },
});

const requisitioner = element('RequisitionerInfo', {
  children: {
    ids: many(
      element('RequisitionerID', {
        attributes: { type: defaultAttribute('type', oneOf('NCInternal', 'logon'), 'NCInternal') },
        text: id('8004'),
      }),
    ),
    group: optional(element('RequisitionerGroup', words('buyers'))),
    address: optional(address),
    name: optional(personName),
    contact: optional(contact),
  },
});

const header = element('ReportPOHeader', {
  children: {
    buyerOrderNumber: optional(element('OrderNumberByBuyer', id('B-77'))),
    merchantOrderNumber: optional(element('OrderNumberByMerchant', id('HP-2024-1180', widths.merchantNumber))),
    orderId: optional(element('OrderNumberByNC', id('12007'), 'the order in the store')),
    times,
    totals,
    instruction: optional(element('Instruction', words('Leave at the door'))),
    status: optional(element('ShipStatus', words('C', widths.orderState), 'state of the order')),
    billTo: optional(billTo),
    merchant: optional(merchant),
    buyer: optional(buyer),
    shipTo: optional(shipTo),
    requisitioner: optional(requisitioner),
    shipDates: optional(shipDates),
    paymentCard: optional(paymentCard),
    carrier: optional(carrier),
    accounting: many(accounting),
    fields: many(element('OrderCustomerField', words('17'))),
    userData: optionalUserData(),
  },
});

const item = element('ReportPOItem', {
  children: {
    lineNumber: optional(element('ItemLineNumber', words('0'), 'position, counted from 0')),
    orderItemId: optional(element('ItemNumberByNC', id('45012'))),
    buyerPartNumber: optional(element('ProductNumberByBuyer', words('B-LAMP'))),
    partNumber: element('ProductNumberByMerchant', partNumber, 'a part number here'),
    manufacturerName: optional(element('ManufacturerName', words('Gull Lamps'))),
    manufacturerUrl: optional(element('ManufacturerURL', words('https://gull.example'))),
    manufacturerPartNumber: optional(element('ManufacturerPartNumber', words('GL-2'))),
    unitPrice: money('ItemUnitPrice'),
    taxes: many(tax),
    quantity: element('ItemProductQuantity', quantity()),
    unitOfMeasure: optional(element('UnitOfMeasure', words('C62'))),
    classification: optional(element('Classification', words('lamps'))),
    description: optional(element('ItemProductDescription', words('Brass cabin lamp'))),
    instruction: optional(element('Instruction', words('Gift wrap'))),
    shipTo: optional(shipTo),
    carrier: optional(carrier),
    status: optional(element('ShipStatus', words('C', widths.orderState), 'state of the item')),
    times,
    measurement: optional(measurement),
    accounting: many(accounting),
    allowances: many(allowance),
    schedule: optional(schedule),
    fields: many(element('ItemCustomerField', words('3'))),
    userData: optionalUserData(),
  },
});

const place = (name: string) =>
  element(name, {
    attributes: { locationId: attribute('locationID', words('store')), locationType: optionalAttribute('locationType', words('logical')) },
  });

const route = element('Route', {
  children: {
    sender: place('Sender'),
    receiver: place('Receiver'),
    reference: optional(
      element('MessageReference', {
        children: {
          senderId: optional(element('SenderReferenceID', words('m-1'))),
          receiverId: optional(element('ReceiverReferenceID', words('m-2'))),
        },
      }),
    ),
  },
});

export const purchaseOrder = framed(
  { verb: 'Report', noun: 'NC_PurchaseOrder', version: '1.0', systemId: 'Report_NC_PO_10.dtd' },
  { route: optional(route), credentials: optional(credentials) },
  { order: element('ReportPO', { children: { header, items: many1(item) } }) },
);

export type PurchaseOrder = ValueOf<typeof purchaseOrder.root>;
export type PurchaseOrderWriting = WritingOf<typeof purchaseOrder.root>;
