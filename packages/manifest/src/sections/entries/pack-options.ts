import { didYouMean } from '../../did-you-mean.ts';
import { type EntryNode, keyPath, type ObjectNode } from '../../read/node.ts';
import { checkValue, entryFor } from '../../values/check-value.ts';
import { asSchema } from '../../values/setting-schema.ts';
import { packMayBeMissing } from '../messages.ts';
import { type Context, checkBeyond, hintFor, type NamedPart, resolved } from '../section.ts';

/** The options of packs, resolved, by the name of the pack. */
export type PackOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Checks the options that an inbound entry sets for packs. Answers with those of every loaded pack that has options, as far as
 * the entry sets them, else with their defaults: a pack never looks whether an entry says something.
 */
export function checkPackOptions(node: ObjectNode, part: NamedPart, keys: readonly string[], context: Context): PackOptions {
  const section = entryFor(node, 'packs', keys);
  if (section && section.value.kind !== 'object') return {};
  const path = keyPath(part.path, section?.key ?? 'packs');
  const written = section?.value.kind === 'object' ? writtenFor(section.value, path, context) : new Map<string, EntryNode>();
  const resolvedOptions = context.plugins.packs.flatMap(({ card }) => {
    const schema = asSchema(card.options ?? { type: 'object', additionalProperties: false });
    const entry = written.get(card.name);
    const owner = entry?.spot ?? part.owner;
    const value = entry?.value ?? { kind: 'object' as const, entries: new Map(), spot: owner };
    const at = keyPath(path, entry?.key ?? card.name);
    checkValue({ ...schema, type: 'object' }, value, at, owner, context.checking);
    if (value.kind !== 'object' || card.options === undefined) return [];
    checkBeyond(card.options, value, at, [], context);
    return [[card.name, resolved(schema, value, context)] as const];
  });
  return Object.fromEntries(resolvedOptions);
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
