import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { ignored, mapping, type Nodes } from '@waybill/mapping';
import { oneOf, text } from '@waybill/values';
import { defineDocument } from '../envelope/definition.ts';
import { address, asAddress } from '../parts/address.ts';
import { asCharge, charge } from '../parts/charge.ts';
import { comment } from '../parts/comment.ts';
import { asContact, contact } from '../parts/contact.ts';
import { extrinsic } from '../parts/extrinsic.ts';
import { money } from '../parts/money.ts';
import { id, number, words, written, yes } from '../parts/texts.ts';
import { asOrderLine, numbered } from './order-line.ts';
import { isAfter } from './version.ts';
import { itemOut } from './wire-line.ts';

type Order = PurchaseOrderSubmitInput;

const o = mapping<Order>();
const c = mapping<NonNullable<Order['card']>>();

const attributes = (): Nodes<Order> => [
  o.leaf('@orderID', 'orderId', id('PO-70331')),
  o.leaf('@orderDate', 'ordered', written()),
  o.leaf('@type?', 'type', oneOf('new', 'update', 'delete'), { preset: 'new' }),
  o.leaf('@orderType?', 'orderType', oneOf('regular', 'blanket', 'release', 'stockTransport', 'stockTransportRelease'), {
    preset: 'regular',
  }),
  o.leaf('@orderVersion?', 'version', words('1')),
  o.leaf('@requisitionID?', 'requisitionId', words('PR-5521')),
  o.leaf('@agreementID?', 'agreementId', words('AG-1207')),
  o.leaf('@effectiveDate?', 'effective', written('2026-10-01T00:00:00-04:00')),
  o.leaf('@expirationDate?', 'expires', written('2026-12-31T23:59:59-05:00')),
  o.leaf('@requestedDeliveryDate?', 'requestedDelivery', written('2026-10-05')),
  o.leaf('@shipComplete?', 'shipComplete', yes),
  ignored('@isInternalVersion?'),
  ignored('@releaseRequired?'),
  ignored('@parentAgreementID?'),
  ignored('@parentAgreementPayloadID?'),
  ignored('@agreementPayloadID?'),
  ignored('@isSTOOutbound?'),
  ignored('@pickUpDate?'),
];

const payment = (): Nodes<Order> => [
  o.group('Payment?', [
    o.into('PCard', 'card', [
      c.leaf('@number', 'number', text({ min: 1, trim: true, secret: true, example: '4111111111111111' })),
      c.leaf('@expiration', 'expires', words('2028-03-31')),
      c.leaf('@name?', 'holder', words('Dana Okafor')),
    ]),
  ]),
  o.group('PaymentTerm?', [o.leaf('@payInNumberOfDays', 'paymentDays', number('30'))]),
];

const header = (): Nodes<Order> => [
  ...attributes(),
  o.group('Total', [o.into('Money', 'total', money())]),
  o.group('ShipTo?', [o.turned('Address', 'shipTo', asAddress, address())]),
  o.group('BillTo?', [o.turned('Address', 'billTo', asAddress, address())]),
  o.turned('Shipping?', 'shipping', asCharge, charge()),
  o.turned('Tax?', 'tax', asCharge, charge()),
  ...payment(),
  o.turnedList('Contact*', 'contacts', asContact, contact()),
  o.vector('Comments*', 'comments', comment()),
  o.group('Followup?', [o.group('URL', [ignored('@name?'), o.leaf('.', 'followUp', id('https://buy.larkfield.example/cxml/status'))])]),
  o.group('DocumentReference?', [o.leaf('@payloadID', 'replaces', id('1790000100.4711.100100@buy.larkfield.example'))]),
  o.vector('Extrinsic*', 'extrinsics', extrinsic()),
];

/** A purchase order: reference/procurement-messages.md, section 3.7. */
export const orderRequest = defineDocument<Order>({
  kind: 'request',
  type: 'OrderRequest',
  module: 'cXML',
  summary: 'Orders, replaces an order, or takes it back.',
  holds: 'command',
  nodes: () => [o.group('OrderRequestHeader', header()), o.turnedList('ItemOut+', 'lines', asOrderLine, itemOut())],
  afterRead: (order) => withoutFalse({ ...order, lines: numbered(order.lines) }),
  beforeWrite: (order, version) => (isAfter(version, '1.2.050') ? withoutFalse(order) : withoutLater(withoutFalse(order))),
});

/** The DTD knows `yes` alone. */
function withoutFalse({ shipComplete, ...order }: Order): Order {
  return shipComplete === true ? { ...order, shipComplete } : order;
}

/** Came after 1.2.050 (reference/procurement-messages.md, section 3.1). */
function withoutLater(order: Order): Order {
  if (!Array.isArray(order.lines) || order.lines.every(({ operation }) => operation === undefined)) return order;
  return { ...order, lines: order.lines.map(({ operation: _, ...line }) => line) };
}
