import type { SendGuarantees } from '@waybill/contract';
import type { CheckedOutbound } from '../../checked.ts';
import type { EntryNode } from '../../read/node.ts';
import { outboundShape } from '../../shape/shape.ts';
import { asSchema } from '../../values/setting-schema.ts';
import type { Connections } from '../connections.ts';
import { type Context, type NamedPart, namedParts, without } from '../section.ts';
import { checkEntry, type KnownEntry, type Side, soundEntry } from './entry.ts';
import { orderOf, type WrittenOrder } from './order.ts';
import { checkPackOptions } from './pack-options.ts';
import { warnOfOutbound } from './promises.ts';
import { checkTaken } from './taken.ts';

/** An outbound entry as far as it is known, for the routes that use it. */
export interface OutboundDraft {
  readonly enabled: boolean;
  /** Undefined when its connection is not known. */
  readonly guarantees: SendGuarantees | undefined;
  readonly transport: string | undefined;
  /** Undefined when the entry has problems. */
  readonly checked: CheckedOutbound | undefined;
}

const side: Side<SendGuarantees> = {
  section: 'outbound',
  own: asSchema(outboundShape),
  keys: Object.keys(outboundShape.properties),
  sideOf: (card) => card.send,
  code: 'WB_ENDPOINT_CANNOT_SEND',
  verb: 'send',
};

/** Checks `outbound`. Undefined when it is no object, so that nothing can be said about the names of its entries. */
export function checkOutbound(
  section: EntryNode | undefined,
  connections: Connections,
  context: Context,
): ReadonlyMap<string, OutboundDraft> | undefined {
  if (section && section.value.kind !== 'object') return undefined;
  const known: KnownEntry<SendGuarantees>[] = [];
  const drafts = namedParts(section, 'outbound', context.checking).map(
    (part) => [part.name, checkOutboundEntry(part, connections, known, context)] as const,
  );
  checkTaken(known, context);
  return new Map(drafts);
}

/** Adds the entry to `known` where its settings are known. */
function checkOutboundEntry(
  part: NamedPart,
  connections: Connections,
  known: KnownEntry<SendGuarantees>[],
  context: Context,
): OutboundDraft {
  const before = context.checking.findings.length;
  const entry = checkEntry(part, side, connections, context);
  if (entry.known) known.push(entry.known);
  const draft = { guarantees: entry.known?.ability.guarantees, transport: entry.known?.plugin.card.name };
  const optionsOf = (of: 'sent' | 'replies') =>
    entry.node === undefined ? {} : checkPackOptions(entry.node, part, { ...side, of }, context);
  const [packs, replies] = [optionsOf('sent'), optionsOf('replies')];
  const sound = soundEntry(entry.known, before, context);
  if (sound === undefined) return { ...draft, enabled: true, checked: undefined };
  const own = sound.values as unknown as Omit<CheckedOutbound, 'order' | 'unknown'> & {
    readonly order: WrittenOrder;
    readonly unknown?: CheckedOutbound['unknown'];
  };
  const { parked, retry, rate, timeout, archive } = own;
  const checked: CheckedOutbound = {
    name: part.name,
    connection: sound.checked,
    settings: without(sound.values, side.keys),
    order: orderOf(own.order),
    parked,
    afterCrash: own.unknown ?? 'retry',
    unknown: own.unknown ?? (sound.ability.guarantees.deduplicates ? 'retry' : 'park'),
    concurrency: own.order === 'serial' ? 1 : own.concurrency,
    retry,
    rate,
    packs,
    replies,
    timeout,
    archive,
  };
  const enabled = sound.values['enabled'] !== false;
  if (enabled) warnOfOutbound(checked, sound, side.keys, context);
  return { ...draft, enabled, checked };
}
