import {
  type BatchAvailabilityRequest,
  inventoryBatchAvailabilityRequested,
  orderQuotationRequested,
  orderTransferRequested,
  type QuotationRequest,
  type TransferRequest,
} from '@waybill/commerce';
import { mapping, type Node, type Nodes } from '@waybill/mapping';
import { defineXmlMessage, type XmlMessage } from '@waybill/xml';
import { bind } from '../../binding.ts';
import { type Envelope, logonId, password } from '../../envelope.ts';
import { id, quantity } from '../../parts.ts';
import {
  attributeParts,
  businessPartnerGrouping,
  customerNo,
  description,
  distributorId,
  lineNumber,
  lineWords,
  orgName,
  priceParts,
  productParts,
  requestId,
  requestWords,
  supplierData,
  truthful,
  unitOfMeasure,
} from './parts.ts';

// priceAndAvailabilityRequest, shoppingCartTransferRequest and batchAvailabilityRequest: reference/fulfillment-messages.md, section 7.6.
// They have a root of their own, no schema and no version. What is asked belongs to the event; what proves who asks does not.

type Request = QuotationRequest | TransferRequest | BatchAvailabilityRequest;

/** A request and what proves who asks. */
interface Asking {
  readonly credentials?: { readonly logonId?: string; readonly password?: string };
  readonly input: Pick<Request, 'account'>;
}

const whole = mapping<Asking>();
const r = mapping<Pick<Request, 'requestId' | 'distributorId'>>();
const q = mapping<QuotationRequest>();
const asked = mapping<QuotationRequest['lines'][number]>();
const t = mapping<TransferRequest>();
const taken = mapping<TransferRequest['lines'][number]>();
const b = mapping<BatchAvailabilityRequest>();
const counted = mapping<BatchAvailabilityRequest['lines'][number]>();

const credentials = () =>
  whole.group(
    'Credentials?',
    [
      whole.leaf('userId?', 'credentials.logonId', logonId),
      whole.leaf('password?', 'credentials.password', password),
      whole.leaf('customerNo?', 'input.account.customerNumber', customerNo),
      whole.leaf('businessPartnerGrouping?', 'input.account.partnerGroup', businessPartnerGrouping),
      whole.leaf('orgName?', 'input.account.organizationName', orgName),
    ],
    { about: 'who asks' },
  );

const head = (): Nodes<Pick<Request, 'requestId' | 'distributorId'>> => [
  r.leaf('messageIdentifier', 'requestId', requestId, requestWords),
  r.leaf('distributorIdentifier', 'distributorId', distributorId),
];

function request<T extends Request>(root: string, asks: () => Node<'input'>): XmlMessage<Envelope<T>> {
  return defineXmlMessage({ root: () => whole.group(root, [credentials(), asks()]) });
}

const priceAndAvailability = request<QuotationRequest>('priceAndAvailabilityRequest', () =>
  mapping<{ readonly input: QuotationRequest }>().all('input', [
    ...head(),
    q.vector('ProductPriceAndAvailabilityLineItem+', 'lines', [
      asked.into('productIdentification', 'product', productParts()),
      asked.leaf('lineNumber', 'lineNumber', lineNumber, lineWords),
      asked.leaf('quantity', 'quantity', quantity('6'), { about: 'how many are wanted' }),
      asked.leaf('unitOfMeasure?', 'unitOfMeasure', unitOfMeasure),
      asked.vector('PersonalizationAttributeValues*', 'attributes', attributeParts()),
    ]),
    q.leaf('isAdditionalInformationIncluded?', 'additionalInformation', truthful, {
      about: 'whether the answer is to have substitutes, warehouses and promotions',
    }),
  ]),
);

const shoppingCartTransfer = request<TransferRequest>('shoppingCartTransferRequest', () =>
  mapping<{ readonly input: TransferRequest }>().all('input', [
    ...head(),
    t.group('ShoppingCart', [
      t.leaf('shoppingCartId', 'orderId', id('12011'), { about: 'the order in the store' }),
      t.vector('ShoppingCartLineItem+', 'lines', [
        taken.into('productIdentification', 'product', productParts()),
        taken.leaf('quantity', 'quantity', quantity('4'), { about: 'how many are wanted' }),
        taken.leaf('lineNumber', 'lineNumber', lineNumber, lineWords),
        taken.leaf('unitOfMeasure?', 'unitOfMeasure', unitOfMeasure),
        taken.into('listPrice?', 'listPrice', priceParts()),
        taken.into('sellingPrice?', 'sellingPrice', priceParts()),
        taken.leaf('supplierData?', 'supplierData', supplierData),
        taken.leaf('description?', 'description', description),
      ]),
    ]),
  ]),
);

const batchAvailability = request<BatchAvailabilityRequest>('batchAvailabilityRequest', () =>
  mapping<{ readonly input: BatchAvailabilityRequest }>().all('input', [
    ...head(),
    b.vector('BatchAvailabilityLineItem+', 'lines', [
      counted.into('productIdentification', 'product', productParts()),
      counted.leaf('lineNumber', 'lineNumber', id('1'), { about: 'the line of the request' }),
    ]),
  ]),
);

/** The messages have no place for the store, which the distributor does not know. */
function withoutStore<T extends Request>({ input, ...rest }: Envelope<T>): Envelope {
  const { storeId: _store, ...asks } = input;
  return { ...rest, input: asks };
}

/** Nor has the request for a quotation one for the order: its lines have numbers of their own. */
function withoutOrder({ input, ...rest }: Envelope<QuotationRequest>): Envelope {
  const { storeId: _store, orderId: _order, ...asks } = input;
  return { ...rest, input: asks };
}

const type = { version: '1.0', direction: 'out' } as const;

export const requestBindings = [
  bind({
    type: {
      ...type,
      name: 'priceAndAvailabilityRequest',
      event: orderQuotationRequested,
      summary: 'Asks a distributor at which price and when it can deliver.',
    },
    message: priceAndAvailability,
    prepare: withoutOrder,
  }),
  bind({
    type: { ...type, name: 'shoppingCartTransferRequest', event: orderTransferRequested, summary: 'Hands an order to a distributor.' },
    message: shoppingCartTransfer,
    prepare: withoutStore,
  }),
  bind({
    type: {
      ...type,
      name: 'batchAvailabilityRequest',
      event: inventoryBatchAvailabilityRequested,
      summary: 'Asks a distributor how much it has of many products.',
    },
    message: batchAvailability,
    prepare: withoutStore,
  }),
];
