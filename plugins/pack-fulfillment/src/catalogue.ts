import {
  type ComposeContext,
  type Draft,
  type MessageError,
  type MessageTypeRef,
  type ReadableMessage,
  type ReadMessage,
  typeName,
} from '@waybill/contract';
import { readXml, sniffRoot } from '@waybill/xml';
import { type Binding, readMessage } from './binding.ts';
import { encodeDocument } from './document-encoding.ts';
import type { Envelope } from './envelope.ts';
import { errors } from './errors.ts';
import { withSurplus } from './lenient.ts';
import { availabilityBindings } from './messages/availability.ts';
import { createCustomerBindings } from './messages/customers/create.ts';
import { ncCustomerBindings } from './messages/customers/nc-customer.ts';
import { updateCustomerBindings } from './messages/customers/update.ts';
import { batchAvailabilityBinding } from './messages/distributors/batch-availability.ts';
import { quotationBinding } from './messages/distributors/quotation.ts';
import { requestBindings } from './messages/distributors/requests.ts';
import { transferBinding } from './messages/distributors/transfer.ts';
import { errorBinding } from './messages/error.ts';
import { adjustmentBindings } from './messages/fulfillment/adjustment.ts';
import { expectedRecordBindings } from './messages/fulfillment/expected-record.ts';
import { pickBatchBindings } from './messages/fulfillment/pick-batch.ts';
import { pickListBindings } from './messages/fulfillment/pick-list.ts';
import { receiptBindings } from './messages/fulfillment/receipt.ts';
import { shipmentBindings } from './messages/fulfillment/shipment.ts';
import { ncOrderStatusBinding } from './messages/orders/nc-order-status.ts';
import { orderStatusBindings } from './messages/orders/order-status.ts';
import { ncProductPriceBinding } from './messages/prices/nc-product-price.ts';
import { productPriceBinding } from './messages/prices/product-price.ts';
import { productInventoryBindings } from './messages/product-inventory.ts';
import { purchaseOrderBinding } from './messages/purchase-order/message.ts';
import type { Options, Writing } from './options.ts';
import { verbOf } from './verb.ts';

/** Every message of the pack. */
export const bindings: readonly Binding[] = [
  ...orderStatusBindings,
  ncOrderStatusBinding,
  ...createCustomerBindings,
  ...updateCustomerBindings,
  ...ncCustomerBindings,
  productPriceBinding,
  ncProductPriceBinding,
  ...productInventoryBindings,
  ...expectedRecordBindings,
  ...receiptBindings,
  ...adjustmentBindings,
  ...pickBatchBindings,
  ...pickListBindings,
  ...shipmentBindings,
  purchaseOrderBinding,
  ...availabilityBindings,
  ...requestBindings,
  quotationBinding,
  transferBinding,
  batchAvailabilityBinding,
  errorBinding,
];

/** By name, then by version; maps keep the order. */
const byName = new Map<string, Map<string, Binding>>();
for (const binding of bindings) {
  const { name, version } = binding.type;
  const versions = byName.get(name);
  if (versions === undefined) byName.set(name, new Map([[version, binding]]));
  else versions.set(version, binding);
}

const question = 'Request_WCS_BE_ProductInventory';
/** The name of a type, but of no root element: question and answer have the same root and version, and only the verb differs. */
const answer = `${question}_Reply`;

/**
 * The message type by the name and version of the root element (reference/fulfillment-messages.md, section 2.1). The schemas fix the version, so
 * that a sender may leave it to them: then the name of the DTD in the DOCTYPE tells which schema that is.
 * Undefined for roots of others. Throws a final `MessageError` `WB_MESSAGE_VERSION_UNKNOWN` for a root of ours whose
 * version is missing or not one of ours: `undefined` would say that no pack knows such a message.
 */
export function recognise({ body }: ReadableMessage): MessageTypeRef | undefined {
  const beginning = sniffRoot(body);
  if (beginning === undefined) return undefined;
  const { root, attributes, systemId } = beginning;
  const versions = byName.get(root);
  if (versions === undefined || root === answer) return undefined;
  const unversioned = versionWithoutSchema(versions);
  if (unversioned !== undefined) return { name: root, version: unversioned };
  const version = attributes['version'] ?? versionOf(systemId, versions);
  if (version === undefined || !versions.has(version)) throw unknownVersion(root, version, versions.keys());
  return { name: root === question && verbOf(body) === 'Reply' ? answer : root, version };
}

/** Errors and the questions to distributors have no schema, which would fix a version, and so their documents name none. */
function versionWithoutSchema(versions: ReadonlyMap<string, Binding>): string | undefined {
  return [...versions].find(([, { message }]) => message.systemId === undefined)?.[0];
}

/** The version whose DTD this is, whatever folder or server it is said to be in. */
function versionOf(systemId: string | undefined, versions: ReadonlyMap<string, Binding>): string | undefined {
  const file = systemId?.replace(/^.*[/\\]/s, '');
  return [...versions].find(([, { message }]) => message.systemId === file)?.[0];
}

function unknownVersion(root: string, version: string | undefined, known: Iterable<string>): MessageError {
  const says =
    version === undefined
      ? `The message ${root} does not say its version.`
      : `The message ${root} has no version "${version.slice(0, 32)}".`;
  return errors.WB_MESSAGE_VERSION_UNKNOWN(says, { at: `${root}@version`, hint: `Known versions: ${[...known].join(', ')}.` });
}

export function read(ref: MessageTypeRef, { body }: ReadableMessage, options: Options): ReadMessage {
  const binding = bindingOf(ref);
  const { value, surplus } = readXml(binding.message, body, options);
  const read = readMessage(binding, value);
  return surplus === undefined ? read : withSurplus(read, binding, surplus, options);
}

/** Throws a final `MessageError` where the data has not the shape that the message needs. */
export function compose(ref: MessageTypeRef, data: unknown, context: ComposeContext<Writing>): Draft {
  const binding = bindingOf(ref);
  const { encoding } = context.options;
  const document = binding.message.write(envelopeFor(binding, data, context));
  const body = encoding === 'utf-8' ? document : encodeDocument(document, encoding);
  return { body, contentType: `application/xml; charset=${encoding}`, type: ref.name };
}

/**
 * What a message is written from. Callers may hand in data of any shape: an inbound message is composed from `{ command, input, credentials? }`, an event or
 * a reply from its data. What a mapping of ours cannot look into fails with an error of this pack.
 */
function envelopeFor(binding: Binding, data: unknown, context: ComposeContext<Writing>): Envelope {
  const { type, prepare } = binding;
  const envelope = type.direction === 'in' ? data : { input: data, credentials: type.event && context.options.credentials };
  if (!isEnvelope(envelope)) throw badData(binding);
  const { command, input, credentials } = envelope;
  return shaped(binding, () => prepare?.({ command, input, credentials }, context) ?? { command, input, credentials });
}

/** What `make` makes for a message. Throws a final `MessageError` where it meets data that has not the shape that it needs. */
export function shaped<Made>(binding: Binding, make: () => Made): Made {
  try {
    return make();
  } catch (cause) {
    throw cause instanceof TypeError ? badData(binding, cause) : cause;
  }
}

function isEnvelope(data: unknown): data is Envelope {
  return typeof data === 'object' && data !== null && 'input' in data && typeof data.input === 'object' && data.input !== null;
}

/** The error for data that a message cannot be written from. */
export function badData({ type }: Binding, cause?: TypeError): MessageError {
  const { event, commands = [] } = type;
  const meaning = event?.name ?? commands.map(({ name }) => name).join(', ');
  const says = `The data for ${typeName(type)} does not have the shape of ${meaning || 'its reply'}.`;
  return errors.WB_FULFILLMENT_BAD_DATA(says, cause === undefined ? {} : { cause });
}

/** The binding of a message type. Throws a final `MessageError` `WB_FULFILLMENT_UNKNOWN_TYPE` for a type of another pack. */
export function bindingOf(ref: MessageTypeRef): Binding {
  const versions = byName.get(ref.name);
  const binding = versions?.get(ref.version);
  if (binding !== undefined) return binding;
  const hint = versions && `Known versions of ${ref.name}: ${[...versions.keys()].join(', ')}.`;
  throw errors.WB_FULFILLMENT_UNKNOWN_TYPE(`The fulfillment pack has no message ${typeName(ref)}.`, { hint });
}
