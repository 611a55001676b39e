import type { Leg, Message, ReceiveGuarantees, Settlement, WaybillError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import type { Clock } from '@waybill/plugin-host';
import { failureOf } from '@waybill/plugin-host/kernel';
import { messageErrors } from '../../errors.ts';
import { holdOf, isSpentUntried, type Verdict, verdictOn } from '../../verdict.ts';
import type { Attempted } from '../attempt.ts';
import { type InHand, isFresh } from '../in-hand.ts';

/** What was decided about a message in hand. */
export type Decision =
  | { readonly do: 'finish'; readonly reply: Message | undefined; readonly legs: readonly Leg[] }
  | (Verdict & {
      readonly error: WaybillError;
      readonly reply: Message | undefined;
      /** What tells the sender of it, where its message is no longer in hand. */
      readonly legs: readonly Leg[];
    });

/** What is done after an attempt. `guarantees` are those of the transport that has the message; undefined for one from the journal. */
export function decide(
  hand: InHand,
  attempted: Attempted,
  { order, retry: policy }: CheckedInbound,
  guarantees: Pick<ReceiveGuarantees, 'waits' | 'redelivers'> | undefined,
  clock: Pick<Clock, 'now'>,
): Decision {
  const { reply, legs } = attempted;
  if (attempted.ok) return { do: 'finish', legs, reply };
  const { error } = attempted;
  const { failures, unresolved, handedOut, delivery } = hand;
  const giveUpAfter = delivery?.giveUpAfter;
  // A message without an id of its own comes again under another one, so that nothing could be counted: the journal keeps it.
  const holds =
    guarantees && !isFresh(hand) ? holdOf(guarantees.redelivers, { isOrdered: order !== 'parallel', handedOut, giveUpAfter }) : 0;
  const [age, waits] = [clock.now() - hand.message.createdAt, guarantees?.waits ?? false];
  const verdict = verdictOn({ error, failures, unresolved, policy, age, waits, holds, unknown: 'retry' });
  return { ...verdict, error, reply, legs };
}

/** Whether it was handed out before without any outcome: it may be what ended the process. */
export function isSuspect({ failures, unresolved, handedOut = 1 }: InHand): boolean {
  return unresolved > 0 || handedOut - 1 > failures;
}

/** Set where a message is given up on before it is tried. */
export function untriedError(hand: InHand, { retry: policy }: CheckedInbound): WaybillError | undefined {
  if (!isSuspect(hand)) return undefined;
  const { failures, unresolved, handedOut, delivery } = hand;
  if (!isSpentUntried({ failures, unresolved, policy, handedOut, giveUpAfter: delivery?.giveUpAfter })) return undefined;
  const times = Math.max(unresolved, (handedOut ?? 1) - 1 - failures);
  return messageErrors.WB_ATTEMPTS_SPENT(`The message was handed out ${times} times without any outcome, and failed ${failures} times.`);
}

export const accepted: Settlement = { outcome: 'accepted' };

/** The message is durable in the journal, and can be asked for under its id. */
export function acceptedAsStored({ message: { id } }: InHand): Settlement {
  return { outcome: 'accepted', stored: true, id };
}

/** What the transport is told. */
export function settlementOf(hand: InHand, decision: Decision, mask: (text: string) => string): Settlement {
  const { reply } = decision;
  if (decision.do === 'finish') return reply ? { outcome: 'accepted', reply } : accepted;
  if (decision.do === 'again' && decision.by === 'journal') return acceptedAsStored(hand);
  const fault = failureOf(decision.error, mask);
  const after = decision.do === 'park' ? undefined : decision.after;
  return after === undefined ? { outcome: 'rejected', fault, reply } : { outcome: 'retry', after, fault, reply };
}
