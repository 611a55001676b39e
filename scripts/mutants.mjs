// `npm run mutants`: whether the tests notice when a promise is broken on purpose.
import { prepare } from './install.mjs';
import { node, run, summary } from './steps.mjs';

process.exitCode = (await prepare())
  ? await run(node, ['--disable-warning=ExperimentalWarning', 'test/mutants/driver/main.ts', ...process.argv.slice(2)])
  : summary();
