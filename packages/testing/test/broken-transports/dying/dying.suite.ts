import { inject } from 'vitest';
import { transportSuite } from '../../../src/transport/suite.ts';
import { dyingFaults, soundDying } from './faults.ts';

const slice = inject('slice');
const slices = inject('slices');

// No test file of its own: transport-suite-crashes.long.test.ts runs it in processes of its own and expects some questions to fail.
for (const [index, { transport, harness }] of [...soundDying, ...dyingFaults].entries()) {
  if (index % slices === slice) transportSuite(transport, harness);
}
