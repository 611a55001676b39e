import type { ReceiveGuarantees, SendGuarantees } from '@waybill/contract';
import type { CheckedInbound, CheckedOutbound } from '../../checked.ts';
import type { ManifestErrorCode } from '../../errors.ts';
import { keyPath } from '../../read/node.ts';
import { entryFor } from '../../values/check-value.ts';
import type { Context } from '../section.ts';
import type { SoundEntry } from './entry.ts';

/** Warns where an inbound entry asks for more than its transport promises. */
export function warnOfInbound(
  { order, accept }: Pick<CheckedInbound, 'order' | 'accept'>,
  entry: SoundEntry<ReceiveGuarantees>,
  keys: readonly string[],
  context: Context,
): void {
  const { guarantees } = entry.ability;
  const kind = entry.plugin.card.name;
  if (order !== 'parallel' && guarantees.ordered === 'no') {
    const wanted = order === 'serial' ? 'messages one after the other' : 'the messages of one object one after the other';
    const message = `"${entry.part.name}" wants ${wanted}, and the ${kind} transport cannot tell in which order they were sent.`;
    const hint = 'They are worked on in the order in which they arrive: let the sender wait for each answer before it sends the next one.';
    warn('WB_ENDPOINT_NO_ORDER', message, 'order', hint, entry, keys, context);
  }
  // A sender that waits is not told yes before the work is done; it knows that it has to send again.
  if (accept === 'processed' && !guarantees.transacted && !guarantees.waits) {
    const message = `"${entry.part.name}" answers after the handler, and the ${kind} transport does not hand out again what is in hand when the process ends.`;
    const hint = 'Write "accept": "stored": then a message is in the journal before it is worked on.';
    warn('WB_ENDPOINT_MAY_LOSE', message, 'accept', hint, entry, keys, context);
  }
}

/** Warns where an outbound entry asks for more than its transport promises. */
export function warnOfOutbound(
  { unknown }: CheckedOutbound,
  entry: SoundEntry<SendGuarantees>,
  keys: readonly string[],
  context: Context,
): void {
  if (unknown !== 'retry' || entry.ability.guarantees.deduplicates) return;
  const message = `"${entry.part.name}" sends again what may have arrived, and the far side of the ${entry.plugin.card.name} transport does not recognise duplicates.`;
  const hint = 'Keep it only where a second copy does no harm; "unknown": "park" leaves the decision to a person.';
  warn('WB_ENDPOINT_MAY_REPEAT', message, 'unknown', hint, entry, keys, context);
}

function warn(
  code: ManifestErrorCode,
  message: string,
  key: string,
  hint: string,
  { node, part }: Pick<SoundEntry<unknown>, 'node' | 'part'>,
  keys: readonly string[],
  { checking }: Context,
): void {
  const entry = entryFor(node, key, keys);
  checking.warn(code, message, entry ? keyPath(part.path, entry.key) : part.path, entry?.value.spot ?? part.owner, hint);
}
