// `npm run generate`: writes what is generated and committed, from what was built just now.
import { prepare } from './install.mjs';
import { node, run, summary } from './steps.mjs';

process.exitCode = (await prepare()) ? await run(node, ['scripts/generate.ts', ...process.argv.slice(2)]) : summary();
