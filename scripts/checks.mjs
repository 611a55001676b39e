// Everything that has to hold before a change is good, in the order of how fast it answers.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { node, program, reports, root, run, step } from './steps.mjs';

/** Runs all checks on a built workspace; one that fails does not stop the others. */
export async function checks() {
  await step('types', () => run(node, [program('typescript', 'tsc'), '-p', 'tsconfig.json']));
  await step('lint', () => run(node, [program('oxlint'), '--type-aware', '--deny-warnings']));
  await step('format', () => run(node, [program('@biomejs/biome', 'biome'), 'check', '--error-on-warnings']));
  await step('cards and docs are fresh', () => run(node, ['scripts/generate.ts', '--check']));
  await vitest('house rules', 'house');
  await vitest('tests', 'packages');
  for (const example of examples()) await step(`example ${example}`, () => run(node, [`examples/${example}/dist/main.js`, '--once']));
}

function vitest(name, project) {
  const report = `tests-${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, report)}`];
  return step(name, () => run(node, [program('vitest'), 'run', '--project', project, ...reporters]), report);
}

/** The examples that can be run; the others are libraries, which their tests run. */
function examples() {
  return readdirSync(join(root, 'examples')).filter((name) => existsSync(join(root, 'examples', name, 'dist', 'main.js')));
}
