import { existsSync, readFileSync } from 'node:fs';
import { cardOf, cardText } from '@waybill/contract/host';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { writeBytes } from '../files.ts';
import { choosePlugins, noPlugins, type PluginChoice } from '../plugins/packs.ts';
import { cardPath, findPlugin, loadDefinition, type PluginPackage, readCard } from '../plugins/plugin-packages.ts';
import { json, type Terminal } from '../terminal.ts';

export interface CardsOptions extends PluginChoice {
  /** Writes the card of the plugin in this folder, from its code. */
  readonly write?: string;
  /** Fails when the card of the plugin in this folder is not what its code says. */
  readonly fresh?: string;
  readonly json?: boolean;
}

/** `waybill cards`: the cards of plugins; and, for those who write plugins, a way to make one. */
export async function cards(options: CardsOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.write !== undefined) return write(inFolder(options.write), terminal);
  if (options.fresh !== undefined) return beFresh(inFolder(options.fresh), terminal);
  const found = choosePlugins(options).map((plugin) => ({ package: plugin.specifier, card: readCard(plugin) }));
  if (options.json) terminal.out(json(found));
  else if (found.length === 0) terminal.err(noPlugins());
  else
    for (const { package: name, card } of found)
      terminal.out(`${name}  ${card.kind} ${card.name}, contract ${card.contract}\n  ${card.summary}`);
  return exitCode.done;
}

async function write(plugin: PluginPackage, terminal: Terminal): Promise<ExitCode> {
  writeBytes(cardPath(plugin), await freshCard(plugin));
  terminal.out(`Wrote ${cardPath(plugin)}.`);
  return exitCode.done;
}

async function beFresh(plugin: PluginPackage, terminal: Terminal): Promise<ExitCode> {
  const file = cardPath(plugin);
  const written = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (written !== (await freshCard(plugin)))
    throw errors.WB_CLI_STALE_CARD('The card is not what the code of the plugin says.', { at: file });
  terminal.out(`${file} is fresh.`);
  return exitCode.done;
}

async function freshCard(plugin: PluginPackage): Promise<string> {
  return cardText(cardOf(await loadDefinition(plugin)));
}

/** A folder as a person names it at a prompt: `plugins/mine` is as good as `./plugins/mine`. */
function inFolder(folder: string): PluginPackage {
  return { ...findPlugin(/^[./\\]/.test(folder) ? folder : `./${folder}`, process.cwd()), specifier: folder };
}
