import { checkUnique, listKeys, type Rival } from '../rules.ts';
import type { Context } from '../section.ts';
import type { KnownEntry } from './entry.ts';

/**
 * Finds entries of one side that want the same thing of one connection which it gives to one of them only, such as a path. Those
 * that are not enabled want nothing: they are the alternatives that somebody keeps at hand.
 */
export function checkTaken<Guarantees>(entries: readonly KnownEntry<Guarantees>[], context: Context): void {
  const enabled = entries.filter(({ values }) => values['enabled'] !== false);
  for (const [connection, rivals] of Map.groupBy(enabled, (entry) => entry.connection)) {
    const keys = rivals[0]?.ability.rules?.unique ?? [];
    const kind = rivals[0]?.plugin.card.name;
    const told = (later: Rival, first: Rival) =>
      `"${first.part.name}" and "${later.part.name}" have the same ${listKeys(keys)} on connection "${connection.name}", which the ${kind} transport gives to one entry only.`;
    checkUnique(rivals, keys, 'WB_ENDPOINT_TAKEN', told, context);
  }
}
