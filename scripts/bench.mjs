// `npm run bench`: figures beside their limits, measured in one run.
import { prepare } from './install.mjs';
import { node, run, summary } from './steps.mjs';

process.exitCode = (await prepare()) ? await run(node, ['bench/src/main.ts', ...process.argv.slice(2)]) : summary();
