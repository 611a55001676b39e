import type {
  CustomerChange,
  ExpectedInventoryInput,
  InventoryAdjustmentInput,
  InventoryReceiptInput,
  ListPricesInput,
  OffersInput,
  ShipmentInput,
} from '../src/index.ts';

// What the predefined sample messages say of stock, prices, shipments and changes of customers.

export const changed: CustomerChange = {
  logonId: 'tokonkwo',
  password: 'Lantern23',
  passwordVerify: 'Lantern23',
  passwordForm: 'encrypted',
  storeId: '10151',
  enabled: true,
  challenge: { question: 'Favourite lighthouse?' },
  address: {
    nickName: 'tokonkwo-office',
    name: { lastName: 'Okonkwo' },
    address: { lines: ['12 Customs House Square'], city: 'Port Merrin', postalCode: 'B3X 4K9' },
    contact: { telephones: [{ number: '555-0160', type: 'CEL', publish: true }], emails: ['tobe@portmerrin.example'], receiveEmail: false },
  },
  personal: { preferredCommunication: 'E1', userFields: ['loyalty-gold'] },
  business: { organizationName: 'Harbour and Pine' },
};

export const expected: ExpectedInventoryInput = {
  backendId: 'ASN-7712',
  externalId: 'PO-55190',
  storeId: '10151',
  vendorId: '20041',
  ordered: '2024-03-12T00:00:00.000000',
  details: [
    {
      backendId: 'ASN-7712-1',
      ownerId: '7000000000000000102',
      partNumber: 'HP-LAMP-02',
      fulfillmentCenterId: '11201',
      expected: '2024-03-22T08:00:00.000000',
      quantity: '120',
      comment: 'Pallet of 12 cartons',
    },
  ],
};

export const receipt: InventoryReceiptInput = {
  ownerId: '7000000000000000102',
  partNumber: 'HP-LAMP-02',
  versionName: '1',
  storeId: '10151',
  fulfillmentCenterId: '11201',
  vendorId: '20041',
  cost: { amount: '27.40', currency: 'CAD' },
  quantity: '118',
  received: '2024-03-22T10:35:00.000000',
  expectedDetailId: '41011',
  comment: 'Two cartons short',
  qualityComment: 'No visible damage',
};

export const adjustment: InventoryAdjustmentInput = {
  ownerId: '7000000000000000102',
  partNumber: 'HP-LAMP-02',
  storeId: '10151',
  fulfillmentCenterId: '11201',
  comment: 'Cycle count, aisle 6',
  quantity: '-4',
  adjustmentCodeId: '60002',
};

export const offers: OffersInput = {
  offers: [
    {
      partNumber: 'HP-LAMP-02',
      ownerId: '7000000000000000102',
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
    { catalogEntryId: '30022', currency: 'CAD', price: '14.20' },
    { offerId: '30023', partNumber: 'HP-CLEAT-4', currency: 'CAD' },
  ],
};

export const listPrices: ListPricesInput = {
  prices: [{ partNumber: 'HP-LAMP-02', ownerId: '7000000000000000102', currency: 'CAD', price: '69.00', userData: { season: 'spring' } }],
};

export const confirmed: ShipmentInput = {
  updatesRelease: true,
  shipModeId: '10703',
  orderId: '12007',
  releaseNumber: '1',
  packageId: 'PKG-000417',
  trackingId: 'NL93300121CA',
  pickupRecordId: 'PU-0314-07',
  shipped: '2024-03-14T15:55:00.000000',
  costs: { amount: '9.85', currency: 'CAD' },
  weight: { value: '2.4', measure: 'KGM' },
  products: [
    { partNumber: 'HP-LAMP-02', orderItemId: '45012', serialNumbers: [{ code: 'LMP-88401', quantity: '1' }, { code: 'LMP-88402' }] },
    {
      partNumber: 'HP-KIT-01',
      orderItemId: '45013',
      components: [{ partNumber: 'HP-CLEAT-4', componentId: '9102', serialNumbers: [{ code: 'CLT-1170' }] }],
    },
  ],
};
