import { transportSuite } from '../../src/transport/suite.ts';
import { control, faults } from './faults.ts';

/**
 * Registers the suite for every fourth transport. The files that call this are no test files of their own:
 * transport-suite-faults.slow.test.ts runs them in processes of their own, and expects most questions to fail.
 */
export function registerSlice(slice: 0 | 1 | 2 | 3): void {
  for (const [index, { transport, harness }] of [control, ...faults].entries()) {
    if (index % 4 === slice) transportSuite(transport, harness);
  }
}
