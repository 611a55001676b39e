import { defineCommand, type Static, Type } from '@waybill/contract';
import { offerKeys } from '../keys/price-keys.ts';
import { amount, currency, decimal, quantity } from '../values/money.ts';
import { closed, code, id, list, optional, some, text } from '../values/text.ts';
import { instant } from '../values/time.ts';
import { userData } from '../values/user-data.ts';
import { widths } from '../values/widths.ts';

// reference/fulfillment-messages.md, sections 5.1 and 5.2; reference/legacy-messages.md, section 6

const offer = {
  ownerId: optional(id('The member who owns the product. It has to be given where the product is named by its part number alone.')),
  priceListId: optional(id('The price list (trading position container) that the offer is in. Default: the standard one of the owner.')),
  precedence: optional(decimal('Of several offers in effect, that with the highest precedence wins. Default 0.', '5')),
  currency: currency('Currency of the price.'),
  price: optional(amount('Price of one. It has to be given unless the offer is there already and has a price in this currency.')),
  starts: optional(instant('From when on the offer is in effect. Default: it always was.')),
  ends: optional(instant('Until when the offer is in effect, this moment included. Default: it never ends.')),
  minimumQuantity: optional(quantity('The offer holds for so many or more. Default: for any number.')),
  maximumQuantity: optional(quantity('The offer holds for so many or fewer. Default: for any number.')),
  quantityUnit: optional(id('What the quantities count.')),
  published: optional(code('0 not published, 1 published, 2 marked for deletion. Only 1 is in effect. Default 1.', ['0', '1', '2'])),
  fields: optional(list(text('A field.'), "Fields for a site's own use, by position. The first two are kept.")),
  userData: optional(userData),
};

const partNumber = id('The product, by its part number.', widths.partNumber);
const catalogEntryId = id('The product, by its id.');

export const productOffer = Type.Union(
  [
    closed(
      {
        offerId: id('The offer, by its id. The other names of the product are compared with it.'),
        catalogEntryId: optional(catalogEntryId),
        partNumber: optional(partNumber),
        ...offer,
      },
      'An offer named by its id.',
    ),
    closed({ catalogEntryId, partNumber: optional(partNumber), ...offer }, 'An offer of a product named by its id.'),
    closed({ partNumber, ...offer }, 'An offer of a product named by its part number.'),
  ],
  { description: 'The price of a product, for a time, a price list and a range of quantities.' },
);
export type ProductOffer = Static<typeof productOffer>;

export const offersInput = closed({ offers: some(productOffer, 'All of them take effect, or none.') }, 'New offers.');
export type OffersInput = Static<typeof offersInput>;

export const priceSetOffers = defineCommand({
  name: 'price.set-offers',
  summary: 'Set the prices at which products are offered, each for a time.',
  input: offersInput,
  ...offerKeys,
});
