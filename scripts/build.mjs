// `npm run build`: from a fresh clone to compiled packages.
import { prepare } from './install.mjs';
import { summary } from './steps.mjs';

await prepare();
process.exitCode = summary();
