import type { InventoryReceiptInput } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { id, partNumber, words } from '../../parts.ts';

// What receipts and adjustments, and their answers, say of a product and where it is.

type Product = Pick<InventoryReceiptInput, 'ownerId' | 'partNumber'>;
type ProductVersion = Product & Pick<InventoryReceiptInput, 'versionName'>;
type Place = Pick<InventoryReceiptInput, 'storeId' | 'fulfillmentCenterId'>;

const h = mapping<Product>();
const v = mapping<ProductVersion>();
const p = mapping<Place>();

const owner = id('7000000000000000102');
const store = id('10151');
const center = id('11201');

export const stockHead = (): Nodes<ProductVersion> => [
  h.leaf('ItemOwnerID', 'ownerId', owner, { about: 'the member who owns the product' }),
  h.leaf('ProductSKU', 'partNumber', partNumber),
  v.leaf('VersionName?', 'versionName', words('1'), { about: 'reserved: it decides nothing' }),
];
export const stockPlace = (): Nodes<Place> => [
  p.leaf('StoreID', 'storeId', store),
  p.leaf('FulfillmentCenterID', 'fulfillmentCenterId', center),
];

export const stockHeadReply = (): Nodes<Product> => [
  h.leaf('ItemOwnerID?', 'ownerId', owner),
  h.leaf('ProductSKU?', 'partNumber', partNumber),
];
export const stockPlaceReply = (): Nodes<Place> => [
  p.leaf('StoreID?', 'storeId', store),
  p.leaf('FulfillmentCenterID?', 'fulfillmentCenterId', center),
];
