import type { MessageTypeRef, ReceiveGuarantees } from '@waybill/contract';
import type { CheckedInbound, RetryPolicy } from '../../checked.ts';
import { type EntryNode, itemPath, keyPath, type ManifestNode } from '../../read/node.ts';
import { inboundShape } from '../../shape/shape.ts';
import { entryFor } from '../../values/check-value.ts';
import { asSchema } from '../../values/setting-schema.ts';
import type { Connections } from '../connections.ts';
import { findMessages } from '../messages.ts';
import { type Context, type NamedPart, namedParts, textsOf, without } from '../section.ts';
import { checkEntry, type KnownEntry, type Side, soundEntry } from './entry.ts';
import { orderOf, type WrittenOrder } from './order.ts';
import { checkPackOptions } from './pack-options.ts';
import { warnOfInbound } from './promises.ts';
import { checkTaken } from './taken.ts';

const side: Side<ReceiveGuarantees> = {
  section: 'inbound',
  own: asSchema(inboundShape),
  keys: Object.keys(inboundShape.properties),
  sideOf: (card) => card.receive,
  code: 'WB_ENDPOINT_CANNOT_RECEIVE',
  verb: 'receive',
};

/** An inbound entry while it is not known what the outbound entries are. */
export type InboundEntry = Omit<CheckedInbound, 'errorsTo'> & { readonly errorsTo: string | undefined };

/** Checks `inbound`. Answers the entries that are enabled and have no problems. */
export function checkInbound(section: EntryNode | undefined, connections: Connections, context: Context): readonly InboundEntry[] {
  const known: KnownEntry<ReceiveGuarantees>[] = [];
  const checked = namedParts(section, 'inbound', context.checking).flatMap((part) => checkInboundEntry(part, connections, known, context));
  checkTaken(known, context);
  return checked;
}

/** Adds the entry to `known` where its settings are known. */
function checkInboundEntry(
  part: NamedPart,
  connections: Connections,
  known: KnownEntry<ReceiveGuarantees>[],
  context: Context,
): readonly InboundEntry[] {
  const before = context.checking.findings.length;
  const entry = checkEntry(part, side, connections, context);
  if (entry.known) known.push(entry.known);
  if (entry.node === undefined) return [];
  const packs = checkPackOptions(entry.node, part, { ...side, of: 'received' }, context);
  const messages = findAll(entryFor(entry.node, 'messages', side.keys)?.value, keyPath(part.path, 'messages'), context);
  const allow = findAllowed(entryFor(entry.node, 'allow', side.keys)?.value, keyPath(part.path, 'allow'), context);
  const sound = soundEntry(entry.known, before, context);
  if (sound === undefined || sound.values['enabled'] === false) return [];
  const own = sound.values as unknown as Omit<InboundEntry, 'order' | 'feeds'> & {
    readonly order: WrittenOrder;
    readonly retry: RetryPolicy;
    readonly feeds?: readonly string[];
  };
  const { accept, parked, encoding, retry, timeout, store, credentials, archive, feeds = [], errorsTo } = own;
  const checked: InboundEntry = {
    name: part.name,
    connection: sound.checked,
    settings: without(sound.values, side.keys),
    messages,
    accept,
    order: orderOf(own.order),
    parked,
    packs,
    encoding,
    concurrency: own.order === 'serial' ? 1 : own.concurrency,
    retry,
    timeout,
    store,
    allow,
    credentials,
    archive,
    feeds,
    errorsTo,
  };
  warnOfInbound(checked, sound, side.keys, context);
  return [checked];
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
