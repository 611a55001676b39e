import type { EndpointRules } from '@waybill/contract';
import type { Card, JsonSchema, MessagePackCard, TransportCard } from '@waybill/contract/host';
import { guaranteeRows } from './guarantee-rows.ts';
import { code, table } from './markdown.ts';
import { type SettingRow, settingRows } from './setting-rows.ts';

/** The tables of a plugin, as Markdown, by the name of the README marker that they go to. What a plugin has no use for is missing. */
export interface CardTables {
  readonly guarantees?: string;
  readonly settings?: string;
  readonly messages?: string;
  readonly commands?: string;
  /** What an inbound entry can set for a pack. */
  readonly options?: string;
}

/** What the contract asks of every journal, and the shared suite proves. */
const journalGuarantees = [
  ['durable', 'When a step has been confirmed, it survives a crash of the process and of the machine.'],
  ['atomic', 'A step happens as a whole or not at all: done mark, reply and everything published go together.'],
  ['repeatable', 'A step whose outcome is unknown can be repeated without a second effect.'],
  ['leased', 'What one process has in hand is handed to no other, until it is done with, its lease is over or the process has died.'],
  ['in order', 'What is due is handed out in the order in which it was recorded.'],
  ['kept', 'What waits or is parked is never forgotten; what is done is remembered for as long as `keep` says.'],
];

/** All tables that follow from a card. */
export function cardTables(card: Card): CardTables {
  switch (card.kind) {
    case 'transport': {
      const rows = guaranteeRows(card).map(({ side, name, value, means }) => [side, code(name), value, means]);
      return { guarantees: table(['side', 'guarantee', 'kept', 'what it means'], rows), settings: transportSettings(card) };
    }
    case 'journal':
      return {
        guarantees: table(['guarantee', 'what it means'], journalGuarantees),
        settings: section('In the `journal` block', card.settings),
      };
    case 'message-pack':
      return {
        messages: messageTable(card),
        commands: commandTable(card),
        ...(card.options || card.writing ? { options: packOptions(card) } : {}),
      };
  }
}

function transportSettings(card: TransportCard): string {
  return [
    section('Of a connection', card.connection, card.unique ? [`No two connections have the same ${list(card.unique)}.`] : []),
    ...(card.receive ? [section('Of an inbound entry', card.receive.endpoint, ruleSentences('inbound', card.receive.rules))] : []),
    ...(card.send ? [section('Of an outbound entry', card.send.endpoint, ruleSentences('outbound', card.send.rules))] : []),
  ].join('\n\n');
}

function packOptions({ name, options, writing }: MessagePackCard): string {
  return [
    ...(options
      ? [
          section(
            `In an inbound entry, under \`packs.${name}\`, and for the replies to requests in an outbound entry, under \`replies.${name}\``,
            options,
          ),
        ]
      : []),
    ...(writing ? [section(`In an outbound entry, under \`packs.${name}\``, writing)] : []),
  ].join('\n\n');
}

/** The rules of one side of a transport, a sentence each. */
function ruleSentences(side: 'inbound' | 'outbound', { unique, needs }: EndpointRules = {}): readonly string[] {
  return [
    ...(unique ? [`No two ${side} entries of one connection have the same ${list(unique)}.`] : []),
    ...(needs ? [`The connection needs ${list(needs)}.`] : []),
  ];
}

function list(keys: readonly string[]): string {
  return keys.map(code).join(' and ');
}

function section(title: string, schema: JsonSchema, rules: readonly string[] = []): string {
  const rows = settingRows(schema);
  return [`**${title}**`, rows.length === 0 ? 'No settings.' : settingTable(rows), ...rules].join('\n\n');
}

/** The table of a list of settings. */
export function settingTable(rows: readonly SettingRow[]): string {
  return table(
    ['setting', 'type', 'default', 'what it is for'],
    rows.map((row) => [code(row.name), row.type, defaultText(row), descriptionText(row)]),
  );
}

function defaultText(row: SettingRow): string {
  if (row.default !== undefined) return code(row.default);
  return row.required ? '**required**' : 'none';
}

function descriptionText({ description, examples }: SettingRow): string {
  return examples.length === 0 ? description : `${description} Example: ${examples.map(code).join(', ')}`;
}

function messageTable(card: MessagePackCard): string {
  const rows = card.messages.map((message) => [
    code(`${message.name}@${message.version}`),
    message.direction,
    [...(message.commands ?? []), ...(message.event ? [message.event] : [])].map(code).join(', '),
    message.reply ? code(message.reply) : '',
    message.summary,
  ]);
  return table(['message', 'direction', 'command or event', 'answered with', 'what it is'], rows);
}

function commandTable(card: MessagePackCard): string {
  const rows = [
    ...Object.entries(card.commands).map(([name, summary]) => [code(name), 'command', summary]),
    ...Object.entries(card.events).map(([name, summary]) => [code(name), 'event', summary]),
  ];
  return table(['name', 'kind', 'what it asks or tells'], rows);
}
