// Everything that has to hold before a change is good, in the order of how fast it answers.
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { changedCode } from './changed.mjs';
import { node, program, reports, root, run, step } from './steps.mjs';

const lint = (...args) => [program('oxlint'), '--deny-warnings', ...args];
/** What needs no test runner: name, and the arguments for Node. */
const statics = () => [
  ['types', [program('typescript', 'tsc'), '-p', 'tsconfig.json']],
  ['format', [program('@biomejs/biome', 'biome'), 'check', '--error-on-warnings']],
  ['cards and docs are fresh', ['scripts/generate.ts', '--check']],
];

/** Runs all checks on a built workspace; one that fails does not stop the others. */
export async function checks() {
  for (const [name, args] of [...statics(), ['lint', lint('--type-aware')]]) await step(name, () => run(node, args));
  await vitest('house rules', 'house');
  await vitest('tests', 'packages');
  await vitest('tests with mocked modules', 'mocked');
  await vitest('slow tests', 'slow');
  // Minutes more; platforms fetch other versions of Node, 50 MB each.
  if (process.env.CI) {
    await vitest('long tests', 'long');
    await vitest('platforms', 'platforms');
  }
  for (const example of examples()) await step(`example ${example}`, () => run(node, [`examples/${example}/dist/main.js`, '--once']));
}

/**
 * The checks that answer soon, side by side. Rules that need types look at what was changed. Test files share their processes, which
 * spares a third of the time, and there are more processes than processors, since many tests wait; `checks` gives each file a
 * process of its own. Those that replace a module (`vi.mock`) have one here too: the others may have loaded it before.
 */
export async function quickChecks() {
  const workers = `--maxWorkers=${2 * availableParallelism()}`;
  const tests = [
    ['quick tests', [program('vitest'), 'run', '--no-isolate', workers, '--project', 'house', '--project', 'packages']],
    ['tests with mocked modules', [program('vitest'), 'run', '--project', 'mocked']],
  ];
  const all = [...statics(), ...quickLint(), ...tests];
  await Promise.all(all.map(([name, args]) => step(name, () => run(node, args, { held: true }))));
}

function quickLint() {
  const changed = changedCode();
  if (changed === undefined) return [['lint', lint('--type-aware')]];
  const withTypes = ['lint of what was changed', lint('--type-aware', ...changed)];
  return [['lint without types', lint()], ...(changed.length > 0 ? [withTypes] : [])];
}

export function vitest(name, project) {
  const report = `tests-${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, report)}`];
  return step(name, () => run(node, [program('vitest'), 'run', '--project', project, ...reporters]), report);
}

/** The examples that can be run; the others are libraries, which their tests run. */
function examples() {
  return readdirSync(join(root, 'examples')).filter((name) => existsSync(join(root, 'examples', name, 'dist', 'main.js')));
}
