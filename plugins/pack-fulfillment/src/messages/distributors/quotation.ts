import { orderRecordQuotation, type QuotationInput, type QuotationLine } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { bind } from '../../binding.ts';
import { framed } from '../../envelope.ts';
import { quantity, words } from '../../parts.ts';
import {
  attributeParts,
  condition,
  description,
  distributorCredentials,
  distributorId,
  estimatedDate,
  inventorySource,
  lineNumber,
  lineWords,
  messageStatus,
  priceParts,
  productParts,
  promotions,
  requestId,
  supplierData,
  truthful,
  unitOfMeasure,
  warehouses,
} from './parts.ts';

// Update_WCS_PriceAndAvailability 1.0: reference/fulfillment-messages.md, section 7.3.

type Substitute = NonNullable<QuotationLine['substitutes']>[number];
/** What is said of a product and of what can stand in for it. */
type Quoted = Pick<QuotationLine & Substitute, keyof QuotationLine & keyof Substitute>;

const i = mapping<QuotationInput>();
const l = mapping<QuotationLine>();
const s = mapping<Substitute>();
const q = mapping<Quoted>();

const quoted = (): Nodes<Quoted> => [
  q.leaf('lineNumber', 'lineNumber', lineNumber, lineWords),
  q.leaf('quantity', 'quantity', quantity('4'), { about: 'how many are available' }),
  q.into('sellingPrice', 'sellingPrice', priceParts()),
  q.into('listPrice?', 'listPrice', priceParts()),
  q.leaf('unitOfMeasure?', 'unitOfMeasure', unitOfMeasure),
  condition(),
  estimatedDate(),
  q.leaf('supplierData?', 'supplierData', supplierData, { about: 'comes back with the order' }),
  q.leaf('description?', 'description', description),
  q.vector('PersonalizationAttributeValues*', 'attributes', attributeParts()),
  promotions(),
  warehouses(),
];

const quotation = framed<QuotationInput>(
  {
    verb: 'Update',
    noun: 'WCS_PriceAndAvailability',
    version: '1.0',
    command: orderRecordQuotation.name,
    control: () => [distributorCredentials()],
  },
  () => [
    i.leaf('messageIdentifier', 'requestId', requestId, { about: 'the request that is answered' }),
    i.leaf('distributorIdentifier', 'distributorId', distributorId),
    i.group('ProductPriceAndAvailability', [
      i.vector('ProductPriceAndAvailabilityLineItem*', 'lines', [
        l.group('AdditionalProductPriceAndAvailabilityLineItem?', [
          l.vector('SubstituteProductReference*', 'substitutes', [
            s.leaf('substitutionCode?', 'substitutionCode', words('UPGRADE')),
            s.vector('productIdentification+', 'products', productParts()),
            ...quoted(),
          ]),
        ]),
        l.into('productIdentification', 'product', productParts()),
        ...quoted(),
      ]),
      i.leaf('inventorySource?', 'inventorySource', inventorySource),
      i.leaf('isAdditionalInformationIncluded?', 'additionalInformation', truthful),
      messageStatus(),
    ]),
  ],
);

export const quotationBinding = bind({
  type: {
    name: 'Update_WCS_PriceAndAvailability',
    version: '1.0',
    direction: 'in',
    commands: [orderRecordQuotation],
    summary: 'What a distributor answers to priceAndAvailabilityRequest: prices, quantities and dates.',
  },
  message: quotation,
});
