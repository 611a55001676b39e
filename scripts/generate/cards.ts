import { type Card, cardOf } from '@waybill/contract/host';
import { exportsOf, type WorkspacePackage } from './workspace.ts';

/** The card of a plugin, from its code. Throws where the package's main module default-exports no plugin. */
export async function cardFrom(plugin: WorkspacePackage): Promise<Card> {
  const { default: definition } = await exportsOf(plugin);
  return cardOf(definition);
}
