import type { Static } from '@waybill/contract';
import { amount, currency, quantity } from '../values/money.ts';
import { closed, code, flag, id, list, optional, text } from '../values/text.ts';
import { instant } from '../values/time.ts';

// What the messages of distributors share: reference/fulfillment-messages.md, section 7.2

export const distributorProduct = closed(
  {
    globalId: id('Its part number in the store.'),
    distributorIds: optional(list(id('A part number.'), 'Its part numbers at the distributor. The first three are kept.')),
  },
  'Which product it is.',
);

export const quotedPrice = (description: string) =>
  closed({ amount: amount('The amount.'), currency: optional(currency('Currency code of ISO 4217.')) }, description);

/** How a distributor answered; without it the answer is a success. */
export const answerStatus = closed(
  {
    code: text('The code of the distributor.'),
    flag: optional(code('0 success, 1 wrong credentials, 2 another error. Default 0.', ['0', '1', '2'])),
    text: optional(text('What it says about it.')),
  },
  'Whether the distributor could do what it was asked for.',
);
export type AnswerStatus = Static<typeof answerStatus>;

/** Under which names the distributor knows the store; what proves it is a setting of whoever sends. */
export const distributorAccount = closed(
  {
    customerNumber: optional(id('Number of the store as a customer.')),
    partnerGroup: optional(id('Group of business partners.')),
    organizationName: optional(text('Organization of the store.')),
  },
  'The account of the store at the distributor.',
);

const warehouse = closed(
  {
    warehouseId: text('Number of the warehouse.'),
    street: text('Street of the warehouse.'),
    town: text('Town of the warehouse.'),
    postcode: text('Postal code of the warehouse.'),
    quantities: optional(
      list(
        closed({ available: optional(instant('When.')), quantity: optional(quantity('How many.')) }, 'How many there are, and when.'),
        'What the warehouse has.',
      ),
    ),
  },
  'A warehouse of the distributor.',
);

export const personalization = closed(
  {
    type: optional(text('Type of the attribute, such as STRING.')),
    value: text('The value.'),
    operator: text('How name and value are compared.'),
    name: text('The attribute.'),
    unit: optional(text('Unit of the value.')),
    encrypted: optional(flag('Whether the value is encrypted.')),
  },
  'An attribute by which the customer has chosen the product.',
);

/** What a distributor says about a product that it was asked for. */
export const productAnswer = {
  unitOfMeasure: optional(text('What the quantity counts.')),
  condition: optional(code('0 available, 1 discontinued, 2 not available. Default 0.', ['0', '1', '2'])),
  conditionText: optional(text('The condition in words.')),
  estimatedDate: optional(instant('When it is available.')),
  description: optional(text('Short description.')),
  promotions: optional(list(text('A text.'), 'Texts of promotions. The first three are kept.')),
  warehouses: optional(list(warehouse, 'Which warehouses have it.')),
};

export const requestId = id('The request to the distributor: it comes back in the answer.');
export const distributorId = id('The distributor.');
export const inventorySource = optional(text('Where the goods come from.'));
export const lineNumber = id('The item of the order in the store.');
