// `npm test`: from a fresh clone to every check passed.
import { checks } from './checks.mjs';
import { prepare } from './install.mjs';
import { startReport, summary } from './steps.mjs';

startReport();
if (await prepare()) await checks();
process.exitCode = summary();
