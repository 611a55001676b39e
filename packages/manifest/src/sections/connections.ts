import type { TransportCard } from '@waybill/contract/host';
import type { CheckedConnection, CheckedPlugin } from '../checked.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { EntryNode, ObjectNode } from '../read/node.ts';
import { connectionShape, sideBySide } from '../shape/shape.ts';
import { checkValue, entryFor, recognisable } from '../values/check-value.ts';
import { asSchema, type Schema } from '../values/setting-schema.ts';
import { checkUnique, listKeys, type Rival } from './rules.ts';
import {
  type Context,
  checkBeyond,
  hintFor,
  mayBeFrom,
  type NamedPart,
  namedParts,
  type Part,
  resolved,
  textOf,
  without,
} from './section.ts';

/** A connection as far as it is known: without a transport nothing can be said about what uses it. */
export interface ConnectionDraft {
  readonly name: string;
  readonly transport: CheckedPlugin<TransportCard> | undefined;
  /** Undefined when the connection is no object. */
  readonly node: ObjectNode | undefined;
  /** Undefined when the connection has problems. */
  readonly checked: CheckedConnection | undefined;
}

/** By name. Undefined: not known which there are. */
export type Connections = ReadonlyMap<string, ConnectionDraft> | undefined;

/** Checks `connections`. Undefined when it is no object, so that nothing can be said about the names of connections. */
export function checkConnections(section: EntryNode | undefined, context: Context): Connections {
  if (section && section.value.kind !== 'object') return undefined;
  const parts = namedParts(section, 'connections', context.checking);
  const drafts = new Map(parts.map((part) => [part.name, checkConnection(part, context)]));
  compare(parts, drafts, context);
  return drafts;
}

/** Finds connections that take the same thing for themselves, such as a port. */
function compare(parts: readonly NamedPart[], drafts: ReadonlyMap<string, ConnectionDraft>, context: Context): void {
  for (const { card } of context.plugins.transports.values()) {
    const { name: kind, unique = [] } = card;
    const rivals = parts.flatMap((part): readonly Rival[] => {
      const { node, transport } = drafts.get(part.name) ?? {};
      if (node === undefined || transport?.card !== card) return [];
      return [{ part, node, values: resolved(asSchema(card.connection), node, context) }];
    });
    const told = (later: Rival, first: Rival) =>
      `Connections "${first.part.name}" and "${later.part.name}" have the same ${listKeys(unique)}, which the ${kind} transport can open once only.`;
    checkUnique(rivals, unique, 'WB_CONNECTION_TAKEN', told, context);
  }
}

function checkConnection(part: NamedPart, context: Context): ConnectionDraft {
  const { name, node, path, owner } = part;
  const own = asSchema(connectionShape);
  if (node.kind !== 'object') {
    checkValue({ type: 'object' }, node, path, owner, context.checking);
    return { name, transport: undefined, node: undefined, checked: undefined };
  }
  const before = context.checking.findings.length;
  const transport = findTransport(node, part, context);
  if (transport === undefined) {
    // Without the transport nothing can be said about its settings.
    checkValue(own, recognisable(node, ['transport']), path, owner, context.checking);
    return { name, transport, node, checked: undefined };
  }
  const schema = sideBySide(own, asSchema(transport.card.connection));
  checkValue(schema, node, path, owner, context.checking);
  checkBeyond(transport.card.connection, node, path, ['transport'], context);
  if (context.checking.findings.length > before) return { name, transport, node, checked: undefined };
  return { name, transport, node, checked: { name, plugin: transport, settings: settingsOf(schema, node, context) } };
}

function settingsOf(schema: Schema, node: ObjectNode, context: Context): Readonly<Record<string, unknown>> {
  return without(resolved(schema, node, context), Object.keys(connectionShape.properties));
}

function findTransport(node: ObjectNode, part: Part, { plugins, checking }: Context): CheckedPlugin<TransportCard> | undefined {
  const entry = entryFor(node, 'transport', ['transport']);
  const name = textOf(entry);
  if (entry === undefined || name === undefined) return undefined;
  const exact = plugins.transports.get(name);
  if (exact) return exact;
  const known = [...plugins.transports.keys()];
  const near = didYouMean(name, known);
  if (near === undefined && mayBeFrom(name, plugins.failed)) return undefined;
  checking.find(
    'WB_MANIFEST_UNKNOWN_TRANSPORT',
    `There is no transport "${name}".`,
    `${part.path}.${entry.key}`,
    entry.value.spot,
    hintFor(near, plugins.failed, 'a transport of this name', known),
  );
  return near === undefined ? undefined : plugins.transports.get(near);
}
