import {
  catalogPublished,
  documentNoteStatus,
  procurementDescribe,
  punchoutSetUp,
  purchaseOrderAskStatus,
  purchaseOrderConfirmed,
  purchaseOrderInvoiced,
  purchaseOrderProgressed,
  purchaseOrderShipped,
  purchaseOrderSubmit,
} from '@waybill/commerce';
import { type MessageType, type MessageTypeRef, typeName } from '@waybill/contract';
import { documents } from '@waybill/cxml';
import { errors } from './errors.ts';

/** What the version of a cXML document is called here: all of the 1.2 line is read, and an entry says which of it is written. */
const version = '1.2';
/** A StatusUpdateRequest goes both ways, and a name with a version is one direction. */
const sent = '1.2-sent';

const answer = (name: string): MessageTypeRef => ({ name, version });

type Entry = Omit<MessageType, 'version' | 'fields' | 'sample' | 'grammar'> & { readonly version?: string };

/** Every document of the pack, as reference/procurement-messages.md has it in section 1. */
const entries: readonly Entry[] = [
  {
    name: 'ProfileRequest',
    direction: 'in',
    summary: 'Asks which documents the supplier takes, and where; also a sign of life.',
    commands: [procurementDescribe],
    reply: answer('ProfileResponse'),
  },
  { name: 'ProfileResponse', direction: 'out', summary: 'Answers with the documents that are taken, or says why not.' },
  {
    name: 'PunchOutSetupRequest',
    direction: 'in',
    summary: 'Asks for a session in which somebody shops: a new cart, or one to change or to look at.',
    commands: [punchoutSetUp],
    reply: answer('PunchOutSetupResponse'),
  },
  { name: 'PunchOutSetupResponse', direction: 'out', summary: 'Answers with the address at which the browser starts.' },
  {
    name: 'PunchOutOrderMessage',
    direction: 'out',
    summary: 'Brings a cart back to the buyer, through the browser and not through an entry.',
  },
  {
    name: 'OrderRequest',
    direction: 'in',
    summary: 'Orders, replaces an order by its new state, or takes it back.',
    commands: [purchaseOrderSubmit],
    reply: answer('Response'),
  },
  {
    name: 'OrderStatusRequest',
    direction: 'in',
    summary: 'Asks how far an order has come; a confirmation answers it.',
    commands: [purchaseOrderAskStatus],
    reply: answer('Response'),
  },
  {
    name: 'StatusUpdateRequest',
    direction: 'in',
    summary: 'Tells what became of a document at the buyer, such as an invoice.',
    commands: [documentNoteStatus],
    reply: answer('Response'),
  },
  { name: 'Response', direction: 'out', summary: 'Says what became of a document: done, queued, or refused and why.' },
  {
    name: 'StatusUpdateRequest',
    version: sent,
    direction: 'out',
    summary: 'Tells the buyer what became of an order that was only queued when it came.',
    event: purchaseOrderProgressed,
  },
  {
    name: 'ConfirmationRequest',
    direction: 'out',
    summary: 'Accepts, changes or refuses an order, as a whole or line by line.',
    event: purchaseOrderConfirmed,
  },
  { name: 'ShipNoticeRequest', direction: 'out', summary: 'Tells what of an order was shipped, and how.', event: purchaseOrderShipped },
  { name: 'InvoiceDetailRequest', direction: 'out', summary: 'Asks for money, or gives some back.', event: purchaseOrderInvoiced },
  { name: 'CatalogUploadRequest', direction: 'out', summary: 'Hands the buyer a catalog, as an attachment.', event: catalogPublished },
];

/** A status update is described twice: as a buyer sends it, and as a supplier does. */
function described({ name, event }: Entry): (typeof documents)[number] | undefined {
  const found = documents.filter(({ type }) => type === name);
  return found.find(({ holds }) => holds === (event === undefined ? 'command' : 'event')) ?? found[0];
}

/** Every message type of the pack, with the tables, samples and grammars that `@waybill/cxml` has for its document. */
export const types: readonly MessageType[] = entries.map((entry) => {
  const about = described(entry);
  const tables = about === undefined ? {} : { fields: about.fields, sample: about.sample, grammar: about.grammar };
  return { version, ...entry, ...tables };
});

const byName = new Map(types.map((type) => [typeName(type), type]));

/** Throws a final `MessageError` `WB_PROCUREMENT_UNKNOWN_TYPE` for a type of another pack. */
export function typeOf(ref: MessageTypeRef): MessageType {
  const found = byName.get(typeName(ref));
  if (found !== undefined) return found;
  const hint = types.some(({ name }) => name === ref.name) ? `Its version is ${version}.` : undefined;
  throw errors.WB_PROCUREMENT_UNKNOWN_TYPE(`The procurement pack has no message ${typeName(ref)}.`, { hint });
}

/** The type of a document by the name of its element; undefined for documents that the pack does not have. */
export function typeNamed(name: string, isSent = false): MessageTypeRef | undefined {
  const found = byName.get(typeName({ name, version: isSent ? sent : version })) ?? byName.get(typeName({ name, version }));
  return found && { name: found.name, version: found.version };
}
