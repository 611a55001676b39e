import { defineCommand, defineEvent, type Static } from '@waybill/contract';
import { distributorOrderKeys, quotationKeys } from '../keys/distributor-keys.ts';
import { quantity } from '../values/money.ts';
import { closed, flag, id, list, optional, some, text } from '../values/text.ts';
import {
  answerStatus,
  distributorAccount,
  distributorId,
  distributorProduct,
  inventorySource,
  lineNumber,
  personalization,
  productAnswer,
  quotedPrice,
  requestId,
} from './parts.ts';

// reference/fulfillment-messages.md, sections 7.3 and 7.6

const additionalInformation = optional(flag('Whether the answer is to have substitutes, warehouses and promotions.'));
const attributes = optional(list(personalization, 'By which the customer has chosen the product.'));

export const quotationRequest = closed(
  {
    requestId,
    orderId: id('The order.'),
    storeId: id('The store.'),
    distributorId,
    account: optional(distributorAccount),
    lines: some(
      closed(
        {
          product: distributorProduct,
          lineNumber,
          quantity: quantity('How many are wanted.'),
          unitOfMeasure: optional(text('What the quantity counts.')),
          attributes,
        },
        'One product.',
      ),
      'What is to be quoted.',
    ),
    additionalInformation,
  },
  'A request for a quotation.',
);
export type QuotationRequest = Static<typeof quotationRequest>;

export const orderQuotationRequested = defineEvent({
  name: 'order.quotation-requested',
  summary: 'The store asks a distributor at which price and when it can deliver the items of an order.',
  data: quotationRequest,
  ...distributorOrderKeys,
});

const quoted = {
  lineNumber,
  quantity: quantity('How many are available.'),
  sellingPrice: quotedPrice('Price of one for the store.'),
  listPrice: optional(quotedPrice('List price of one.')),
  supplierData: optional(text('What the distributor wants to see again with the order.')),
  attributes,
  ...productAnswer,
};

const substitute = closed(
  {
    substitutionCode: optional(text('Why it can stand in.')),
    products: some(distributorProduct, 'Which product it is.'),
    ...quoted,
  },
  'A product that can stand in.',
);

export const quotationLine = closed(
  { product: distributorProduct, ...quoted, substitutes: optional(list(substitute, 'Products that can stand in.')) },
  'What the distributor quotes for an item.',
);
export type QuotationLine = Static<typeof quotationLine>;

export const quotationInput = closed(
  {
    requestId,
    distributorId,
    lines: optional(list(quotationLine, 'What is quoted. A quotation without lines has failed.')),
    inventorySource,
    additionalInformation: optional(flag('Whether the answer has substitutes, warehouses and promotions.')),
    status: optional(answerStatus),
  },
  'What a distributor quotes for an order.',
);
export type QuotationInput = Static<typeof quotationInput>;

export const orderRecordQuotation = defineCommand({
  name: 'order.record-quotation',
  summary: 'Record what a distributor quotes for the items of an order, or that it could not.',
  input: quotationInput,
  ...quotationKeys,
});
