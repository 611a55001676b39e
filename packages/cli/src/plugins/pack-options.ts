import type { MessagePackDefinition } from '@waybill/contract';
import type { JsonSchema } from '@waybill/contract/host';
import { checkTextSettings, didYouMean, type PackOptions } from '@waybill/manifest';
import { errors } from '../errors.ts';

/** The schema of what a pack can be told; undefined where it has no options. */
export type SchemaOf = (pack: MessagePackDefinition) => JsonSchema | undefined;

/** What packs read and answer with. */
export const forReading: SchemaOf = ({ options }) => options && { ...options };
/** What packs write events with. */
export const forWriting: SchemaOf = ({ writing }) => writing && { ...writing };
/** What a message is written with that comes in elsewhere: what both have means the same. */
export const forBoth: SchemaOf = ({ options, writing }) => {
  const properties = { ...writing?.properties, ...options?.properties };
  return { type: 'object', properties, additionalProperties: false };
};

/**
 * The options of each pack: those of `given` (`name=value`, or `pack.name=value`), checked against what `schemaOf` has for the pack,
 * and defaults. A name without a pack means every pack that has an option of this name. Throws `WB_CLI_BAD_OPTION`.
 */
export function optionsOf(packs: readonly MessagePackDefinition[], given: readonly string[], schemaOf: SchemaOf): PackOptions {
  const texts = new Map(packs.map((pack) => [pack, new Map<string, string>()]));
  for (const option of given) {
    const { key, value } = parse(option);
    for (const { pack, name } of meantBy(key, packs, schemaOf)) texts.get(pack)?.set(name, value);
  }
  return Object.fromEntries(Array.from(texts, ([pack, each]) => [pack.name, checked(pack.name, schemaOf(pack), each)]));
}

function parse(option: string): { readonly key: string; readonly value: string } {
  const equals = option.indexOf('=');
  if (equals > 0) return { key: option.slice(0, equals), value: option.slice(equals + 1) };
  throw errors.WB_CLI_BAD_OPTION(`"${option}" is not of the form name=value.`, { at: '--option' });
}

interface Meant {
  readonly pack: MessagePackDefinition;
  /** The name of the option within the pack. */
  readonly name: string;
}

function meantBy(key: string, packs: readonly MessagePackDefinition[], schemaOf: SchemaOf): readonly Meant[] {
  const namesOf = (pack: MessagePackDefinition) => Object.keys(schemaOf(pack)?.['properties'] ?? {});
  const [first = '', ...rest] = key.split('.');
  const named = rest.length > 0 ? packs.find(({ name }) => name === first) : undefined;
  if (named) return [{ pack: named, name: rest.join('.') }];
  const having = packs.filter((pack) => namesOf(pack).includes(first));
  if (having.length > 0) return having.map((pack) => ({ pack, name: key }));
  const known = [...new Set(packs.flatMap(namesOf))];
  const near = didYouMean(first, known);
  const list = known.length === 0 ? 'They have no options.' : `Known are ${known.join(', ')}.`;
  const hint = near === undefined ? list : `Did you mean "${near}"?`;
  throw errors.WB_CLI_BAD_OPTION(`None of the message packs has an option "${first}".`, { at: '--option', hint });
}

function checked(name: string, schema: JsonSchema | undefined, texts: ReadonlyMap<string, string>): PackOptions[string] {
  const own = schema ?? { type: 'object', properties: {}, additionalProperties: false };
  const result = checkTextSettings(own, texts, { path: `packs.${name}`, source: '--option', folder: process.cwd() });
  if ('settings' in result) return result.settings;
  const [first] = result.problems;
  throw errors.WB_CLI_BAD_OPTION(first?.message ?? `The options of ${name} are wrong.`, { at: '--option', hint: first?.hint });
}
