import { type EndpointRules, type ReceiveGuarantees, type SendGuarantees } from '@waybill/contract';
import { readDuration, type TransportCard } from '@waybill/contract/host';
import type { CheckedConnection, CheckedPlugin } from '../../checked.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { type EntryNode, keyPath, type ObjectNode } from '../../read/node.ts';
import { sideBySide } from '../../shape/shape.ts';
import { checkValue, entryFor, recognisable } from '../../values/check-value.ts';
import { asSchema, type Schema } from '../../values/setting-schema.ts';
import type { ConnectionDraft, Connections } from '../connections.ts';
import { checkNeeds } from '../rules.ts';
import { type Context, checkBeyond, hintFor, type NamedPart, type Part, resolved, textOf } from '../section.ts';
import { checkOrder } from './order.ts';

/** What a card says of one side of a transport. */
export interface CardSide<Guarantees> {
  readonly endpoint: object;
  readonly guarantees: Guarantees;
  readonly rules?: EndpointRules | undefined;
}

/** What is particular to inbound or to outbound entries. */
export interface Side<Guarantees extends ReceiveGuarantees | SendGuarantees = ReceiveGuarantees | SendGuarantees> {
  readonly section: 'inbound' | 'outbound';
  readonly own: Schema;
  readonly keys: readonly string[];
  readonly sideOf: (card: TransportCard) => CardSide<Guarantees> | undefined;
  readonly code: 'WB_ENDPOINT_CANNOT_RECEIVE' | 'WB_ENDPOINT_CANNOT_SEND';
  readonly verb: 'receive' | 'send';
}

/** An entry whose connection has the right ability: its settings are known. */
export interface KnownEntry<Guarantees> {
  readonly part: NamedPart;
  readonly node: ObjectNode;
  readonly plugin: CheckedPlugin<TransportCard>;
  readonly ability: CardSide<Guarantees>;
  readonly connection: ConnectionDraft;
  /** The settings with their defaults, the kernel's keys among them. Only to be trusted where the entry has no problem. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The settings of an entry without problems. */
export interface SoundEntry<Guarantees> extends KnownEntry<Guarantees> {
  readonly checked: CheckedConnection;
}

export interface EntryCheck<Guarantees> {
  /** Undefined when the entry is no object. */
  readonly node: ObjectNode | undefined;
  readonly known: KnownEntry<Guarantees> | undefined;
}

/** What both directions have in common: the connection, its ability and its needs, all settings, and waits and order that fit together. */
export function checkEntry<Guarantees extends ReceiveGuarantees | SendGuarantees>(
  part: NamedPart,
  side: Side<Guarantees>,
  connections: Connections,
  context: Context,
): EntryCheck<Guarantees> {
  const { node, path, owner } = part;
  const { checking } = context;
  if (node.kind !== 'object') {
    checkValue({ type: 'object' }, node, path, owner, checking);
    return { node: undefined, known: undefined };
  }
  const connection = findConnection(node, part, side, connections, context);
  const plugin = connection?.transport;
  const ability = plugin && side.sideOf(plugin.card);
  if (plugin && !ability) cannot(node, part, side, connection, context);
  const schema = ability ? sideBySide(side.own, asSchema(ability.endpoint)) : side.own;
  // Without the transport nothing can be said about its settings.
  checkValue(schema, ability ? node : recognisable(node, side.keys), path, owner, checking);
  if (ability) checkBeyond(ability.endpoint, node, path, side.keys, context);
  checkRetry(entryFor(node, 'retry', side.keys), path, context);
  checkOrder(node, path, side.keys, context);
  if (!ability || !plugin || !connection) return { node, known: undefined };
  checkNeeds(ability.rules?.needs ?? [], connection, entryFor(node, 'connection', side.keys), part, context);
  return { node, known: { part, node, plugin, ability, connection, values: resolved(schema, node, context) } };
}

/** The entry, when neither it nor its connection has a problem. `before`: how many problems there were before it was checked. */
export function soundEntry<Guarantees>(
  known: KnownEntry<Guarantees> | undefined,
  before: number,
  { checking }: Context,
): SoundEntry<Guarantees> | undefined {
  if (known?.connection.checked === undefined || checking.findings.length > before) return undefined;
  return { ...known, checked: known.connection.checked };
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
