// `npm run check`: everything that `npm test` does, without installing.
import { checks } from './checks.mjs';
import { build } from './install.mjs';
import { startReport, summary } from './steps.mjs';

startReport();
if (await build()) await checks();
process.exitCode = summary();
