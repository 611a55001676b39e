import { type Card, cardOf } from '@waybill/contract';
import { exportsOf, plugins, type WorkspacePackage } from './workspace.ts';

/** The cards of all plugins, from their code. */
export async function cards(): Promise<ReadonlyMap<WorkspacePackage, Card>> {
  const made = new Map<WorkspacePackage, Card>();
  for (const plugin of plugins) made.set(plugin, await cardFrom(plugin));
  return made;
}

async function cardFrom(plugin: WorkspacePackage): Promise<Card> {
  const { default: definition } = await exportsOf(plugin);
  try {
    return cardOf(definition);
  } catch (cause) {
    throw new Error(`${plugin.folder} has no card: its main module default-exports no plugin.`, { cause });
  }
}

/** The text of a `waybill.plugin.json`. */
export function cardText(card: Card): string {
  return `${JSON.stringify(card, null, 2)}\n`;
}
