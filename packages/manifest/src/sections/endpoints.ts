import {
  type MessageTypeRef,
  type Order,
  type ReceiveGuarantees,
  readDuration,
  type SendGuarantees,
  type TransportCard,
} from '@waybill/contract';
import type { CheckedConnection, CheckedInbound, CheckedOutbound, CheckedPlugin, RetryPolicy } from '../checked.ts';
import { didYouMean } from '../did-you-mean.ts';
import { type EntryNode, itemPath, keyPath, type ManifestNode, type ObjectNode } from '../read/node.ts';
import { inboundShape, outboundShape, sideBySide } from '../shape.ts';
import { checkValue, entryFor, recognisable } from '../values/check-value.ts';
import { asSchema, type Schema } from '../values/setting-schema.ts';
import type { ConnectionDraft } from './connections.ts';
import { findMessages } from './messages.ts';
import { type Context, checkBeyond, hintFor, namedParts, type Part, resolved, textOf, textsOf, without } from './section.ts';

type NamedPart = Part & { readonly name: string };
/** Undefined: not known which there are. */
type Connections = ReadonlyMap<string, ConnectionDraft> | undefined;

/** An outbound entry as far as it is known, for the routes that use it. */
export interface OutboundDraft {
  readonly enabled: boolean;
  /** Undefined when its connection is not known. */
  readonly guarantees: SendGuarantees | undefined;
  readonly transport: string | undefined;
  /** Undefined when the entry has problems. */
  readonly checked: CheckedOutbound | undefined;
}

interface Side {
  readonly section: 'inbound' | 'outbound';
  readonly own: Schema;
  readonly keys: readonly string[];
  readonly sideOf: (
    card: TransportCard,
  ) => { readonly endpoint: object; readonly guarantees: ReceiveGuarantees | SendGuarantees } | undefined;
  readonly code: 'WB_ENDPOINT_CANNOT_RECEIVE' | 'WB_ENDPOINT_CANNOT_SEND';
  readonly verb: 'receive' | 'send';
}

const inboundSide: Side = {
  section: 'inbound',
  own: asSchema(inboundShape),
  keys: Object.keys(inboundShape.properties),
  sideOf: (card) => card.receive,
  code: 'WB_ENDPOINT_CANNOT_RECEIVE',
  verb: 'receive',
};
const outboundSide: Side = {
  section: 'outbound',
  own: asSchema(outboundShape),
  keys: Object.keys(outboundShape.properties),
  sideOf: (card) => card.send,
  code: 'WB_ENDPOINT_CANNOT_SEND',
  verb: 'send',
};

/** Checks `inbound`. Answers the entries that are enabled and have no problems. */
export function checkInbound(section: EntryNode | undefined, connections: Connections, context: Context): readonly CheckedInbound[] {
  return namedParts(section, 'inbound', context.checking).flatMap((part) => {
    const before = context.checking.findings.length;
    const entry = checkEntry(part, inboundSide, connections, context);
    if (entry.node === undefined) return [];
    checkOrder(entry.node, part, context);
    const messages = findAll(entryFor(entry.node, 'messages', inboundSide.keys)?.value, keyPath(part.path, 'messages'), context);
    const allow = findAllowed(entryFor(entry.node, 'allow', inboundSide.keys)?.value, keyPath(part.path, 'allow'), context);
    if (context.checking.findings.length > before || entry.connection === undefined || entry.schema === undefined) return [];
    const values = resolved(entry.schema, entry.node, context);
    if (values['enabled'] === false) return [];
    const own = values as unknown as CheckedInbound & { readonly retry: RetryPolicy };
    return {
      name: part.name,
      connection: entry.connection,
      settings: without(values, inboundSide.keys),
      messages,
      accept: own.accept,
      order: orderOf(own.order),
      parked: own.parked,
      packs: {},
      encoding: own.encoding,
      concurrency: own.order === 'serial' ? 1 : own.concurrency,
      retry: own.retry,
      timeout: own.timeout,
      store: own.store,
      allow,
      credentials: own.credentials,
      archive: own.archive,
    };
  });
}

/** Checks `outbound`. Undefined when it is no object, so that nothing can be said about the names of its entries. */
export function checkOutbound(
  section: EntryNode | undefined,
  connections: Connections,
  context: Context,
): ReadonlyMap<string, OutboundDraft> | undefined {
  if (section && section.value.kind !== 'object') return undefined;
  const drafts = namedParts(section, 'outbound', context.checking).map(
    (part) => [part.name, checkOutboundEntry(part, connections, context)] as const,
  );
  return new Map(drafts);
}

function checkOutboundEntry(part: NamedPart, connections: Connections, context: Context): OutboundDraft {
  const before = context.checking.findings.length;
  const entry = checkEntry(part, outboundSide, connections, context);
  const guarantees = entry.plugin?.card.send?.guarantees;
  const draft = { enabled: true, guarantees, transport: entry.plugin?.card.name, checked: undefined };
  if (context.checking.findings.length > before || !entry.node || !entry.connection || !entry.schema) return draft;
  const values = resolved(entry.schema, entry.node, context);
  const own = values as unknown as CheckedOutbound;
  const { parked, concurrency, retry, timeout, archive } = own;
  const checked = {
    name: part.name,
    connection: entry.connection,
    settings: without(values, outboundSide.keys),
    order: orderOf(own.order),
    parked,
    afterCrash: own.unknown ?? ('retry' as const),
    unknown: own.unknown ?? (guarantees?.deduplicates ? 'retry' : 'park'),
    concurrency: own.order === 'serial' ? 1 : concurrency,
    retry,
    timeout,
    archive,
  };
  return { ...draft, enabled: values['enabled'] !== false, checked };
}

function orderOf(written: Order | { readonly by: 'key' }): Order {
  return typeof written === 'object' ? 'key' : written;
}

interface CheckedEntry {
  readonly node?: ObjectNode;
  readonly schema?: Schema;
  readonly plugin?: CheckedPlugin<TransportCard> | undefined;
  readonly connection?: CheckedConnection | undefined;
}

/** What both directions have in common: the connection, its ability, all settings, and waits that fit together. */
function checkEntry(part: NamedPart, side: Side, connections: Connections, context: Context): CheckedEntry {
  const { node, path, owner } = part;
  const { checking } = context;
  if (node.kind !== 'object') {
    checkValue({ type: 'object' }, node, path, owner, checking);
    return {};
  }
  const draft = findConnection(node, part, side, connections, context);
  const plugin = draft?.transport;
  const ability = plugin && side.sideOf(plugin.card);
  if (plugin && !ability) cannot(node, part, side, draft, context);
  const schema = ability ? sideBySide(side.own, asSchema(ability.endpoint)) : side.own;
  // Without the transport nothing can be said about its settings.
  checkValue(schema, ability ? node : recognisable(node, side.keys), path, owner, checking);
  if (ability) checkBeyond(ability.endpoint, node, path, side.keys, context);
  checkRetry(entryFor(node, 'retry', side.keys), path, context);
  return { node, schema, plugin, connection: draft?.checked };
}

function findConnection(node: ObjectNode, part: Part, side: Side, connections: Connections, context: Context): ConnectionDraft | undefined {
  const entry = entryFor(node, 'connection', side.keys);
  const name = textOf(entry);
  if (connections === undefined || entry === undefined || name === undefined) return undefined;
  const exact = connections.get(name);
  if (exact) return exact;
  const known = [...connections.keys()];
  const near = didYouMean(name, known);
  const hint = near === undefined && known.length === 0 ? 'Add it to "connections".' : hintFor(near, [], 'connections', known);
  context.checking.find(
    'WB_MANIFEST_UNKNOWN_CONNECTION',
    `There is no connection "${name}".`,
    keyPath(part.path, entry.key),
    entry.value.spot,
    hint,
  );
  return near === undefined ? undefined : connections.get(near);
}

function cannot(node: ObjectNode, part: NamedPart, side: Side, draft: ConnectionDraft | undefined, { checking, plugins }: Context): void {
  const entry = entryFor(node, 'connection', side.keys);
  if (entry === undefined || draft?.transport === undefined) return;
  const able = [...plugins.transports.values()].filter(({ card }) => side.sideOf(card)).map(({ card }) => card.name);
  const others = able.length === 0 ? '' : ` (${able.join(', ')})`;
  checking.find(
    side.code,
    `${side.section} "${part.name}" uses connection "${draft.name}", and the ${draft.transport.card.name} transport does not ${side.verb}.`,
    keyPath(part.path, entry.key),
    entry.value.spot,
    `Use a connection whose transport ${side.verb}s${others}, or remove the entry.`,
  );
}

function checkRetry(retry: EntryNode | undefined, path: string, context: Context): void {
  if (retry?.value.kind !== 'object') return;
  const { entries } = retry.value;
  const [first, most] = [readWait(entries.get('first'), '1s'), readWait(entries.get('most'), '5m')];
  if (first === undefined || most === undefined || first <= most) return;
  const entry = entries.get('most') ?? entries.get('first') ?? retry;
  const message = 'The longest wait ("most") is shorter than the first one ("first").';
  context.checking.find(
    'WB_MANIFEST_CONFLICT',
    message,
    keyPath(keyPath(path, 'retry'), entry.key),
    entry.value.spot,
    'Let "most" be at least "first".',
  );
}

function readWait(entry: EntryNode | undefined, fallback: string): number | undefined {
  const text = entry === undefined ? fallback : textOf(entry);
  return text === undefined ? undefined : readDuration(text);
}

function checkOrder(node: ObjectNode, { path }: Part, { checking }: Context): void {
  const concurrency = entryFor(node, 'concurrency', inboundSide.keys);
  if (textOf(entryFor(node, 'order', inboundSide.keys)) !== 'serial' || concurrency === undefined) return;
  const message = '"order": "serial" works on one message at a time, so "concurrency" has no meaning beside it.';
  checking.find('WB_MANIFEST_CONFLICT', message, keyPath(path, concurrency.key), concurrency.spot, 'Remove one of the two.');
}

function findAll(list: ManifestNode | undefined, path: string, context: Context): readonly MessageTypeRef[] | undefined {
  if (list === undefined) return undefined;
  const found = textsOf(list).flatMap(({ text, index, spot }) => findMessages(text, 'in', itemPath(path, index), spot, context));
  return [...new Set(found.map(({ message }) => message))].map(({ name, version }) => ({ name, version }));
}

function findAllowed(allow: ManifestNode | undefined, path: string, context: Context): CheckedInbound['allow'] {
  if (allow?.kind !== 'object') return undefined;
  const entries = Array.from(allow.entries.values(), ({ key, value }) => {
    return [key, value.kind === 'list' ? (findAll(value, keyPath(path, key), context) ?? []) : 'all'] as const;
  });
  return Object.fromEntries(entries);
}
