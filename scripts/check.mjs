// `npm run check`: everything that `npm test` does, without installing.
import { checks } from './checks.mjs';
import { build } from './install.mjs';
import { summary } from './steps.mjs';

if (await build()) await checks();
process.exitCode = summary();
