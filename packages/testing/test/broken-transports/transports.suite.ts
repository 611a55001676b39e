import { inject } from 'vitest';
import { transportSuite } from '../../src/transport/suite.ts';
import { control, faults } from './faults.ts';

const slice = inject('slice');
const slices = inject('slices');

// No test file of its own: transport-suite-faults.long.test.ts runs it in processes of its own and expects most questions to fail.
for (const [index, { transport, harness }] of [control, ...faults].entries()) {
  if (index % slices === slice) transportSuite(transport, harness);
}
