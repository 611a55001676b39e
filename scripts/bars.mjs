// `npm run bars`: what has to hold when things go wrong, shown by making them go wrong.
import { prepare } from './install.mjs';
import { node, run, summary } from './steps.mjs';

process.exitCode = (await prepare()) ? await run(node, ['bench/src/bars/main.ts', ...process.argv.slice(2)]) : summary();
