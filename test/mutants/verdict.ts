import type { Mutant } from './mutant.ts';

const source = 'packages/kernel/src/';
const test = 'packages/kernel/test/';

export const verdictMutants: readonly Mutant[] = [
  {
    name: 'attempt-too-many',
    promise: 'A message is parked after as many attempts as its entry allows.',
    file: `${source}verdict.ts`,
    from: 'failures + unresolved + 1 >= steps.attempts',
    to: 'failures + unresolved >= steps.attempts',
    tests: [`${test}trouble.test.ts`],
  },
  {
    name: 'unresolved-not-counted',
    promise: 'Hand-outs without an outcome count among the attempts.',
    file: `${source}verdict.ts`,
    from: 'failures + unresolved + 1 >= steps.attempts',
    to: 'failures + 1 >= steps.attempts',
    tests: [`${test}verdict.test.ts`],
  },
  {
    name: 'retry-after-ignored',
    promise: 'A failure that asks for more time gets it.',
    file: `${source}verdict.ts`,
    from: 'Math.max(away ?? backoff(steps, failures + 1, random), error.retryAfter ?? 0)',
    to: 'away ?? backoff(steps, failures + 1, random)',
    tests: [`${test}verdict.test.ts`],
  },
  {
    name: 'retry-begins-late',
    promise: 'The first wait is the first of the policy.',
    file: `${source}verdict.ts`,
    from: 'backoff(steps, failures + 1, random)',
    to: 'backoff(steps, failures + 2, random)',
    tests: [`${test}verdict.test.ts`],
  },
  {
    name: 'waits-longer-than-held',
    promise: 'A transport holds a retry only as long as it can.',
    file: `${source}verdict.ts`,
    from: "after <= holds ? 'transport'",
    to: "after <= 2 * holds ? 'transport'",
    tests: [`${test}verdict.test.ts`],
  },
  {
    name: 'hand-outs-double',
    promise: 'A message that ends its process each time is given up at a fixed hand-out.',
    file: `${source}verdict.ts`,
    from: '2 * policy.attempts + 10',
    to: '3 * policy.attempts + 10',
    tests: [`${test}verdict.test.ts`],
  },
  {
    name: 'held-in-order',
    promise: 'A transport holds no retry where messages stay in order.',
    file: `${source}verdict.ts`,
    from: "typeof redelivers !== 'object' || isOrdered",
    to: "typeof redelivers !== 'object'",
    tests: [`${test}verdict.test.ts`],
  },
  {
    name: 'held-at-give-up',
    promise: 'A message is kept before its far side gives it up.',
    file: `${source}verdict.ts`,
    from: 'handedOut + 1 >= giveUpAfter ? 0',
    to: 'handedOut >= giveUpAfter ? 0',
    tests: [`${test}verdict.test.ts`],
  },
];
