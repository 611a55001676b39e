import { type OffersInput, type ProductOffer, priceSetOffers } from '@waybill/commerce';
import { ignored, mapping } from '@waybill/mapping';
import { Problem, type TextType } from '@waybill/values';
import { bind } from '../../binding.ts';
import { credentials, framed } from '../../envelope.ts';
import { amount, id, instant, quantity, userData } from '../../parts.ts';
import { priceCurrency, product } from './parts.ts';

// Update_NC_ProductPrice 1.0: reference/fulfillment-messages.md, section 5.1.

const p = mapping<ProductOffer>();

/** This message alone has a blank between day and time of day: `2024-04-01 00:00:00.000000`. */
function timestamp(example: string): TextType<string> {
  const iso = instant(example);
  return {
    ...iso,
    write: (value) => {
      const text = iso.write(value);
      return text instanceof Problem ? text : text.replace('T', ' ');
    },
  };
}

const productPrice = framed<OffersInput>(
  { verb: 'Update', noun: 'NC_ProductPrice', version: '1.0', command: priceSetOffers.name, control: () => [credentials()] },
  () => [
    mapping<OffersInput>().vector('ProductPriceInfo+', 'offers', [
      ...product(),
      p.group('PriceGroupInfo?', [
        p.leaf('Precedence', 'precedence', quantity('5'), { about: 'of several offers, the highest wins' }),
        p.leaf('RequisitionerGroupID?', 'priceListId', id('10003'), { about: 'the price list' }),
      ]),
      priceCurrency(),
      p.leaf('ItemUnitPrice?', 'price', amount('58.75')),
      p.leaf('StartTimeStamp?', 'starts', timestamp('2024-04-01T00:00:00')),
      p.leaf('EndTimeStamp?', 'ends', timestamp('2024-04-30T23:59:59')),
      ignored('PriceCustomField*', { about: 'means nothing here' }),
      userData(),
    ]),
  ],
);

export const ncProductPriceBinding = bind({
  type: {
    name: 'Update_NC_ProductPrice',
    version: '1.0',
    direction: 'in',
    commands: [priceSetOffers],
    summary: 'Sets the prices at which products are offered; an older form of Update_WCS_ProductPrice.',
  },
  message: productPrice,
});
