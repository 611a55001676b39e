import type { MessagePackCard } from '@waybill/contract/host';
import type { PackOptions } from '../../checked.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { type EntryNode, keyPath, type ObjectNode } from '../../read/node.ts';
import { checkValue, entryFor } from '../../values/check-value.ts';
import { asSchema, type Schema } from '../../values/setting-schema.ts';
import { packMayBeMissing } from '../messages.ts';
import { type Context, checkBeyond, hintFor, type NamedPart, resolved } from '../section.ts';
import type { Side } from './entry.ts';

/** Where an entry tells packs something, and what about. */
const places = {
  /** `packs` of an inbound entry. */
  received: { key: 'packs', about: 'options', says: 'read', elsewhere: 'Set it in an outbound entry, or remove it.' },
  /** `packs` of an outbound entry. */
  sent: {
    key: 'packs',
    about: 'writing',
    says: 'written',
    elsewhere: 'Set it in an inbound entry, or under "replies" where replies are meant, or remove it.',
  },
  /** `replies` of an outbound entry. */
  replies: { key: 'replies', about: 'options', says: 'read', elsewhere: 'Set it under "packs", or remove it.' },
} as const;

type OptionsPlace = (typeof places)[keyof typeof places];

/**
 * Checks the options that an entry sets for packs. Answers with those of every loaded pack that has options for this direction, as far as
 * the entry sets them, else with their defaults: a pack never looks whether an entry says something. Of replies, with those that are set.
 */
export function checkPackOptions(
  node: ObjectNode,
  part: NamedPart,
  { keys, of }: { readonly keys: Side['keys']; readonly of: keyof typeof places },
  context: Context,
): PackOptions {
  const place = places[of];
  const section = entryFor(node, place.key, keys);
  if (section && section.value.kind !== 'object') return {};
  const path = keyPath(part.path, section?.key ?? place.key);
  const written = section?.value.kind === 'object' ? writtenFor(section.value, path, context) : new Map<string, EntryNode>();
  const resolvedOptions = context.plugins.packs.flatMap(({ card }) => {
    const own = card[place.about];
    const schema: Schema = { additionalProperties: false, ...asSchema(own ?? {}), type: 'object' };
    const entry = written.get(card.name);
    // Few entries are ever asked, so that what has no default is not demanded of all of them.
    if (of === 'replies' && entry === undefined) return [];
    const owner = entry?.spot ?? part.owner;
    const at = keyPath(path, entry?.key ?? card.name);
    const given = entry?.value ?? { kind: 'object' as const, entries: new Map(), spot: owner };
    const value = given.kind === 'object' ? withoutForeign(given, schema, { card, place, at }, context) : given;
    checkValue(schema, value, at, owner, context.checking);
    if (value.kind !== 'object' || own === undefined) return [];
    checkBeyond(own, value, at, [], context);
    return [[card.name, resolved(schema, value, context)] as const];
  });
  return Object.fromEntries(resolvedOptions);
}

/** The settings without those that mean something in the other direction only, each of which is a problem with its own words. */
function withoutForeign(
  node: ObjectNode,
  { properties = {} }: Schema,
  { card, place, at }: { readonly card: MessagePackCard; readonly place: OptionsPlace; readonly at: string },
  { checking }: Context,
): ObjectNode {
  const [other, done] = place.about === 'options' ? (['writing', 'written'] as const) : (['options', 'read'] as const);
  const { properties: foreign = {} } = asSchema(card[other] ?? {});
  const entries = [...node.entries].filter(([key, { spot }]) => {
    if (Object.hasOwn(properties, key) || !Object.hasOwn(foreign, key)) return true;
    const message = `"${key}" says how messages are ${done}, and those of "${at}" are ${place.says}.`;
    checking.find('WB_MANIFEST_UNKNOWN_KEY', message, keyPath(at, key), spot, place.elsewhere);
    return false;
  });
  return { ...node, entries: new Map(entries) };
}

/** What is written, by the name of the pack that is meant. Finds names that no pack has. */
function writtenFor(packs: ObjectNode, path: string, { plugins, checking }: Context): ReadonlyMap<string, EntryNode> {
  const names = plugins.packs.map(({ card }) => card.name);
  const found = Array.from(packs.entries.values(), (entry): readonly (readonly [string, EntryNode])[] => {
    if (names.includes(entry.key)) return [[entry.key, entry]];
    const near = didYouMean(entry.key, names);
    if (near === undefined && packMayBeMissing(plugins)) return [];
    const hint = hintFor(near, plugins.failed, 'a message pack', names);
    checking.find('WB_MANIFEST_UNKNOWN_PACK', `There is no message pack "${entry.key}".`, keyPath(path, entry.key), entry.spot, hint);
    return near === undefined || packs.entries.has(near) ? [] : [[near, entry]];
  });
  return new Map(found.flat());
}
