// `npm run long`: what breaks whole suites, plants bugs in the rigs, reads thousands of made-up messages and huge ones, and tries releases.
import { vitest } from './checks.mjs';
import { prepare } from './install.mjs';
import { summary } from './steps.mjs';

if (await prepare()) await vitest('long tests', 'long');
process.exitCode = summary();
