import type { Card } from '@waybill/contract/host';
import { cardTables } from '../docs/card-tables.ts';
import { guaranteeRows } from '../docs/guarantee-rows.ts';
import { code, table } from '../docs/markdown.ts';
import { settingRows } from '../docs/setting-rows.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { choosePlugins, findMessage, type KnownMessage, loadPacks, noPlugins, type PluginChoice } from '../plugins/packs.ts';
import { readCard } from '../plugins/plugin-packages.ts';
import { json, type Terminal } from '../terminal.ts';

export interface DocsOptions extends PluginChoice {
  /** Shows one message instead: its fields and a made-up sample. */
  readonly message?: string;
  readonly json?: boolean;
}

/** `waybill docs`: what plugins promise and which settings they take, from their cards; or what is in a message. */
export async function docs(options: DocsOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.message !== undefined) {
    const known = findMessage(await loadPacks(options), options.message);
    terminal.out(options.json ? json(messageReport(known)) : messagePage(known));
    return exitCode.done;
  }
  const plugins = choosePlugins(options).map((plugin) => ({ package: plugin.specifier, card: readCard(plugin) }));
  if (options.json) terminal.out(json(plugins.map(({ package: name, card }) => ({ package: name, ...cardReport(card) }))));
  else if (plugins.length === 0) terminal.err(noPlugins());
  else terminal.out(plugins.map(({ package: name, card }) => cardPage(name, card)).join('\n\n'));
  return exitCode.done;
}

function cardPage(name: string, card: Card): string {
  const tables = Object.values(cardTables(card) as Readonly<Record<string, string>>);
  return [`# ${name}`, `The ${card.kind} ${code(card.name)}. ${card.summary}`, ...tables].join('\n\n');
}

function cardReport(card: Card): object {
  const { kind, name, summary } = card;
  switch (card.kind) {
    case 'transport':
      return {
        kind,
        name,
        summary,
        guarantees: guaranteeRows(card),
        connection: settingRows(card.connection),
        inbound: card.receive && settingRows(card.receive.endpoint),
        outbound: card.send && settingRows(card.send.endpoint),
        rules: { unique: card.unique, inbound: card.receive?.rules, outbound: card.send?.rules },
      };
    case 'journal':
      return { kind, name, summary, settings: settingRows(card.settings) };
    case 'message-pack':
      return {
        kind,
        name,
        summary,
        options: card.options && settingRows(card.options),
        messages: card.messages,
        commands: card.commands,
        events: card.events,
      };
  }
}

function messageReport({ pack, type }: KnownMessage): object {
  const { name, version, direction, summary, reply } = type;
  const commands = type.commands?.map((command) => command.name);
  return {
    pack: pack.name,
    name,
    version,
    direction,
    summary,
    commands,
    event: type.event?.name,
    reply,
    fields: type.fields?.(),
    sample: type.sample?.(),
  };
}

function messagePage({ type }: KnownMessage): string {
  const fields = (type.fields?.() ?? []).map(({ path, occurs, type: holds, description }) => [
    code(path),
    occurs,
    holds,
    description ?? '',
  ]);
  const sample = type.sample?.();
  return [
    `# ${type.name} ${type.version}`,
    type.summary,
    ...(fields.length > 0 ? [table(['field', 'occurs', 'holds', 'what it is'], fields)] : []),
    ...(sample === undefined ? [] : [`\`\`\`xml\n${sample.trimEnd()}\n\`\`\``]),
  ].join('\n\n');
}
