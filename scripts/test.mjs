// `npm test`: from a fresh clone to every check passed.
import { checks } from './checks.mjs';
import { prepare } from './install.mjs';
import { summary } from './steps.mjs';

if (await prepare()) await checks();
process.exitCode = summary();
