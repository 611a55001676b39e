// `npm run check:quick`: what is worth knowing while one works, in less than a minute. `npm test` asks the rest.
import { quickChecks } from './checks.mjs';
import { prepare } from './install.mjs';
import { summary } from './steps.mjs';

if (await prepare()) await quickChecks();
process.exitCode = summary();
