import type {
  AvailabilityInput,
  AvailabilityRequest,
  CustomerInput,
  InventoryLevelsInput,
  OrderCreated,
  OrderStatusInput,
  PickList,
  ReleaseShipped,
} from '../src/index.ts';

/** What the predefined sample messages say, in the words of this package. */
export const orderStatus: OrderStatusInput = {
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
  shipping: { requested: '2024-03-13T00:00:00', actual: '2024-03-14T15:55:00Z', condition: 'SP', level: 'O' },
  invoice: { date: '2024-03-15T09:00:00-04:00', value: '222.05' },
  orderInfo: 'Web order',
  shipTo: {
    name: 'Tobe Okonkwo',
    line1: '77 Signal Hill Road',
    line2: '',
    city: 'Port Merrin',
    state: 'NS',
    postalCode: 'B3X 2T5',
    country: 'CA',
  },
  comment: 'First parcel handed to the carrier',
  fields: ['17', '2.5', 'text'],
  userData: { wave: '7' },
  items: [
    {
      orderItemId: '45012',
      merchantItemNumber: '10',
      serialNumber: 'LMP-88401',
      partNumber: 'HP-LAMP-02',
      quantities: { requested: '3', confirmed: '3', shipped: '2' },
      unitPrice: '61.50',
      status: 'SP',
      statusFlag: 'I',
      versioning: true,
    },
  ],
};

const customer: CustomerInput = {
  logonId: 'tokonkwo',
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
      telephones: [{ number: '555-0118', type: 'PHN', publish: false }],
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
  personal: { distinguishedName: 'uid=tokonkwo,o=harbour and pine', preferredCurrency: 'CAD', preferredLanguage: '-1' },
  business: { organizationId: '7000000000000000102', employee: { employeeId: 'E-3391' } },
  demographics: { age: '3', gender: 'M', income: '4', incomeCurrency: 'CAD' },
  userData: { erpAccountNumber: 'HP-01440' },
};

const levels: InventoryLevelsInput = {
  levels: [
    { partNumber: 'HP-LAMP-02', storeId: '10151', quantity: '240', fulfillmentCenterId: '11201' },
    { catalogEntryId: '30022', storeId: '10151', quantity: '0' },
  ],
};

const asked: AvailabilityRequest = {
  items: [{ orderId: '12011', partNumber: 'HP-LAMP-02', requestedQuantity: '6', storeId: '10151', fulfillmentCenterId: '11201' }],
};

const answered: AvailabilityInput = {
  items: [
    {
      orderId: '12011',
      orderItemId: '45020',
      partNumber: 'HP-LAMP-02',
      requestedQuantity: '6',
      storeId: '10151',
      fulfillmentCenterId: '11201',
      reply: { status: 'OK' },
      deliveries: [{ availableQuantity: '4', estimatedDate: '2024-03-18T00:00:00.000000', shippingOffset: '86400' }],
      comment: 'Second lot arrives with PO-55190',
    },
  ],
};

const goods = { sku: 'HP-KIT-01', name: 'Mooring kit', quantity: '1' };
const pickList: PickList = {
  pickTicket: { storeName: 'Harbour and Pine', fulfillmentCenter: 'Larkhaven DC', pickBatchId: '71004', expedited: false, items: [goods] },
  packSlips: [
    {
      storeName: 'Harbour and Pine',
      fulfillmentCenter: 'Larkhaven DC',
      orderId: '12007',
      releaseNumber: '1',
      pickBatchId: '71004',
      orderDate: '2024-03-11',
      shippingProvider: 'Northline Ground',
      customerId: '8004',
      shipTo: { addressId: '15022', lastName: 'Okonkwo', line1: '77 Signal Hill Road', city: 'Port Merrin', country: 'CA' },
      items: [
        {
          orderItemId: '45013',
          ...goods,
          unitPrice: '61.50',
          totalPrice: '61.50',
          currency: 'CAD',
          expedited: false,
          shippingCharge: '4.00',
          components: [{ sku: 'HP-BAG', name: 'Bag', quantity: '1', components: [{ sku: 'HP-ROPE-10', name: 'Rope', quantity: '2' }] }],
        },
      ],
      charges: { product: '61.50', total: '73.50' },
    },
  ],
};

const created: OrderCreated = {
  orderId: '12007',
  storeId: '10151',
  placed: '2024-03-11T14:15:02Z',
  totals: { currency: 'CAD', net: '184.50', taxes: [{ amount: { amount: '23.99' } }], shipping: '12.00', shippingTax: '1.56' },
  requisitioner: { ids: [{ id: '8004', kind: 'internal' }] },
  paymentCard: { number: '************0000', expires: 'Jan 1, 2027' },
  items: [
    {
      orderItemId: '45012',
      partNumber: 'HP-LAMP-02',
      unitPrice: { amount: '61.50', currency: 'CAD' },
      quantity: '3.0',
      placed: '2024-03-11T14:12:10Z',
      measurement: { weight: { unit: 'KGM', value: '1.2' } },
      schedule: { quantity: '3', dates: { requested: '2024-03-13T00:00:00Z' } },
    },
  ],
};

const shipped: ReleaseShipped = {
  storeId: '10151',
  storeName: 'Harbour and Pine',
  orderId: '12007',
  releaseNumber: '1',
  shipped: '2024-03-14T15:55:00Z',
  carrier: 'Northline Ground',
  customer: { id: '8004', name: { lastName: 'Okonkwo' }, email: 'tobe@portmerrin.example' },
  shipTo: {
    name: 'Tobe Okonkwo',
    line1: '77 Signal Hill Road',
    line2: '',
    city: 'Port Merrin',
    state: 'NS',
    postalCode: 'B3X',
    country: 'CA',
  },
  items: [{ orderItemId: '45012', partNumber: 'HP-LAMP-02', name: 'Cabin lamp', quantity: '2' }],
};

/** One accepted value for each schema, by the name of the command or event and the part of it. */
export const accepted: Readonly<Record<string, object>> = {
  'customer.register input': customer,
  'inventory.record-availability input': answered,
  'inventory.set-levels input': levels,
  'order.confirm-status input': orderStatus,
  'order.invoice-status input': orderStatus,
  'order.ship-status input': orderStatus,
  'order.update-status input': orderStatus,
  'pick-list.get input': { pickBatchId: '71004' },
  'pick-list.get output': pickList,
  'inventory.availability-requested data': asked,
  'inventory.availability-requested reply': answered,
  'order.created data': created,
  'release.shipped data': shipped,
};

/** Values that are refused, each for one reason. */
export const refused: readonly (readonly [schema: string, because: string, value: object])[] = [
  ['order.update-status input', 'a field is misspelt', { ...orderStatus, orderID: '12007' }],
  ['order.update-status input', 'an amount is a number', { ...orderStatus, totals: { net: 184.5 } }],
  ['order.update-status input', 'an amount is no number', { ...orderStatus, totals: { net: '184,50' } }],
  ['order.update-status input', 'a month does not exist', { ...orderStatus, lastUpdateTime: '2024-13-14T16:20:05' }],
  ['order.update-status input', 'an hour does not exist', { ...orderStatus, lastUpdateTime: '2024-03-14T24:00:00' }],
  ['order.update-status input', 'a time is a day only', { ...orderStatus, lastUpdateTime: '2024-03-14' }],
  ['order.update-status input', 'a code is unknown', { ...orderStatus, updateMode: 'X' }],
  ['order.update-status input', 'a status is longer than its column', { ...orderStatus, status: 'x'.repeat(33) }],
  ['order.update-status input', 'user data is no text', { ...orderStatus, userData: { wave: 7 } }],
  ['customer.register input', 'the password is missing', { ...customer, password: undefined }],
  [
    'customer.register input',
    'an address has no line',
    { ...customer, address: { ...customer.address, address: { ...customer.address.address, lines: [] } } },
  ],
  ['inventory.set-levels input', 'there is no level', { levels: [] }],
  ['inventory.set-levels input', 'a product is named twice', { levels: [{ ...levels.levels[0], catalogEntryId: '30015' }] }],
  ['inventory.set-levels input', 'no product is named', { levels: [{ storeId: '10151', quantity: '1' }] }],
  ['inventory.record-availability input', 'the status of the answer is missing', { items: [{ ...answered.items[0], reply: undefined }] }],
  ['pick-list.get input', 'the id is empty', { pickBatchId: '' }],
  ['pick-list.get input', 'the id is nothing but blanks', { pickBatchId: ' \n ' }],
  ['pick-list.get input', 'the id has a control character', { pickBatchId: '71004\u0008' }],
  ['order.created data', 'a comment has half a surrogate pair', { ...created, instruction: 'Ring \ud83d' }],
  ['order.created data', 'a day does not exist', { ...created, placed: '2023-02-29T14:15:02Z' }],
  ['order.created data', 'an amount has more digits than a column', { ...created, totals: { ...created.totals, net: '1234567890123456' } }],
  ['order.created data', 'an amount has too many decimals', { ...created, totals: { ...created.totals, net: '1.123456' } }],
  ['order.created data', 'a field of the site has no name', { ...created, userData: { '': 'web' } }],
  ['pick-list.get output', 'there is no packing list', { ...pickList, packSlips: [] }],
  ['inventory.availability-requested data', 'the store is missing', { items: [{ ...asked.items[0], storeId: undefined }] }],
  ['order.created data', 'there is no item', { ...created, items: [] }],
  ['release.shipped data', 'the order is missing', { ...shipped, orderId: undefined }],
];
