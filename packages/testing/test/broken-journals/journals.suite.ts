import { journalSuite } from '../../src/journal/suite.ts';
import { control } from './fault.ts';
import { faults } from './faults.ts';

// No test file of its own: journal-suite-faults.long.test.ts runs it in a process of its own and expects questions to fail.
journalSuite(control);
// What a fault lets wait in vain is not waited for long.
for (const { name, open } of faults) journalSuite({ name, open, patience: 100 });
