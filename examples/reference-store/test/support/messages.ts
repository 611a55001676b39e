import type { AvailabilityInput, CustomerInput, InventoryLevelsInput, OrderStatusInput } from '@waybill/commerce';

// What the samples in reference/samples/fulfillment say, as their commands' input.

/** Update_WCS_OrderStatus.xml: two of three lamps have left. */
export const partlyShipped = {
  orderId: '12007',
  merchantOrderNumber: 'SO-2024-00871',
  sequenceNumber: '0000000042',
  lastUpdateTime: '2024-03-14T16:20:05.000000',
  updateMode: 'P',
  versioning: true,
  totals: { currency: 'CAD', net: '184.50', tax: '23.99', shipping: '12.00', shippingTax: '1.56', selling: '222.05' },
  status: 'SP',
  statusText: 'Partly shipped',
  statusFlag: 'O',
  placed: '2024-03-11T14:15:02.000000',
  shipping: { requested: '2024-03-13T00:00:00.000000', actual: '2024-03-14T15:55:00.000000', condition: 'SP', level: 'O' },
  shipTo: {
    name: 'Tobe Okonkwo',
    line1: '77 Signal Hill Road',
    line2: 'Apt 3',
    city: 'Port Merrin',
    state: 'NS',
    postalCode: 'B3X 2T5',
    country: 'CA',
  },
  comment: 'First parcel handed to the carrier',
  fields: ['17'],
  items: [
    {
      orderItemId: '45012',
      merchantItemNumber: '10',
      partNumber: 'HP-LAMP-02',
      quantities: { requested: '3', confirmed: '3', shipped: '2' },
      unitPrice: '61.50',
      status: 'SP',
      statusText: 'Partly shipped',
      statusFlag: 'I',
      versioning: true,
      shipping: { actual: '2024-03-14T15:55:00.000000', condition: 'SP', level: 'I' },
      comment: 'One unit back-ordered',
    },
  ],
} satisfies OrderStatusInput;

/** Update_WCS_OrderStatus_20.xml */
export const invoiced = {
  orderId: '12007',
  merchantOrderNumber: 'SO-2024-00871',
  status: 'I',
  invoice: { date: '2024-03-15T09:00:00.000000', value: '222.05' },
  items: [{ orderItemId: '45012', invoice: { value: '184.50' } }],
} satisfies OrderStatusInput;

/** A whole order on its way. */
export const shipped = {
  orderId: '12007',
  merchantOrderNumber: 'SO-2024-00871',
  shipping: { actual: '2024-03-15T10:00:00Z', condition: 'SC' },
  userData: { trackingId: 'NL93300121CA' },
} satisfies OrderStatusInput;

/** Create_WCS_Customer.xml */
export const customer = {
  logonId: ' tokonkwo ',
  password: 'Lantern22',
  passwordVerify: 'Lantern22',
  storeId: '10151',
  parentMember: 'ou=retail buyers,o=harbour and pine,o=root organization',
  enabled: true,
  passwordExpired: true,
  challenge: { question: 'Favourite lighthouse?', answer: 'Gull Point' },
  address: {
    nickName: 'tokonkwo-home',
    type: 'SB',
    name: { title: 'Mr', lastName: 'Okonkwo', firstName: 'Tobe' },
    address: { lines: ['77 Signal Hill Road', 'Apt 3'], city: 'Port Merrin', state: 'NS', postalCode: 'B3X 2T5', country: 'CA' },
    primary: true,
    self: true,
    contact: {
      telephones: [
        { number: '555-0118', type: 'PHN', publish: false },
        { number: '555-0119', type: 'CEL', publish: true },
      ],
      bestCallingTime: 'E',
      faxes: ['555-0120'],
      emails: ['tobe@portmerrin.example'],
      receiveEmail: true,
    },
    billing: { code: '0042-7781', type: '92' },
    packageSuppression: '0',
    fields: ['zone-3'],
  },
  profileType: 'B',
  personal: {
    distinguishedName: 'uid=tokonkwo,o=harbour and pine,o=root organization',
    preferredCurrency: 'CAD',
    preferredLanguage: '-1',
    displayName: 'Tobe Okonkwo',
    preferredCommunication: 'E1',
  },
  business: {
    businessTitle: 'Purchasing lead',
    organizationId: '7000000000000000102',
    organizationName: 'Harbour and Pine',
    employee: { employeeId: 'E-3391' },
  },
  demographics: { age: '3', gender: 'M', income: '4', incomeCurrency: 'CAD', orderBefore: 'N', timeZone: 'AST' },
  userData: { erpAccountNumber: 'HP-01440' },
} satisfies CustomerInput;

/** Update_WCS_ProductInventory.xml */
export const levels = {
  levels: [
    { partNumber: 'HP-LAMP-02', storeId: '10151', quantity: '240', fulfillmentCenterId: '11201' },
    { catalogEntryId: '30022', storeId: '10151', quantity: '0' },
  ],
} satisfies InventoryLevelsInput;

/** Request_WCS_BE_ProductInventory_Reply.xml */
export const available = {
  items: [
    {
      orderId: '12011',
      orderItemId: '45020',
      partNumber: 'HP-LAMP-02',
      requestedQuantity: '6',
      storeId: '10151',
      fulfillmentCenterId: '11201',
      reply: { status: 'OK' },
      deliveries: [
        { availableQuantity: '4', estimatedDate: '2024-03-18T00:00:00.000000', shippingOffset: '86400' },
        { availableQuantity: '2', estimatedDate: '2024-03-26T00:00:00.000000' },
      ],
      comment: 'Second lot arrives with PO-55190',
    },
  ],
} satisfies AvailabilityInput;
