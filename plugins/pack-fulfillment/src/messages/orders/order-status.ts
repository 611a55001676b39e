import {
  type OrderItemStatus,
  type OrderStatusInput,
  orderConfirmStatus,
  orderInvoiceStatus,
  orderShipStatus,
  orderUpdateStatus,
  widths,
} from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { bind } from '../../binding.ts';
import { credentials, credentialsOfOrganization, type Envelope, framed } from '../../envelope.ts';
import { amount, code, currency, id, instant, quantity, truth, userData, words } from '../../parts.ts';

// Update_WCS_OrderStatus 2.0 and 3.0: reference/fulfillment-messages.md, section 4.2.

/** What headers and items have in common. */
type Progress = Pick<
  OrderStatusInput & OrderItemStatus,
  'versioning' | 'totals' | 'status' | 'statusText' | 'statusFlag' | 'placed' | 'shipping' | 'invoice' | 'comment' | 'fields' | 'userData'
>;

const o = mapping<OrderStatusInput>();
const i = mapping<OrderItemStatus>();
const p = mapping<Progress>();
const total = mapping<NonNullable<Progress['totals']>>();
const ship = mapping<NonNullable<Progress['shipping']>>();
const bill = mapping<NonNullable<Progress['invoice']>>();
const party = mapping<NonNullable<OrderStatusInput['billTo']>>();
const count = mapping<NonNullable<OrderItemStatus['quantities']>>();

const level = oneOf('O', 'I');
const levelWords = 'O for the order, I for the item';

const versioning = () => p.leaf('@Versioning?', 'versioning', truth, { preset: false, about: 'TRUE keeps the status so far as a version' });
const placed = () => p.leaf('PlacedDate?', 'placed', instant());

export const totals20 = (): Nodes<NonNullable<Progress['totals']>> => [
  total.leaf('@currency?', 'currency', currency),
  total.leaf('TotalNetPrice', 'net', amount()),
  total.leaf('TotalTaxPrice?', 'tax', amount()),
  total.leaf('TotalShippingPrice?', 'shipping', amount()),
  total.leaf('TotalTaxOnShippingPrice?', 'shippingTax', amount()),
];
const totals30 = () => [...totals20(), total.leaf('TotalSellingPrice?', 'selling', amount())];

const shipping = () =>
  p.into('ShippingInfo?', 'shipping', [
    ship.leaf('@ShipCondition?', 'condition', oneOf('SC', 'SP'), { preset: 'SC', about: 'SC ship complete, SP ship partial' }),
    ship.leaf('@ShipModeFlag?', 'level', level, { preset: 'O', about: levelWords }),
    ship.leaf('RequestedShipDate?', 'requested', instant()),
    ship.leaf('ScheduledShipDate?', 'scheduled', instant()),
    ship.leaf('ActualShipDate?', 'actual', instant()),
  ]);

const invoice = () =>
  p.into('InvoiceInfo?', 'invoice', [bill.leaf('InvoiceDate?', 'date', instant()), bill.leaf('InvoiceValue', 'value', amount('222.05'))]);

const status20 = () => p.leaf('Status?', 'status', id('S', widths.orderStatus), { about: 'the status itself' });
const status30 = () =>
  p.group(
    'Status?',
    [
      p.leaf('@StatusCondition?', 'status', oneOf('C', 'S', 'SP', 'I', 'BP', 'X'), {
        preset: 'C',
        about: 'C confirmed, S shipped, SP shipped in part, I invoiced, BP billed in part, X cancelled',
      }),
      p.leaf('@StatusFlag?', 'statusFlag', level, { preset: 'O', about: levelWords }),
      p.leaf('.?', 'statusText', words('Partly shipped')),
    ],
    { about: 'a remark; the status itself is StatusCondition' },
  );

const tail = (): Nodes<Progress> => [
  p.leaf('Comment?', 'comment', words('First parcel handed to the carrier', widths.statusComment), { about: 'for people' }),
  p.list('CustomerField*', 'fields', words('17', widths.statusField)),
  userData(),
];

const partyParts = () => [
  party.leaf('AddressName', 'name', words('Tobe Okonkwo')),
  party.leaf('AddressLine1', 'line1', words('77 Signal Hill Road')),
  party.leaf('AddressLine2', 'line2', words('Apt 3')),
  party.leaf('City', 'city', words('Port Merrin')),
  party.leaf('State', 'state', words('NS')),
  party.leaf('ZipCode', 'postalCode', words('B3X 2T5')),
  party.leaf('Country', 'country', words('CA')),
];

const orderNumber = () =>
  o.pick(
    'OrderNumber+',
    'type',
    { ByWCS: ['orderId', id('12007')], ByBackend: ['merchantOrderNumber', id('SO-2024-00871', widths.merchantNumber)] },
    { preset: 'ByWCS' },
  );
const itemNumber = () =>
  i.pick(
    'ItemNumber+',
    'type',
    { ByWCS: ['orderItemId', id('45012')], ByBackend: ['merchantItemNumber', id('10', widths.merchantNumber)] },
    { preset: 'ByWCS' },
  );

const product = (): Nodes<OrderItemStatus> => [
  i.leaf('ProductNumberByMerchant?', 'partNumber', code('HP-LAMP-02', widths.partNumber), { about: 'a part number here' }),
  i.into('QuantityInfo?', 'quantities', [
    count.leaf('RequestedQuantity?', 'requested', quantity()),
    count.leaf('ConfirmedQuantity?', 'confirmed', quantity()),
    count.leaf('ShippedQuantity?', 'shipped', quantity()),
  ]),
  i.leaf('ItemUnitPrice?', 'unitPrice', amount('61.50')),
];

const serialization = () =>
  o.group('SerializationInfo?', [
    o.leaf('SequenceNumber?', 'sequenceNumber', code('0000000042', widths.sequenceNumber), {
      about: 'a status with one that is not newer changes nothing',
    }),
    o.leaf('LastUpdateTimestamp?', 'lastUpdateTime', instant()),
  ]);

const body20 = (): Nodes<OrderStatusInput> => [
  serialization(),
  o.group('OrderStatusHeader', [
    versioning(),
    orderNumber(),
    p.into('TotalPriceInfo?', 'totals', totals20()),
    status20(),
    placed(),
    shipping(),
    invoice(),
    ...tail(),
  ]),
  o.vector('OrderStatusItem*', 'items', [
    versioning(),
    itemNumber(),
    ...product(),
    p.into('TotalPriceInfo?', 'totals', totals20()),
    status20(),
    placed(),
    shipping(),
    invoice(),
    ...tail(),
  ]),
];

const body30 = (): Nodes<OrderStatusInput> => [
  serialization(),
  o.group('OrderStatusHeader', [
    versioning(),
    o.leaf('@UpdateMode?', 'updateMode', oneOf('C', 'P'), { preset: 'P', about: 'C: all items are here; P: some' }),
    orderNumber(),
    p.into('TotalPriceInfo?', 'totals', totals30()),
    status30(),
    placed(),
    shipping(),
    invoice(),
    o.leaf('OrderInfo?', 'orderInfo', words('Two parcels')),
    o.into('BillTo?', 'billTo', partyParts()),
    o.into('ShipTo?', 'shipTo', partyParts()),
    o.into('PurchaserInfo?', 'purchaser', partyParts()),
    ...tail(),
  ]),
  o.vector('OrderStatusItem*', 'items', [
    versioning(),
    itemNumber(),
    // The original passes it on for two of the four commands only; a serial number that was sent is worth keeping.
    i.leaf('SerialNumber?', 'serialNumber', words('SN-20417')),
    ...product(),
    p.into('TotalPriceInfo?', 'totals', totals30()),
    status30(),
    placed(),
    shipping(),
    invoice(),
    ...tail(),
  ]),
];

/** The child of DataArea selects the command; all four have the same content. */
const forms = (body: Nodes<OrderStatusInput>): Nodes<OrderStatusInput> => [
  o.choosing('command', {
    [orderConfirmStatus.name]: [o.group('OrderConfirm', body)],
    [orderShipStatus.name]: [o.group('OrderShipping', body)],
    [orderInvoiceStatus.name]: [o.group('OrderInvoice', body)],
    [orderUpdateStatus.name]: [o.group('OrderStatus', body)],
  }),
];

const frame = { verb: 'Update', noun: 'WCS_OrderStatus' };
const orderStatus20 = framed({ ...frame, version: '2.0', control: () => [credentials()] }, () => forms(body20()));
const orderStatus30 = framed({ ...frame, version: '3.0', control: () => [credentialsOfOrganization()] }, () => forms(body30()));

/** What a status element says in each form when only a remark is given. The schema says C for all of them. */
const presumed: Readonly<Record<string, string>> = { [orderShipStatus.name]: 'S', [orderInvoiceStatus.name]: 'I' };

function withStatus({ input, ...rest }: Envelope<OrderStatusInput>): Envelope<OrderStatusInput> {
  const status = presumed[rest.command ?? ''];
  if (status === undefined) return { ...rest, input };
  const items = input.items?.map((item) => remarked(item, status));
  return { ...rest, input: { ...remarked(input, status), ...(items === undefined ? {} : { items }) } };
}

function remarked<T extends Progress>(progress: T, status: string): T {
  const { statusText, statusFlag } = progress;
  return progress.status === undefined && (statusText ?? statusFlag) !== undefined ? { ...progress, status } : progress;
}

/** Version 2.0 has no place for some of the data. Writing refuses such data, except for status flags and the default update mode, which it leaves out. */
function to20({ input, ...rest }: Envelope<OrderStatusInput>): Envelope<OrderStatusInput> {
  const { updateMode, statusFlag: _flag, items, ...header } = input;
  const plain = items?.map(({ statusFlag: _itemFlag, ...item }) => item);
  return { ...rest, input: { ...header, ...(updateMode === 'C' ? { updateMode } : {}), ...(plain === undefined ? {} : { items: plain }) } };
}

const type = {
  name: 'Update_WCS_OrderStatus',
  direction: 'in',
  commands: [orderConfirmStatus, orderShipStatus, orderInvoiceStatus, orderUpdateStatus],
  summary: 'Tells the status of an order: confirmed, shipped, invoiced, or anything else that a back end has to say.',
} as const;

export const orderStatusBindings = [
  bind({ type: { ...type, version: '2.0' }, message: orderStatus20, prepare: to20 }),
  bind({ type: { ...type, version: '3.0' }, message: orderStatus30, prepare: withStatus }),
];
