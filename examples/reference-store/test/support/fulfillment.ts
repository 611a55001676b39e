import type {
  CustomerChange,
  ExpectedInventoryInput,
  InventoryAdjustmentInput,
  InventoryReceiptInput,
  ListPricesInput,
  OffersInput,
  ShipmentInput,
} from '@waybill/commerce';

// What the samples in reference/samples/fulfillment say of stock, prices and shipments, as their commands' input.

const lamps = { ownerId: '7000000000000000102', partNumber: 'HP-LAMP-02' };
const rope = { ownerId: '7000000000000000102', partNumber: 'HP-ROPE-10' };

/** Create_WCS_ExpectedInventoryRecord.xml */
export const expected = {
  backendId: 'ASN-7712',
  externalId: 'PO-55190',
  storeId: '10151',
  vendorId: '20041',
  ordered: '2024-03-12T00:00:00.000000',
  details: [
    {
      backendId: 'ASN-7712-1',
      ...lamps,
      fulfillmentCenterId: '11201',
      expected: '2024-03-22T08:00:00.000000',
      quantity: '120',
      comment: 'Pallet of 12 cartons',
    },
    { backendId: 'ASN-7712-2', ...rope, fulfillmentCenterId: '11201', expected: '2024-03-25T08:00:00.000000', quantity: '400' },
  ],
} satisfies ExpectedInventoryInput;

/** Create_WCS_InventoryReceipt.xml, of nothing that was expected. */
export const receipt = {
  ...lamps,
  storeId: '10151',
  fulfillmentCenterId: '11201',
  vendorId: '20041',
  cost: { amount: '27.40', currency: 'CAD' },
  quantity: '118',
  received: '2024-03-22T10:35:00.000000',
  comment: 'Two cartons short',
  qualityComment: 'No visible damage',
} satisfies InventoryReceiptInput;

/** Update_WCS_InventoryReceipt.xml */
export const adjustment = {
  ...lamps,
  storeId: '10151',
  fulfillmentCenterId: '11201',
  comment: 'Cycle count, aisle 6',
  quantity: '-4',
  adjustmentCodeId: '60002',
} satisfies InventoryAdjustmentInput;

/** Update_WCS_ProductPrice.xml */
export const offers = {
  offers: [
    {
      ...lamps,
      precedence: '5',
      priceListId: '10003',
      currency: 'CAD',
      price: '58.75',
      starts: '2024-04-01T00:00:00.000000',
      ends: '2024-04-30T23:59:59.000000',
      minimumQuantity: '1',
      maximumQuantity: '24',
      quantityUnit: 'C62',
      published: '1',
      fields: ['spring-promo'],
    },
    { ...rope, currency: 'CAD', price: '14.20' },
  ],
} satisfies OffersInput;

/** Update_WCS_ProductPrice_ListPrice.xml */
export const listPrices = { prices: [{ ...lamps, currency: 'CAD', price: '69.00' }] } satisfies ListPricesInput;

/** Create_WCS_ShipmentConfirmation_10.xml: a package of order 12007, of which nothing is said. */
export const parcel = {
  shipModeId: '10703',
  orderId: '12007',
  releaseNumber: '1',
  packageId: 'PKG-000417',
  trackingId: 'NL93300121CA',
  pickupRecordId: 'PU-0314-07',
  shipped: '2024-03-14T15:55:00.000000',
  costs: { amount: '9.85', currency: 'CAD' },
  weight: { value: '2.4', measure: 'KGM' },
} satisfies ShipmentInput;

/** Create_WCS_ShipmentConfirmation.xml */
export const confirmation = {
  ...parcel,
  updatesRelease: true,
  products: [
    { partNumber: 'HP-LAMP-02', orderItemId: '45012', serialNumbers: [{ code: 'LMP-88401', quantity: '1' }, { code: 'LMP-88402' }] },
    {
      partNumber: 'HP-KIT-01',
      orderItemId: '45013',
      components: [{ partNumber: 'HP-CLEAT-4', componentId: '9102', serialNumbers: [{ code: 'CLT-1170' }] }],
    },
  ],
} satisfies ShipmentInput;

/** Update_WCS_Customer.xml */
export const moved = {
  logonId: ' tokonkwo',
  storeId: '10151',
  enabled: true,
  address: {
    address: { lines: ['12 Customs House Square'], city: 'Port Merrin', postalCode: 'B3X 4K9' },
    contact: { telephones: [{ number: '555-0160', type: 'CEL', publish: true }], emails: ['tobe@portmerrin.example'], receiveEmail: false },
  },
} satisfies CustomerChange;
