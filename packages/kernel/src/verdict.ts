import type { ReceiveGuarantees, WaybillError } from '@waybill/contract';
import type { RetryPolicy } from '@waybill/manifest';
import { backoff, policyFor } from '@waybill/plugin-host/kernel';

/**
 * What is done about a failure. The one place where that is decided, for deliveries, stored messages and legs.
 *
 * - tell: somebody waits for this very answer and decides; with `after` it may be tried again then. Nothing is kept.
 * - again: it is tried again after so many milliseconds; its transport holds it until then, or the journal keeps it. Where it is
 *   not `counted`, nobody had a chance to do anything about it.
 * - park: it is given up on and kept for a person.
 */
export type Verdict =
  | { readonly do: 'tell'; readonly after?: number }
  | { readonly do: 'again'; readonly by: 'transport' | 'journal'; readonly after: number; readonly counted: boolean }
  | { readonly do: 'park' };

export interface Failing {
  readonly error: WaybillError;
  /** Attempts that failed before this one. */
  readonly failures: number;
  /** Hand-outs whose outcome is not known, because the process ended. */
  readonly unresolved: number;
  readonly policy: RetryPolicy;
  /** How long ago the message was made, in milliseconds. */
  readonly age: number;
  /** The sender waits for the settlement. */
  readonly waits: boolean;
  /** How many milliseconds the transport holds the message for a retry; 0 where it does not. */
  readonly holds: number;
  /** What is done about a send of which nobody knows whether it arrived. */
  readonly unknown: 'retry' | 'park';
  /** The destination is away and is tried again after so many milliseconds: nothing is counted. */
  readonly away?: number | undefined;
  /** Between 0 and 1; default random. */
  readonly random?: () => number;
}

/** Pure but for `random`. */
export function verdictOn({ error, failures, unresolved, policy, age, waits, holds, unknown, away, random }: Failing): Verdict {
  const isDoubtful = 'outcome' in error && error.outcome === 'unknown';
  const steps = policyFor(policy, error.kind);
  const after = Math.max(away ?? backoff(steps, failures + 1, random), error.retryAfter ?? 0);
  if (waits) return error.retryable ? { do: 'tell', after } : { do: 'tell' };
  if (isDoubtful && unknown === 'park') return { do: 'park' };
  if (age + after > (policy.within ?? Number.POSITIVE_INFINITY)) return { do: 'park' };
  if (away !== undefined) return { do: 'again', by: 'journal', after, counted: false };
  if (!error.retryable && !isDoubtful) return { do: 'park' };
  if (failures + unresolved + 1 >= steps.attempts) return { do: 'park' };
  return { do: 'again', by: after <= holds ? 'transport' : 'journal', after, counted: true };
}

export interface HandOuts {
  readonly failures: number;
  readonly unresolved: number;
  readonly policy: RetryPolicy;
  /** How often the far side says that it handed the message out, this time included. */
  readonly handedOut?: number | undefined;
  /** After so many hand-outs the far side gives the message up by itself. */
  readonly giveUpAfter?: number | undefined;
}

/**
 * Whether a message is given up on before it is tried: it was begun so often without any outcome that it probably ends the process.
 * The far side also counts hand-outs to wait for a turn beside the one that ended the process, so that it is believed only about the
 * time before the journal recorded anything, or when its count is very high: a journal may forget with the process.
 */
export function isSpentUntried({ failures, unresolved, policy, handedOut, giveUpAfter }: HandOuts): boolean {
  const counted = handedOut === undefined ? unresolved : handedOut - 1 - failures;
  const begun = handedOut === undefined ? unresolved : Math.min(counted, unresolved + 1);
  const most = Math.min(giveUpAfter ?? Number.POSITIVE_INFINITY, 2 * policy.attempts + 10);
  return (begun > 0 && failures + begun >= policy.attempts) || (counted > 0 && failures + counted >= most);
}

/**
 * How long the transport may hold a message for a retry, in milliseconds. Not at all where messages are to stay in order, since
 * what comes behind would overtake it; and not when the far side would give the message up at its next hand-out: the kernel
 * knows more of it and keeps it itself.
 */
export function holdOf(
  redelivers: ReceiveGuarantees['redelivers'],
  {
    isOrdered,
    handedOut = 1,
    giveUpAfter,
  }: { readonly isOrdered: boolean; readonly handedOut?: number | undefined; readonly giveUpAfter?: number | undefined },
): number {
  if (typeof redelivers !== 'object' || isOrdered) return 0;
  return giveUpAfter !== undefined && handedOut + 1 >= giveUpAfter ? 0 : redelivers.upTo;
}
