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
import { batch, batchAsked, quotation, quotationAsked, transferAsked, transferred } from './distributor-examples.ts';
import {
  confirmedOrder,
  described,
  invoicedOrder,
  progressed,
  published,
  setUp,
  shippedOrder,
  statusAsked,
  statusNoted,
  submitted,
} from './procurement-examples.ts';
import { adjustment, changed, confirmed, expected, listPrices, offers, receipt } from './stock-examples.ts';

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

export const customer: CustomerInput = {
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
    { catalogEntryId: '30023', partNumber: 'HP-CLEAT-4', storeId: '10151', quantity: '8000' },
  ],
};

export const asked: AvailabilityRequest = {
  items: [{ orderId: '12011', partNumber: 'HP-LAMP-02', requestedQuantity: '6', storeId: '10151', fulfillmentCenterId: '11201' }],
};

export const answered: AvailabilityInput = {
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
export const pickList: PickList = {
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

export const created: OrderCreated = {
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
      catalogEntryId: '30015',
      shipToAddressId: '15022',
      shipModeId: '10703',
      unitPrice: { amount: '61.50', currency: 'CAD' },
      quantity: '3.0',
      placed: '2024-03-11T14:12:10Z',
      measurement: { weight: { unit: 'KGM', value: '1.2' } },
      schedule: { quantity: '3', dates: { requested: '2024-03-13T00:00:00Z' } },
    },
  ],
};

export const shipped: ReleaseShipped = {
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
  'customer.update input': changed,
  'document.note-status input': statusNoted,
  'inventory.adjust input': adjustment,
  'inventory.expect input': expected,
  'inventory.expect output': { recordId: '31007', details: [{ detailId: '41011', backendId: 'ASN-7712-1' }] },
  'inventory.receive input': receipt,
  'inventory.receive output': { receiptId: '52003' },
  'inventory.record-availability input': answered,
  'inventory.record-batch-availability input': batch,
  'inventory.set-levels input': levels,
  'order.confirm-status input': orderStatus,
  'order.confirm-transfer input': transferred,
  'order.invoice-status input': orderStatus,
  'order.record-quotation input': quotation,
  'order.ship-status input': orderStatus,
  'order.update-status input': orderStatus,
  'pick-batch.generate input': { backendPickBatchId: 'WAVE-0315-A', storeId: '10151', fulfillmentCenterId: '11201' },
  'pick-batch.generate output': { pickBatchId: '71004', more: false },
  'pick-list.get input': { pickBatchId: '71004' },
  'pick-list.get output': pickList,
  'price.set-list-prices input': listPrices,
  'price.set-offers input': offers,
  'procurement.describe input': described,
  'procurement.describe output': {
    effective: '2026-10-01T00:00:00+00:00',
    transactions: [{ request: 'OrderRequest', url: 'https://shop.example/cxml', options: { changes: 'Yes' } }],
  },
  'punchout.set-up input': setUp,
  'punchout.set-up output': { startPage: 'https://shop.example/start/8wq' },
  'purchase-order.ask-status input': statusAsked,
  'purchase-order.submit input': submitted,
  'purchase-order.submit output': { state: 'queued', note: 'Somebody looks at line 2.' },
  'shipment.confirm input': confirmed,
  'shipment.confirm output': { shipmentId: '81002', orderId: '12007' },
  'catalog.published data': published,
  'inventory.availability-requested data': asked,
  'inventory.availability-requested reply': answered,
  'inventory.batch-availability-requested data': batchAsked,
  'order.created data': created,
  'order.quotation-requested data': quotationAsked,
  'order.transfer-requested data': transferAsked,
  'purchase-order.confirmed data': confirmedOrder,
  'purchase-order.invoiced data': invoicedOrder,
  'purchase-order.progressed data': progressed,
  'purchase-order.shipped data': shippedOrder,
  'release.shipped data': shipped,
};
