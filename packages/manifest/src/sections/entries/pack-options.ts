import type { MessagePackCard } from '@waybill/contract/host';
import type { PackOptions } from '../../checked.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { type EntryNode, keyPath, type ObjectNode } from '../../read/node.ts';
import { checkValue, entryFor } from '../../values/check-value.ts';
import { asSchema, type Schema } from '../../values/setting-schema.ts';
import { packMayBeMissing } from '../messages.ts';
import { type Context, checkBeyond, hintFor, type NamedPart, resolved } from '../section.ts';
import type { Side } from './entry.ts';

/** What packs can be told in entries of either direction. */
const sides = {
  inbound: { schemaOf: ({ options }: MessagePackCard) => options, says: 'read' },
  outbound: { schemaOf: ({ writing }: MessagePackCard) => writing, says: 'written' },
} as const;
const others = { inbound: 'outbound', outbound: 'inbound' } as const;

/**
 * Checks the options that an entry sets for packs. Answers with those of every loaded pack that has options for this direction, as far as
 * the entry sets them, else with their defaults: a pack never looks whether an entry says something.
 */
export function checkPackOptions(
  node: ObjectNode,
  part: NamedPart,
  { section: direction, keys }: Pick<Side, 'section' | 'keys'>,
  context: Context,
): PackOptions {
  const section = entryFor(node, 'packs', keys);
  if (section && section.value.kind !== 'object') return {};
  const path = keyPath(part.path, section?.key ?? 'packs');
  const written = section?.value.kind === 'object' ? writtenFor(section.value, path, context) : new Map<string, EntryNode>();
  const resolvedOptions = context.plugins.packs.flatMap(({ card }) => {
    const own = sides[direction].schemaOf(card);
    const schema: Schema = { additionalProperties: false, ...asSchema(own ?? {}), type: 'object' };
    const entry = written.get(card.name);
    const owner = entry?.spot ?? part.owner;
    const at = keyPath(path, entry?.key ?? card.name);
    const given = entry?.value ?? { kind: 'object' as const, entries: new Map(), spot: owner };
    const value = given.kind === 'object' ? withoutForeign(given, schema, { card, direction, at }, context) : given;
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
  { card, direction, at }: { readonly card: MessagePackCard; readonly direction: Side['section']; readonly at: string },
  { checking }: Context,
): ObjectNode {
  const other = others[direction];
  const { properties: foreign = {} } = asSchema(sides[other].schemaOf(card) ?? {});
  const entries = [...node.entries].filter(([key, { spot }]) => {
    if (Object.hasOwn(properties, key) || !Object.hasOwn(foreign, key)) return true;
    const message = `"${key}" says how messages are ${sides[other].says}, and those of "${at}" are ${sides[direction].says}.`;
    checking.find('WB_MANIFEST_UNKNOWN_KEY', message, keyPath(at, key), spot, `Set it in an ${other} entry, or remove it.`);
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
