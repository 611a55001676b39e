import type { TransportCard } from '@waybill/contract/host';
import type { CheckedManifest } from '../checked.ts';
import type { ManifestSource } from '../read/manifest.ts';
import { connectionShape, inboundShape, journalShape, manifestShape, outboundShape, routeShape, sideBySide } from '../shape/shape.ts';
import { asSchema, plainValue, type Schema } from '../values/setting-schema.ts';

/** A manifest without errors, as it is written and as it was checked. */
export interface WrittenManifest {
  readonly source: ManifestSource;
  readonly manifest: CheckedManifest;
}

export type PartKind = 'manifest' | 'plugin' | 'journal' | 'connection' | 'inbound' | 'outbound' | 'route';

/** Something in a manifest that has a name: it is there or not, and has settings. */
export interface Part {
  readonly kind: PartKind;
  readonly name: string;
  readonly schema: Schema;
  /** As it is written, placeholders included. */
  readonly written: Values;
}

export type Values = Readonly<Record<string, unknown>>;

/** Every part, in the order in which people need them. */
export function partsOf({ source: { root }, manifest }: WrittenManifest): readonly Part[] {
  const whole = root ? valuesOf(plainValue(root, new Map())) : {};
  const { plugins, journal, connections, inbound, outbound, routes, $schema: _, ...rest } = whole;
  const transports = new Map(transportsOf(manifest).map((card) => [card.name, card]));
  const cardOf = (connection: unknown) => transports.get(String(valuesOf(valuesOf(connections)[String(connection)])['transport']));
  const named = (kind: PartKind, section: unknown, schemaOf: (written: Values) => Schema): readonly Part[] =>
    Object.entries(valuesOf(section)).map(([name, value]) => ({ kind, name, written: valuesOf(value), schema: schemaOf(valuesOf(value)) }));
  return [
    ...listOf(plugins).map((name): Part => ({ kind: 'plugin', name: String(name), schema: {}, written: {} })),
    { kind: 'manifest', name: '', schema: ownKeys, written: rest },
    {
      kind: 'journal',
      name: '',
      schema: sideBySide(journalShape, asSchema(manifest.journal.plugin.card.settings)),
      written: valuesOf(journal),
    },
    ...named('connection', connections, ({ transport }) =>
      sideBySide(connectionShape, asSchema(transports.get(String(transport))?.connection ?? {})),
    ),
    ...named('inbound', inbound, ({ connection }) =>
      sideBySide(
        withPackOptions(asSchema(inboundShape), { packs: 'options' }, manifest),
        asSchema(cardOf(connection)?.receive?.endpoint ?? {}),
      ),
    ),
    ...named('outbound', outbound, ({ connection }) =>
      sideBySide(
        withPackOptions(asSchema(outboundShape), { packs: 'writing', replies: 'options' }, manifest),
        asSchema(cardOf(connection)?.send?.endpoint ?? {}),
      ),
    ),
    ...routeParts(listOf(routes).map(valuesOf)),
  ];
}

/** The keys of the manifest that are no section. */
const ownKeys: Schema = {
  type: 'object',
  properties: Object.fromEntries(['name', 'app', 'log', 'stop'].map((key) => [key, asSchema(manifestShape).properties?.[key] ?? {}])),
};

/** Several routes may tell of one event by one message, for different stores or priorities. */
function routeParts(routes: readonly Values[]): readonly Part[] {
  const seen = new Map<string, number>();
  return routes.map((written) => {
    const { event, message, store } = written;
    const title = `${String(event)} → ${String(message)}${typeof store === 'string' ? ` of store ${store}` : ''}`;
    const number = (seen.get(title) ?? 0) + 1;
    seen.set(title, number);
    return { kind: 'route', name: number === 1 ? title : `${title} (${number})`, schema: routeShape, written };
  });
}

function withPackOptions(own: Schema, keys: Readonly<Record<string, 'options' | 'writing'>>, { plugins }: CheckedManifest): Schema {
  const told = Object.entries(keys).map(([key, of]) => {
    const options = plugins.flatMap(({ card }): readonly (readonly [string, Schema])[] => {
      const settings = card.kind === 'message-pack' ? card[of] : undefined;
      return settings ? [[card.name, { ...asSchema(settings), default: {} }]] : [];
    });
    return [key, { type: 'object', properties: Object.fromEntries(options), default: {} }] as const;
  });
  return { ...own, properties: { ...own.properties, ...Object.fromEntries(told) } };
}

function transportsOf({ plugins }: CheckedManifest): readonly TransportCard[] {
  return plugins.flatMap(({ card }) => (card.kind === 'transport' ? [card] : []));
}

export function valuesOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
