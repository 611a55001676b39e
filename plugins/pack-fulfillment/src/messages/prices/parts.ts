import type { ListPrice, ProductOffer } from '@waybill/commerce';
import { ignored, mapping, type Node } from '@waybill/mapping';
import { currency, id, partNumber } from '../../parts.ts';

// What the messages about prices share: reference/fulfillment-messages.md, sections 5.1 and 5.2.

type Priced = Pick<ProductOffer & ListPrice, 'partNumber' | 'ownerId' | 'currency'>;

const p = mapping<Priced>();

/** Which product it is. */
export const product = (): readonly Node<'partNumber' | 'ownerId' | 'currency'>[] => [
  p.leaf('ProductNumberByMerchant', 'partNumber', partNumber, { about: 'a part number here' }),
  p.group('MerchantID', [ignored('@type?', { about: 'means nothing here' }), p.leaf('.', 'ownerId', id('7000000000000000102'))], {
    about: 'the member who owns the product here, not a store',
  }),
];

export const priceCurrency = () => p.leaf('Currency', 'currency', currency);
