import type { Mutant } from './mutant.ts';

const failing = 'packages/kernel/test/failing.test.ts';

export const inboundMutants: readonly Mutant[] = [
  {
    name: 'attempt-too-many',
    promise: 'A message is parked after as many attempts as its entry allows.',
    file: 'packages/kernel/src/verdict.ts',
    from: 'failures + unresolved + 1 >= steps.attempts',
    to: 'failures + unresolved >= steps.attempts',
    tests: [failing],
  },
];
