import type { ReceiveGuarantees, Settlement, WaybillError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { messageErrors } from '../errors.ts';
import { failureOf } from '../reason.ts';
import { holdOf, isSpentUntried, verdictOn } from '../verdict.ts';
import type { Attempted } from './attempt.ts';
import type { Decision } from './decision.ts';
import { type InHand, isFresh } from './in-hand.ts';
import { accepted, acceptedAsStored } from './known.ts';

/** What is done after an attempt. `guarantees` are those of the transport that has the message; undefined for one from the journal. */
export function decide(
  hand: InHand,
  attempted: Attempted,
  entry: CheckedInbound,
  guarantees: Pick<ReceiveGuarantees, 'waits' | 'redelivers'> | undefined,
): Decision {
  const { reply } = attempted;
  if (attempted.ok) return { do: 'finish', legs: attempted.legs, reply };
  const { error } = attempted;
  const { failures, unresolved, handedOut, delivery } = hand;
  const giveUpAfter = delivery?.giveUpAfter;
  // A message without an id of its own comes again under another one, so that nothing could be counted: the journal keeps it.
  const holds =
    guarantees && !isFresh(hand) ? holdOf(guarantees.redelivers, { isOrdered: entry.order !== 'parallel', handedOut, giveUpAfter }) : 0;
  const verdict = verdictOn({
    error,
    failures,
    unresolved,
    policy: entry.retry,
    waits: guarantees?.waits ?? false,
    holds,
    unknown: 'retry',
  });
  return { ...verdict, error, reply, legs: attempted.legs };
}

/** Set where a message is given up on before it is tried. */
export function untriedError(hand: InHand, { retry: policy }: CheckedInbound): WaybillError | undefined {
  const { failures, unresolved, handedOut, delivery } = hand;
  const giveUpAfter = delivery?.giveUpAfter;
  if (!isSpentUntried({ failures, unresolved, policy, handedOut, giveUpAfter })) return undefined;
  const times = Math.max(unresolved, (handedOut ?? 1) - 1 - failures);
  return messageErrors.WB_ATTEMPTS_SPENT(`The message was handed out ${times} times without any outcome, and failed ${failures} times.`);
}

/** What the transport is told. */
export function settlementOf(hand: InHand, decision: Decision, mask: (text: string) => string): Settlement {
  const { reply } = decision;
  if (decision.do === 'finish') return reply ? { outcome: 'accepted', reply } : accepted;
  const fault = failureOf(decision.error, mask);
  switch (decision.do) {
    case 'park':
      return { outcome: 'rejected', fault, reply };
    case 'again':
      return decision.by === 'journal' ? acceptedAsStored(hand) : { outcome: 'retry', after: decision.after, fault, reply };
    case 'tell':
      return decision.after === undefined
        ? { outcome: 'rejected', fault, reply }
        : { outcome: 'retry', after: decision.after, fault, reply };
  }
}
