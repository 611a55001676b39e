import type { MessagePackDefinition } from '@waybill/contract';
import type { CheckedInbound, CheckedOutbound, PackOptions } from '@waybill/manifest';
import { forBoth, optionsOf } from '../../plugins/pack-options.ts';

type Settings = PackOptions[string];

const defaults = new WeakMap<MessagePackDefinition, Settings>();

/** What a pack reads and writes with where nobody sets anything. */
export function defaultsOf(pack: MessagePackDefinition): Settings {
  const known = defaults.get(pack) ?? optionsOf([pack], [], forBoth)[pack.name] ?? {};
  defaults.set(pack, known);
  return known;
}

/** What a message is written with so that an inbound entry can read it. */
export function writtenFor(pack: MessagePackDefinition, { packs, encoding }: Pick<CheckedInbound, 'packs' | 'encoding'>): Settings {
  const own = { ...defaultsOf(pack), ...packs[pack.name] };
  return encoding !== undefined && Object.hasOwn(pack.writing?.properties ?? {}, 'encoding') ? { ...own, encoding } : own;
}

/** What an entry sets so that it can read what an outbound entry writes: what both directions of a pack have, and the encoding. */
export function readingOf(
  packs: readonly MessagePackDefinition[],
  { packs: written }: Pick<CheckedOutbound, 'packs'>,
): { readonly packs?: PackOptions; readonly encoding?: unknown } {
  const set = packs.map(
    (pack) => [pack, Object.entries(written[pack.name] ?? {}).filter(([key, value]) => isSet(pack, key, value))] as const,
  );
  const shared = set.map(
    ([pack, all]) => [pack.name, Object.fromEntries(all.filter(([key]) => key in (pack.options?.properties ?? {})))] as const,
  );
  const told = shared.filter(([, settings]) => Object.keys(settings).length > 0);
  const encoding = set.flatMap(([, all]) => all).find(([key]) => key === 'encoding')?.[1];
  return { ...(told.length > 0 && { packs: Object.fromEntries(told) }), ...(encoding !== undefined && { encoding }) };
}

function isSet(pack: MessagePackDefinition, key: string, value: unknown): boolean {
  return JSON.stringify(value) !== JSON.stringify(defaultsOf(pack)[key]);
}
