import { type CardSchemas, cardSchemas, type JsonSchema } from './card-schemas.ts';
import type { AnyJournal } from './journal/journal.ts';
import { typeName } from './message/message.ts';
import type { MessagePackDefinition } from './message-pack.ts';
import { isDefinition } from './plugin.ts';
import type { ReceiveGuarantees, SendGuarantees } from './transport/guarantees.ts';
import type { AnyTransport, EndpointRules } from './transport/transport.ts';

interface CardBase {
  /** The contract version of the plugin. */
  readonly contract: number;
  readonly name: string;
  readonly summary: string;
}

export interface TransportCard extends CardBase {
  readonly kind: 'transport';
  readonly connection: JsonSchema;
  readonly unique?: readonly string[];
  readonly receive?: { readonly endpoint: JsonSchema; readonly guarantees: ReceiveGuarantees; readonly rules?: EndpointRules };
  readonly send?: { readonly endpoint: JsonSchema; readonly guarantees: SendGuarantees; readonly rules?: EndpointRules };
}

export interface CardMessage {
  readonly name: string;
  readonly version: string;
  readonly direction: 'in' | 'out';
  readonly summary: string;
  readonly commands?: readonly string[];
  readonly event?: string;
  /** `Name@version` */
  readonly reply?: string;
}

export interface MessagePackCard extends CardBase {
  readonly kind: 'message-pack';
  /** What an inbound entry can set for the pack. */
  readonly options?: JsonSchema;
  /** What an outbound entry can set for it. */
  readonly writing?: JsonSchema;
  readonly messages: readonly CardMessage[];
  /** Summaries of the commands and events that the messages bind, by name. */
  readonly commands: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<string, string>>;
  /** What the commands take and the events tell, by name, for those who map further messages to them. */
  readonly schemas?: Readonly<Record<string, CardSchemas>>;
}

export interface JournalCard extends CardBase {
  readonly kind: 'journal';
  readonly settings: JsonSchema;
}

/** `waybill.plugin.json`: what a plugin is and what it accepts, readable without running its code. */
export type Card = TransportCard | MessagePackCard | JournalCard;

/** The card of a definition. Throws a `TypeError` when `definition` is not a transport, a message pack or a journal. */
export function cardOf(definition: unknown): Card {
  if (isDefinition(definition, 'transport')) return transportCard(definition as AnyTransport);
  if (isDefinition(definition, 'message-pack')) return packCard(definition as MessagePackDefinition);
  if (isDefinition(definition, 'journal')) return journalCard(definition as AnyJournal);
  throw new TypeError('A plugin default-exports what defineTransport, defineMessagePack or defineJournal returned.');
}

/** The text of `waybill.plugin.json`. Schemas stand in a line each: they are long, and nobody reads them. */
export function cardText(card: Card): string {
  const schemas = card.kind === 'message-pack' ? (card.schemas ?? {}) : {};
  const lines = Object.entries(schemas).map(([name, each]) => `    ${JSON.stringify(name)}: ${JSON.stringify(each)}`);
  if (lines.length === 0) return `${JSON.stringify(card, null, 2)}\n`;
  const rest = JSON.stringify({ ...card, schemas: undefined }, null, 2);
  return `${rest.slice(0, -2)},\n  "schemas": {\n${lines.join(',\n')}\n  }\n}\n`;
}

function transportCard(transport: AnyTransport): TransportCard {
  const { contract, kind, name, summary, connection, unique, receive, send } = transport;
  return plain({
    contract,
    kind,
    name,
    summary,
    connection,
    unique,
    receive: receive && { endpoint: receive.endpoint, guarantees: receive.guarantees, rules: receive.rules },
    send: send && { endpoint: send.endpoint, guarantees: send.guarantees, rules: send.rules },
  });
}

function packCard(pack: MessagePackDefinition): MessagePackCard {
  const { contract, kind, name, summary, options, writing, messages } = pack;
  const commands = messages.flatMap((type) => type.commands ?? []).map((command) => [command.name, command.summary]);
  const events = messages.flatMap((type) => type.event ?? []).map((event) => [event.name, event.summary]);
  return plain({
    contract,
    kind,
    name,
    summary,
    options,
    writing,
    messages: messages.map((type) => ({
      name: type.name,
      version: type.version,
      direction: type.direction,
      summary: type.summary,
      commands: type.commands?.map((command) => command.name),
      event: type.event?.name,
      reply: type.reply && typeName(type.reply),
    })),
    commands: Object.fromEntries(commands),
    events: Object.fromEntries(events),
    schemas: cardSchemas(pack),
  });
}

function journalCard(journal: AnyJournal): JournalCard {
  const { contract, kind, name, summary, settings } = journal;
  return plain({ contract, kind, name, summary, settings });
}

/** What is left of a value as JSON: no functions, no symbols, no undefined. */
function plain(value: unknown): never {
  return JSON.parse(JSON.stringify(value)) as never;
}
