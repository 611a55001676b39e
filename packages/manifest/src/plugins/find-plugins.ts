import { readFileSync } from 'node:fs';
import { typeName } from '@waybill/contract';
import { type Card, contractVersion, type JournalCard, type MessagePackCard, type TransportCard } from '@waybill/contract/host';
import type { CheckedPlugin } from '../checked.ts';
import type { Finding } from '../problem.ts';
import type { ManifestSource } from '../read/manifest.ts';
import { itemPath, type ListNode, readText } from '../read/node.ts';
import { objectionToCard } from './card-shape.ts';
import { messageFilePlugin, type Place } from './message-files.ts';
import { missingPlugin } from './missing-plugin.ts';
import { cardFile, isFolder, locatePlugin, mainModule } from './plugin-entry.ts';

/** Stands among the plugins that failed for one whose name is not known. */
export const anyPlugin = '*';

/** The plugins whose cards could be read. */
export interface Plugins {
  readonly all: readonly CheckedPlugin[];
  readonly transports: ReadonlyMap<string, CheckedPlugin<TransportCard>>;
  readonly packs: readonly CheckedPlugin<MessagePackCard>[];
  readonly journals: ReadonlyMap<string, CheckedPlugin<JournalCard>>;
  /** Specifiers of plugins that could not be found or read: what is unknown may be theirs. */
  readonly failed: readonly string[];
}

/** Where plugins are looked for. */
type Home = Pick<ManifestSource, 'folder' | 'format'>;

/** Finds every plugin and reads its card; no code of a plugin is run. Those that were `given` as code come first. */
export function findPlugins(list: ListNode | undefined, home: Home, given: readonly CheckedPlugin[], findings: Finding[]): Plugins {
  const found: CheckedPlugin[] = [...given];
  // Without a list, or with an item that is no text, whatever is unknown may be of the plugin that is missing there.
  const failed: string[] = list === undefined && given.length === 0 ? [anyPlugin] : [];
  const seen = new Map(given.flatMap((plugin) => claimsOf(plugin).map((claim): [string, string] => [claim, plugin.specifier])));
  for (const [index, node] of (list?.items ?? []).entries()) {
    const specifier = readText(node);
    if (specifier === undefined || node.kind !== 'scalar') {
      failed.push(anyPlugin);
      continue;
    }
    const place = { path: itemPath('plugins', index), node };
    const plugin = findPlugin(specifier, home, place, findings);
    if (plugin === undefined) failed.push(specifier);
    else if (!claimedBefore(plugin, seen, place, findings)) found.push(plugin);
  }
  return sort(found, failed);
}

function sort(all: readonly CheckedPlugin[], failed: readonly string[]): Plugins {
  const ofKind = <Kind extends Card>(kind: Card['kind']) =>
    all.filter((plugin): plugin is CheckedPlugin<Kind> => plugin.card.kind === kind);
  const byName = <Kind extends Card>(kind: Card['kind']) => new Map(ofKind<Kind>(kind).map((plugin) => [plugin.card.name, plugin]));
  return { all, failed, transports: byName('transport'), packs: ofKind('message-pack'), journals: byName('journal') };
}

function findPlugin(specifier: string, home: Home, place: Place, findings: Finding[]): CheckedPlugin | undefined {
  const located = locatePlugin(specifier, home.folder);
  if ('messageFile' in located) return messageFilePlugin({ specifier, ...located }, place, findings);
  if ('card' in located) {
    const card = readCard(located.card, specifier, place, findings);
    const main = mainModule(located.root);
    if (card !== undefined && main === undefined) findings.push(noMain(specifier, place));
    return card && { specifier, card, main: main ?? located.root };
  }
  if (located.missing === 'card') {
    findings.push({ ...badCard(specifier, `it has no ${cardFile}`, place), hint: withoutCard(specifier) });
    return undefined;
  }
  const { message, hint, meant } = missingPlugin(specifier, home.folder, located);
  const fromCode = home.format === 'object' && meant === undefined ? ' Of a manifest in code, that is the "folder" given with it.' : '';
  findings.push({ code: 'WB_PLUGIN_NOT_INSTALLED', message, path: place.path, spot: place.node.spot, hint: `${hint}${fromCode}` });
  // With the one that was probably meant the rest can be checked, without problems that only follow from this one.
  return meant === undefined ? undefined : findPlugin(meant, home, place, []);
}

function readCard(file: string, specifier: string, place: Place, findings: Finding[]): Card | undefined {
  let card: unknown;
  try {
    card = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    findings.push(badCard(specifier, `its card cannot be read (${code ?? 'it is not JSON'})`, place));
    return undefined;
  }
  const { contract } = (typeof card === 'object' && card !== null ? card : {}) as Partial<Card>;
  if (!Number.isSafeInteger(contract)) findings.push(badCard(specifier, 'its card does not say for which contract it was written', place));
  else if (contract !== contractVersion) findings.push(otherContract(specifier, Number(contract), place));
  else {
    const objection = objectionToCard(card);
    if (objection === undefined) return card as Card;
    findings.push(badCard(specifier, `its card is not valid: ${objection}`, place));
  }
  return undefined;
}

/** Plugins of one kind are told apart by their names, messages by name and version. */
function claimedBefore(plugin: CheckedPlugin, seen: Map<string, string>, place: Place, findings: Finding[]): boolean {
  const { specifier } = plugin;
  const claims = claimsOf(plugin);
  const taken = claims.find((claim) => seen.has(claim));
  if (taken === undefined) {
    for (const claim of claims) seen.set(claim, specifier);
    return false;
  }
  const first = seen.get(taken);
  // The same specifier twice is found as a list that names something twice.
  if (first === specifier) return true;
  const message = `Both "${first}" and "${specifier}" provide ${taken}.`;
  findings.push({
    code: 'WB_PLUGIN_TWICE',
    message,
    path: place.path,
    spot: place.node.spot,
    hint: 'Remove one of the two from "plugins".',
  });
  return true;
}

function claimsOf({ card }: CheckedPlugin): readonly string[] {
  const messages = card.kind === 'message-pack' ? card.messages.map((message) => `the message ${typeName(message)}`) : [];
  return [`the ${card.kind} "${card.name}"`, ...messages];
}

function badCard(specifier: string, why: string, { path, node }: Place): Finding {
  const message = `"${specifier}" cannot be used as a plugin: ${why}.`;
  const hint = isFolder(specifier)
    ? `The card is written by cardOf(…) of @waybill/contract into ${cardFile}.`
    : `Install it again (npm install ${specifier}), or ask its author for a version with a good card.`;
  return { code: 'WB_PLUGIN_BAD_CARD', message, path, spot: node.spot, hint };
}

function withoutCard(specifier: string): string {
  if (isFolder(specifier)) return `\`waybill cards --write ${specifier}\` writes the card of a plugin from its code.`;
  return 'Every plugin has one: take the package out of "plugins" if it is none, else install it again, or tell its author.';
}

function otherContract(specifier: string, contract: number, { path, node }: Place): Finding {
  const message = `"${specifier}" was written for contract ${contract}; this kernel speaks contract ${contractVersion}.`;
  const install = contract > contractVersion ? '@waybill/kernel@latest' : `${specifier}@latest`;
  const older = isFolder(specifier) && contract < contractVersion;
  const hint = older ? 'Adapt the plugin to the contract of the kernel.' : `To install what fits: npm install ${install}`;
  return { code: 'WB_PLUGIN_OTHER_CONTRACT', message, path, spot: node.spot, hint };
}

function noMain(specifier: string, { path, node }: Place): Finding {
  const message = `"${specifier}" has a card, but the module that its package.json names does not exist.`;
  return { code: 'WB_PLUGIN_NO_MAIN', message, path, spot: node.spot, hint: 'Build it, or install it again.' };
}
