// Everything that has to hold before a change is good, in the order of how fast it answers.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { changedCode } from './changed.mjs';
import { node, program, reports, root, run, step } from './steps.mjs';

/** Runs all checks on a built workspace; one that fails does not stop the others. */
export async function checks() {
  await sideBySide(lint('lint', '--type-aware'));
  await vitest('slow tests', 'slow');
  // Minutes more; platforms fetch other versions of Node, 50 MB each.
  if (process.env.CI) {
    await vitest('long tests', 'long');
    await vitest('platforms', 'platforms');
  }
  for (const example of examples()) await step(`example ${example}`, () => run(node, [`examples/${example}/dist/main.js`, '--once']));
}

/** The checks that answer soon; rules that need types look at what was changed. */
export function quickChecks() {
  const changed = changedCode();
  if (changed === undefined) return sideBySide(lint('lint', '--type-aware'));
  const withTypes = changed.length > 0 ? [lint('lint of what was changed', '--type-aware', ...changed)] : [];
  return sideBySide(lint('lint without types'), ...withTypes);
}

function sideBySide(...lints) {
  const held = { held: true };
  const plain = (name, ...args) => step(name, () => run(node, args, held));
  return Promise.all([
    plain('types', program('typescript', 'tsc'), '-p', 'tsconfig.json'),
    plain('format', program('@biomejs/biome', 'biome'), 'check', '--error-on-warnings'),
    plain('cards and docs are fresh', 'scripts/generate.ts', '--check'),
    ...lints.map(({ name, args }) => plain(name, ...args)),
    vitest('house rules', 'house', held),
    vitest('tests', 'packages', { ...held, args: shared }),
    vitest('tests with mocked modules', 'mocked', held),
  ]);
}

/**
 * Test files share their processes, which spares a third of the time; CI gives each file one of its own, so that none leans on what
 * another has left. Those that replace a module (`vi.mock`) always have one of their own: the others may have loaded it before.
 */
const shared = process.env.CI ? [] : ['--no-isolate'];

const lint = (name, ...args) => ({ name, args: [program('oxlint'), '--deny-warnings', ...args] });

export function vitest(name, project, { held = false, args = [] } = {}) {
  const report = `tests-${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, report)}`];
  return step(name, () => run(node, [program('vitest'), 'run', '--project', project, ...args, ...reporters], { held }), report);
}

/** The examples that can be run; the others are libraries, which their tests run. */
function examples() {
  return readdirSync(join(root, 'examples')).filter((name) => existsSync(join(root, 'examples', name, 'dist', 'main.js')));
}
