import { typeName, unitKeyword } from '@waybill/contract';
import { type Card, type JsonSchema } from '@waybill/contract/host';
import {
  connectionShape,
  inboundShape,
  journalShape,
  manifestShape,
  namePattern,
  outboundShape,
  routeShape,
  sideBySide,
} from './shape/shape.ts';
import { asSchema, type Schema } from './values/setting-schema.ts';

/**
 * A JSON Schema for editors: completion, descriptions and a first check while somebody writes a manifest for the plugins
 * of `cards`. It is wider than `checkManifest`: it cannot see which transport an entry's connection has, so it offers
 * the settings of all of them.
 */
export function manifestSchema(cards: readonly Card[]): JsonSchema {
  const own = asSchema(manifestShape);
  const transports = cards.filter((card) => card.kind === 'transport');
  const schema: Schema = {
    ...own,
    properties: {
      ...own.properties,
      journal: choose(
        cards
          .filter((card) => card.kind === 'journal')
          .map(({ name, settings }) => named(asSchema(journalShape), 'use', name, asSchema(settings))),
        own.properties?.['journal'],
      ),
      connections: byName(
        choose(transports.map(({ name, connection }) => named(asSchema(connectionShape), 'transport', name, asSchema(connection)))),
        own.properties?.['connections'],
      ),
      inbound: byName(
        wide(
          withPacks(asSchema(inboundShape), { packs: 'options' }, cards),
          transports.flatMap(({ receive }) => (receive ? asSchema(receive.endpoint) : [])),
        ),
        own.properties?.['inbound'],
      ),
      outbound: byName(
        wide(
          withPacks(asSchema(outboundShape), { packs: 'writing', replies: 'options' }, cards),
          transports.flatMap(({ send }) => (send ? asSchema(send.endpoint) : [])),
        ),
        own.properties?.['outbound'],
      ),
      routes: { ...own.properties?.['routes'], items: routes(cards) },
    },
  };
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Waybill manifest', ...relaxed(schema) };
}

function named(own: Schema, key: string, name: string, settings: Schema): Schema {
  const both = sideBySide(own, settings);
  return { ...both, properties: { ...both.properties, [key]: { ...own.properties?.[key], const: name } } };
}

function choose(branches: readonly Schema[], fallback: Schema = { type: 'object' }): Schema {
  return branches.length === 0 ? fallback : { ...(fallback.description ? { description: fallback.description } : {}), anyOf: branches };
}

function byName(entry: Schema, section: Schema | undefined): Schema {
  return { ...section, type: 'object', patternProperties: { [namePattern]: entry }, additionalProperties: false };
}

/** The kernel's keys and those of every transport; where two transports share a key, either may be meant. */
function wide(own: Schema, endpoints: readonly Schema[]): Schema {
  const keys = new Set(endpoints.flatMap(({ properties }) => Object.keys(properties ?? {})));
  const merged = Array.from(keys, (key): [string, Schema] => {
    const meanings = endpoints.flatMap(({ properties }) => properties?.[key] ?? []);
    return [key, meanings.length === 1 && meanings[0] ? meanings[0] : { anyOf: meanings }];
  });
  return { ...own, properties: { ...Object.fromEntries(merged), ...own.properties } };
}

/** The kernel's keys of an entry, with what every pack can be told there. */
function withPacks(own: Schema, keys: Readonly<Record<string, 'options' | 'writing'>>, cards: readonly Card[]): Schema {
  const told = Object.entries(keys).map(([key, of]) => {
    const options = cards.flatMap((card) => {
      const settings = card.kind === 'message-pack' ? card[of] : undefined;
      return settings ? [[card.name, { description: card.summary, ...asSchema(settings) }] as const] : [];
    });
    return [key, { ...own.properties?.[key], properties: Object.fromEntries(options), additionalProperties: false }] as const;
  });
  return { ...own, properties: { ...own.properties, ...Object.fromEntries(told) } };
}

function routes(cards: readonly Card[]): Schema {
  const own = asSchema(routeShape);
  const sent = cards.flatMap((card) => (card.kind === 'message-pack' ? card.messages : [])).filter(({ event }) => event !== undefined);
  const events = [...new Set(sent.map(({ event }) => event))];
  const messages = [...new Set(sent.flatMap((message) => [typeName(message), message.name]))];
  if (sent.length === 0) return own;
  const { event, message } = own.properties ?? {};
  return { ...own, properties: { ...own.properties, event: { ...event, enum: events }, message: { ...message, enum: messages } } };
}

/** A text with `${env:NAME}` or `${file:path}` in it. */
const placeholder: Schema = { type: 'string', pattern: '\\$\\{(env|file):.+\\}' };

/** In a manifest a key with a default may be missing, and a placeholder may stand wherever a single value does; for a secret it has to. */
function relaxed(schema: Schema): Schema {
  if (schema[unitKeyword] === 'secret' && schema.type === 'string') return { ...schema, ...placeholder };
  if (takesPlaceholder(schema)) {
    const { description, default: fallback, examples, ...rest } = schema;
    const about = { description, default: fallback, examples };
    const told = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined));
    return { ...told, anyOf: [rest, placeholder] };
  }
  const { required, properties, anyOf, items, patternProperties, additionalProperties } = schema;
  const each = (map: Readonly<Record<string, Schema>>) =>
    Object.fromEntries(Object.entries(map).map(([key, child]) => [key, relaxed(child)]));
  return {
    ...schema,
    ...(required ? { required: required.filter((key) => properties?.[key]?.default === undefined) } : {}),
    ...(properties ? { properties: each(properties) } : {}),
    ...(patternProperties ? { patternProperties: each(patternProperties) } : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: relaxed(additionalProperties) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(relaxed) } : {}),
    ...(items ? { items: relaxed(items) } : {}),
  };
}

/** Whether it takes single values only, and not every text. A constant tells two forms of a setting apart, and is written as it is. */
function takesPlaceholder({ type, const: constant, enum: choices, pattern }: Schema): boolean {
  if (constant !== undefined) return false;
  return type === 'integer' || type === 'number' || type === 'boolean' || choices !== undefined || pattern !== undefined;
}
