import {
  type ListPrice,
  type ListPricesInput,
  type OffersInput,
  type ProductOffer,
  priceSetListPrices,
  priceSetOffers,
} from '@waybill/commerce';
import { mapping } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { bind } from '../../binding.ts';
import { credentials, framed } from '../../envelope.ts';
import { amount, id, instant, quantity, userData, words } from '../../parts.ts';
import { priceCurrency, product } from './parts.ts';

// Update_WCS_ProductPrice 2.0: reference/fulfillment-messages.md, section 5.2.

const p = mapping<ProductOffer>();
const l = mapping<ListPrice>();
const prices = mapping<OffersInput | ListPricesInput>();

const offer = () => [
  ...product(),
  p.leaf('Precedence?', 'precedence', quantity('5'), { about: 'of several offers, the highest wins' }),
  p.leaf('TradingPositionContainerID?', 'priceListId', id('10003'), { about: 'the price list' }),
  priceCurrency(),
  p.leaf('ItemUnitPrice', 'price', amount('58.75')),
  p.leaf('StartTimeStamp?', 'starts', instant('2024-04-01T00:00:00')),
  p.leaf('EndTimeStamp?', 'ends', instant('2024-04-30T23:59:59')),
  p.leaf('MinimumQuantity?', 'minimumQuantity', quantity('1')),
  p.leaf('MaximumQuantity?', 'maximumQuantity', quantity('24')),
  p.leaf('QuantityUnit?', 'quantityUnit', id('C62')),
  p.leaf('Published?', 'published', oneOf('0', '1', '2'), { about: '0 not published, 1 published, 2 marked for deletion' }),
  // The original documents columns for them and does not pass them on; what was sent is worth keeping.
  p.list('PriceCustomField*', 'fields', words('spring-promo')),
  userData(),
];

const listPrice = () => [...product(), priceCurrency(), l.leaf('ItemUnitPrice', 'price', amount('69.00')), userData()];

/** A document carries offers or list prices, which selects the command. */
const productPrice = framed<OffersInput | ListPricesInput>(
  { verb: 'Update', noun: 'WCS_ProductPrice', version: '2.0', control: () => [credentials()] },
  () => [
    prices.choosing('command', {
      [priceSetOffers.name]: [prices.vector('OfferPriceInfo+', 'offers', offer())],
      [priceSetListPrices.name]: [prices.vector('ListPriceInfo+', 'prices', listPrice())],
    }),
  ],
);

export const productPriceBinding = bind({
  type: {
    name: 'Update_WCS_ProductPrice',
    version: '2.0',
    direction: 'in',
    commands: [priceSetOffers, priceSetListPrices],
    summary: 'Sets the prices at which products are offered, or their list prices.',
  },
  message: productPrice,
});
