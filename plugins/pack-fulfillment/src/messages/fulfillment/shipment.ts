import { type ShipmentInput, type ShippedProduct, shipmentConfirm, widths } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { bind } from '../../binding.ts';
import { credentials, framed } from '../../envelope.ts';
import { amount, bit, id, instant, partNumber, quantity } from '../../parts.ts';
import { type ResponseStatus, responseStatus } from './response-status.ts';

// Create_WCS_ShipmentConfirmation 1.0 and 2.0, and Response_WCS_CreateShipConfirm 1.0: reference/fulfillment-messages.md, sections 6.12 and 6.13.

/** What the answer says of a package: which release it belongs to, and which id was given. */
export interface ShipmentReply
  extends ResponseStatus,
    Partial<Pick<ShipmentInput, 'orderId' | 'merchantOrderNumber' | 'releaseNumber' | 'packageId'>> {
  readonly shipmentId?: string | undefined;
}

type Component = NonNullable<ShippedProduct['components']>[number];
type SerialNumber = NonNullable<ShippedProduct['serialNumbers']>[number];

const i = mapping<ShipmentInput>();
const cost = mapping<ShipmentInput['costs']>();
const weight = mapping<ShipmentInput['weight']>();
const p = mapping<ShippedProduct>();
const part = mapping<Component>();
const serial = mapping<SerialNumber>();
const numbered = mapping<Pick<Component, 'serialNumbers'>>();
const named = mapping<Pick<ShipmentInput, 'orderId' | 'merchantOrderNumber'>>();
const r = mapping<ShipmentReply>();

const orderNumbers = {
  ByWCS: ['orderId', id('12007')],
  ByBackend: ['merchantOrderNumber', id('SO-2024-00871', widths.merchantNumber)],
} as const;
const byWcs = { preset: 'ByWCS' };
const releaseNumber = id('1');
const packageId = id('PKG-000417', widths.packageId);

const shipment = (): Nodes<ShipmentInput> => [
  i.leaf('@UpdateManifestStatus?', 'updatesRelease', bit, {
    preset: false,
    about: '1: the goods have left, and with the last of them the release; 0: only the package is recorded',
  }),
  i.leaf('ShipModeID', 'shipModeId', id('10703')),
  named.pick('OrderNumber', 'type', orderNumbers, byWcs),
  i.leaf('OrderReleaseNum', 'releaseNumber', releaseNumber, { about: 'the release within its order' }),
  i.leaf('PackageID?', 'packageId', packageId),
  i.leaf('TrackingID?', 'trackingId', id('NL93300121CA', widths.trackingId)),
  i.leaf('PickUpRecordID?', 'pickupRecordId', id('PU-0314-07', widths.pickupRecordId)),
  i.leaf('ActualShipDate', 'shipped', instant('2024-03-14T15:55:00')),
  i.into('ShippingCosts', 'costs', [
    cost.leaf('@currency', 'currency', id('CAD', widths.costCurrency)),
    cost.leaf('.', 'amount', amount('9.85')),
  ]),
  i.into('Weight', 'weight', [
    weight.leaf('@measure', 'measure', id('KGM', widths.weightMeasure)),
    weight.leaf('.', 'value', quantity('2.4')),
  ]),
];

const serialNumbers = () =>
  numbered.vector('SerialNumber*', 'serialNumbers', [
    serial.leaf('@Code', 'code', id('LMP-88401')),
    // The original does not pass it on; how many pieces have a number is worth keeping.
    serial.leaf('@Quantity?', 'quantity', quantity('1')),
  ]);

const products = () =>
  i.vector(
    'Product*',
    'products',
    [
      p.leaf('@SKU', 'partNumber', partNumber),
      p.leaf('@OrderItemsId?', 'orderItemId', id('45012'), { about: 'the item of the order' }),
      p.vector('Component*', 'components', [
        part.leaf('@SKU', 'partNumber', id('HP-CLEAT-4', widths.partNumber)),
        part.leaf('@Component_Id?', 'componentId', id('9102')),
        serialNumbers(),
      ]),
      serialNumbers(),
    ],
    { about: 'what is in the package; without it, all of the release that has not left yet' },
  );

const frame = { verb: 'Create', noun: 'WCS_ShipmentConfirmation', command: shipmentConfirm.name, control: () => [credentials()] };
const shipment10 = framed<ShipmentInput>({ ...frame, version: '1.0' }, () => [i.group('ShipmentConfirmation', shipment())]);
const shipment20 = framed<ShipmentInput>({ ...frame, version: '2.0' }, () => [
  i.group('ShipmentConfirmation', [...shipment(), products()]),
]);

const answer = framed<ShipmentReply>(
  {
    verb: 'Response',
    noun: 'CreateShipConfirm',
    root: 'Response_WCS_CreateShipConfirm',
    version: '1.0',
    command: shipmentConfirm.name,
    control: () => [credentials()],
  },
  () => [
    r.group('ShipmentConfirmation', [
      responseStatus(),
      r.leaf('ManifestID?', 'shipmentId', id('81002'), { about: 'the id of the package in the store, with OK' }),
      named.pick('OrderNumber?', 'type', orderNumbers, byWcs),
      r.leaf('OrderReleaseNum?', 'releaseNumber', releaseNumber),
      r.leaf('PackageID?', 'packageId', packageId),
    ]),
  ],
);

const reply = { name: 'Response_WCS_CreateShipConfirm', version: '1.0' } as const;
const type = {
  name: 'Create_WCS_ShipmentConfirmation',
  direction: 'in',
  commands: [shipmentConfirm],
  reply,
  summary: 'Reports a package of a release.',
} as const;

export const shipmentBindings = [
  bind({ type: { ...type, version: '1.0' }, message: shipment10 }),
  bind({ type: { ...type, version: '2.0' }, message: shipment20 }),
  bind({
    type: { ...reply, direction: 'out', summary: 'Answers with the id of a package, or says why it was not recorded.' },
    message: answer,
  }),
];
