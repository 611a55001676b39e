import type { Card } from '@waybill/contract/host';
import { cardTables } from '../docs/card-tables.ts';
import { guaranteeRows } from '../docs/guarantee-rows.ts';
import { code } from '../docs/markdown.ts';
import { settingRows } from '../docs/setting-rows.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { choosePlugins, noPlugins, type PluginChoice } from '../plugins/packs.ts';
import { readCard } from '../plugins/plugin-packages.ts';
import { json, type Terminal } from '../terminal.ts';

export interface DocsOptions extends PluginChoice {
  readonly json?: boolean;
}

/** `waybill docs`: what plugins promise and which settings they take, from their cards. */
export function docs(options: DocsOptions, terminal: Terminal): ExitCode {
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
        writing: card.writing && settingRows(card.writing),
        messages: card.messages,
        commands: card.commands,
        events: card.events,
      };
  }
}
