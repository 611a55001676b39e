// `npm run platforms`: what was packed, run on every version of Node that is promised.
import { vitest } from './checks.mjs';
import { prepare } from './install.mjs';
import { summary } from './steps.mjs';

if (await prepare()) await vitest('platforms', 'platforms');
process.exitCode = summary();
