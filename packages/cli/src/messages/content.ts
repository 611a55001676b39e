import type { EventDefinition, JournalEntry, Message, MessagePackDefinition, MessageType, ReadMessage, TSchema } from '@waybill/contract';
import { masked, maskTagged, type RecipientState, recipientStates, type Tag, taggedValues } from '@waybill/contract/host';
import { inspectMessage } from '@waybill/plugin-host';
import { meaningOf } from '../commands/decode.ts';
import { codeOf, type OpenDesk } from '../desk/open-desk.ts';

const hidden: readonly Tag[] = ['secret', 'personal'];

/** What a message stands for, as far as its pack can tell. */
export interface Content {
  /** As `waybill decode` shows it. */
  readonly meaning?: object;
  /** Why there is none. */
  readonly unread?: string;
  /** Every value in it that is secret or personal. */
  readonly tagged: readonly string[];
}

/** `isRevealed`: secret and personal values are shown. */
export function contentOf(shown: JournalEntry, open: Pick<OpenDesk, 'manifest' | 'packs'>, isRevealed: boolean): Content {
  const { message, uncomposed } = shown;
  if (message === undefined) return { unread: 'the journal has no body of it', tagged: [] };
  try {
    return uncomposed ? contentOfEvent(shown, message, open.packs, isRevealed) : contentOfMessage(shown, message, open, isRevealed);
  } catch (error) {
    return { unread: `it cannot be read (${codeOf(error)})`, tagged: [] };
  }
}

function contentOfMessage(
  { direction, entry }: JournalEntry,
  message: Message,
  { manifest, packs }: Pick<OpenDesk, 'manifest' | 'packs'>,
  isRevealed: boolean,
): Content {
  const inbound = direction === 'in' ? manifest.inbound.find(({ name }) => name === entry) : undefined;
  const outbound = direction === 'out' ? manifest.outbound.find(({ name }) => name === entry) : undefined;
  const found = inspectMessage(packs, message, { encoding: inbound?.encoding, options: inbound?.packs, writing: outbound?.packs });
  if (!found) return { unread: 'no message pack of the manifest knows it', tagged: [] };
  const read = found.read();
  const schema = schemaOf(found.type, read);
  if (!schema && !isRevealed) return { unread: 'no schema says what in it is secret or personal; --reveal shows it', tagged: [] };
  const meaning = meaningOf(found.type, { read, tags: isRevealed ? [] : hidden });
  return { meaning, tagged: schema ? taggedValues(schema, read.input, hidden) : [] };
}

function schemaOf(type: MessageType, { command }: ReadMessage): TSchema | undefined {
  return type.event?.data ?? type.commands?.find(({ name }) => name === command)?.input;
}

/** A leg that could not be composed has the data of its event instead of a body. */
function contentOfEvent({ event }: JournalEntry, { body }: Message, packs: readonly MessagePackDefinition[], isRevealed: boolean): Content {
  const known = packs.flatMap(({ messages }) => messages).find((type) => type.event?.name === event)?.event;
  if (!known) return { unread: `no message pack of the manifest knows the event ${event}`, tagged: [] };
  return meaningOfEvent(known, JSON.parse(new TextDecoder().decode(body)) as unknown, isRevealed);
}

function meaningOfEvent({ name, data: schema }: EventDefinition, data: unknown, isRevealed: boolean): Content {
  const tagged = taggedValues(schema, data, hidden);
  return { meaning: { event: name, data: isRevealed ? data : maskTagged(schema, data, hidden) }, tagged };
}

/** What no schema describes may tell of a person, too: the values of properties, and the addresses of recipients. */
export function withoutPersons(shown: JournalEntry, tagged: readonly string[]): JournalEntry {
  const { message, reply, recipients, reports, failures, businessKeys, reason, detail } = shown;
  const hide = hidingAddresses(shown);
  const values = new Set(tagged);
  const mask = (one: string): string => (values.has(one) ? masked : one);
  const keys = Object.entries(businessKeys).map(([name, value]) => [name, typeof value === 'string' ? mask(value) : value.map(mask)]);
  return {
    ...shown,
    message: message && withoutProperties(message),
    reply: reply && withoutProperties(reply),
    reason: hide(reason),
    detail: hide(detail),
    failures: failures.map((one) => ({ ...one, reason: hide(one.reason) })),
    recipients: recipients?.map((one) => ({ ...one, address: masked, detail: hide(one.detail) })),
    reports: reports.map((one) => ({ ...one, recipient: one.recipient && masked, detail: hide(one.detail) })),
    businessKeys: Object.fromEntries(keys) as JournalEntry['businessKeys'],
  };
}

/** What is known of each recipient. Their addresses tell of a person. */
export function recipientsOf(shown: JournalEntry, isRevealed: boolean): readonly RecipientState[] {
  const states = recipientStates(shown);
  const hide = hidingAddresses(shown);
  return isRevealed ? states : states.map((one) => ({ ...one, address: one.address && masked, detail: hide(one.detail) }));
}

/** Far sides repeat an address in what they say of it: hides those that are known in any text. */
export function hidingAddresses({ recipients = [], reports }: JournalEntry): <Text extends string | undefined>(text: Text) => Text {
  const known = [...recipients.map(({ address }) => address), ...reports.map(({ recipient = '' }) => recipient)];
  const addresses = known.filter((one) => one.includes('@')).toSorted((one, other) => other.length - one.length);
  if (addresses.length === 0) return (text) => text;
  const pattern = new RegExp(addresses.map((one) => one.replaceAll(/[^\w@]/g, '\\$&')).join('|'), 'gi');
  return (text) => text?.replaceAll(pattern, masked) as typeof text;
}

function withoutProperties(message: Message): Message {
  return { ...message, properties: Object.fromEntries(Object.keys(message.properties).map((name) => [name, masked])) };
}
