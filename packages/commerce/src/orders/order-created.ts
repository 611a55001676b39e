import { defineEvent, personal, type Static } from '@waybill/contract';
import { carrier, contact, identifier, personName, postalAddress } from '../address.ts';
import { orderKeys } from '../keys/key.ts';
import { amount, currency, decimal, money, quantity } from '../values/money.ts';
import { closed, hidden, id, list, optional, some, text } from '../values/text.ts';
import { instant } from '../values/time.ts';
import { userData } from '../values/user-data.ts';
import { widths } from '../values/widths.ts';

// Field by field: reference/fulfillment-messages.md, section 8; reference/legacy-messages.md, section 2.

const percentage = decimal('Share in percent.', '12.5');
const fields = list(text('A field.'), "Fields for a site's own use, by position.");

const tax = closed(
  {
    amount: money('The tax.'),
    type: optional(text('What tax it is.')),
    percentage: optional(percentage),
    exemptionStatus: optional(text('Whether and why no tax is due.')),
    exemptionNumber: optional(text('Number of the exemption.')),
    jurisdiction: optional(text('Code of the authority that levies it.')),
    jurisdictionType: optional(text('The list of codes that the code is from.')),
  },
  'One tax.',
);

const organization = {
  organizationName: text('Name of the organization.'),
  ids: optional(list(identifier, 'Under which ids it is known.')),
  url: optional(text('Its web site.')),
  contact: optional(contact),
};

const shipTo = closed(
  {
    name: personName,
    officeAddress: optional(personal(text('Office or floor.'))),
    address: postalAddress,
    contact: optional(contact),
    comment: optional(personal(text('What the customer said about the delivery.'))),
  },
  'Where it goes.',
);

const shipDates = closed(
  {
    requested: optional(instant('When shipping was asked for.')),
    scheduled: optional(instant('When shipping is planned.')),
    actual: optional(instant('When it was shipped.')),
  },
  'Dates of shipping.',
);

const accounting = list(
  closed(
    {
      percentage: optional(percentage),
      amount: optional(money('Part of the costs.')),
      budgetCode: text('The budget.'),
      description: optional(text('About this part.')),
      calculationCode: text('How this part is calculated.'),
    },
    'One part.',
  ),
  'How the buying organization splits the costs.',
);

const measure = (description: string) => closed({ unit: text('Unit of measure.'), value: decimal(description, '1.5') }, description);

const measurement = closed(
  {
    weight: optional(measure('Weight.')),
    dimension: optional(
      closed(
        {
          unit: text('Unit of measure.'),
          length: decimal('Length.', '20'),
          width: decimal('Width.', '10'),
          height: decimal('Height.', '5'),
        },
        'Outer size.',
      ),
    ),
  },
  'Weight and size of the product.',
);

const allowance = closed(
  {
    code: text('What it is for.'),
    percentage: optional(percentage),
    amount: optional(money('How much.')),
    description: optional(text('About it.')),
    calculationCode: text('How it is calculated.'),
  },
  'An allowance or a charge.',
);

const paymentCard = closed(
  {
    amount: optional(money('What is paid with it.')),
    type: optional(text('Brand of the card.')),
    number: hidden('Number of the card; masked unless the partner has to charge it.'),
    expires: text('When it expires, as printed.'),
    issued: optional(text('When it was issued, as printed.')),
    authorization: optional(text('Number of the credit authorization.')),
    customerReference: optional(text('Reference of the customer.')),
  },
  'A payment card.',
);

const times = {
  placed: instant('When it was placed.'),
  updated: optional(instant('When it last changed.')),
};

export const orderCreatedItem = closed(
  {
    lineNumber: optional(text('Position, counted from 0.')),
    orderItemId: optional(id('The item in the store.')),
    buyerPartNumber: optional(text('Part number of the buyer.')),
    partNumber: id('Part number of the merchant.', widths.partNumber),
    catalogEntryId: optional(id('The product, by its id.')),
    manufacturer: optional(
      closed(
        {
          name: optional(text('Name.')),
          url: optional(text('Web site.')),
          partNumber: optional(text('Part number of the manufacturer.')),
        },
        'The manufacturer.',
      ),
    ),
    unitPrice: money('Price of one.'),
    taxes: optional(list(tax, 'Taxes on the item.')),
    quantity: quantity('How many.'),
    unitOfMeasure: optional(text('What the quantity counts.')),
    classification: optional(text('Class of the goods.')),
    description: optional(text('Short description.')),
    instruction: optional(text('What the merchant should know.')),
    shipTo: optional(shipTo),
    shipToAddressId: optional(id('Id of the address in the store.')),
    carrier: optional(carrier),
    shipModeId: optional(id('Id of the ship mode in the store.')),
    status: optional(text('State of the item.', widths.orderState)),
    ...times,
    measurement: optional(measurement),
    accounting: optional(accounting),
    allowances: optional(list(allowance, 'Allowances and charges.')),
    schedule: optional(closed({ quantity: quantity('How many.'), dates: shipDates }, 'When how many are shipped.')),
    fields: optional(fields),
    userData: optional(userData),
  },
  'One item of the order.',
);
export type OrderCreatedItem = Static<typeof orderCreatedItem>;

export const orderCreatedData = closed(
  {
    orderId: id('The order in the store.'),
    storeId: id('The store.'),
    merchantOrderNumber: optional(id('The order at the merchant.', widths.merchantNumber)),
    buyerOrderNumber: optional(id('The order at the buyer.')),
    ...times,
    totals: closed(
      {
        currency: optional(currency()),
        net: amount('Price of the goods.'),
        taxes: optional(list(tax, 'Taxes on the goods.')),
        shipping: amount('Shipping charge.'),
        shippingTax: amount('Tax on the shipping charge.'),
      },
      'What the order costs.',
    ),
    instruction: optional(text('What the merchant should know.')),
    status: optional(
      text(
        'State of the order: I submitted, M payment initiated, B back-ordered in part, C authorized, D captured, S shipped.',
        widths.orderState,
      ),
    ),
    billTo: optional(
      closed(
        { organizationName: optional(text('Name of the organization.')), address: postalAddress, name: personName, contact },
        'Who pays.',
      ),
    ),
    billToAddressId: optional(id('Id of the address in the store.')),
    merchant: optional(
      closed(
        { ...organization, address: postalAddress, telephone: optional(personal(text('Telephone number.'))), name: optional(personName) },
        'Who sells.',
      ),
    ),
    buyer: optional(closed({ ...organization, address: optional(postalAddress) }, 'The organization that buys.')),
    shipTo: optional(shipTo),
    requisitioner: optional(
      closed(
        {
          ids: optional(list(identifier, 'Under which ids the person is known.')),
          group: optional(text('Group of the person.')),
          address: optional(postalAddress),
          name: optional(personName),
          contact: optional(contact),
        },
        'Who ordered.',
      ),
    ),
    shipDates: optional(shipDates),
    paymentCard: optional(paymentCard),
    carrier: optional(carrier),
    accounting: optional(accounting),
    fields: optional(fields),
    userData: optional(userData),
    items: some(orderCreatedItem, 'What was ordered.'),
  },
  'A completed order.',
);
export type OrderCreated = Static<typeof orderCreatedData>;

export const orderCreated = defineEvent({
  name: 'order.created',
  summary: 'A customer has completed an order.',
  data: orderCreatedData,
  ...orderKeys,
});
