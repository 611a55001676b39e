import type { FaultKind } from '@waybill/contract';
import type { RetryPolicy, RetrySteps } from '@waybill/manifest';

/** How a plugin that failed is opened again: soon at first, never more often than every half minute in the end. */
export const reopenPolicy: RetryPolicy = { attempts: Number.POSITIVE_INFINITY, first: 250, most: 30_000 };

/** What the policy says about faults of this kind. */
export function policyFor({ attempts, first, most, kinds }: RetryPolicy, kind: FaultKind): RetrySteps {
  return { attempts, first, most, ...kinds?.[kind] };
}

/**
 * The wait in milliseconds after failure number `failures` (1 for the first): `first`, doubled with every further
 * failure, at most `most`, and up to a fifth longer or shorter so that many waiters do not come back at once.
 */
export function backoff(policy: Pick<RetryPolicy, 'first' | 'most'>, failures: number, random: () => number = Math.random): number {
  const wait = Math.min(policy.first * 2 ** Math.min(failures - 1, 30), policy.most);
  return Math.round(wait * (0.8 + 0.4 * random()));
}
