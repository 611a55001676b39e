import { packSuite } from '../../src/pack/suite.ts';
import { faults } from './faults.ts';
import { harness } from './sound.ts';

// No test file of its own: pack-suite-faults.long.test.ts runs it in a process of its own and expects questions to fail.
for (const { pack } of faults) packSuite(pack, harness);
