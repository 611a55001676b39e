import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyOf } from './copy.ts';
import { allMutants, faultsOf, type ListedMutant, mutated } from './list.ts';
import { type Ended, runTests } from './run-tests.ts';
import { summaryOf } from './summary.ts';

/** What the tests made of a mutant: `hanging` and `failed` are caught, `passed` has survived. */
export interface Outcome {
  readonly mutant: ListedMutant;
  readonly ended: Ended;
}

const words: Readonly<Record<Ended, string>> = {
  passed: 'SURVIVED',
  failed: 'caught',
  hanging: 'caught (hangs)',
  unloadable: 'CANNOT BE RUN',
};

const root = join(import.meta.dirname, '../../..');
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, area: { type: 'string' }, jobs: { type: 'string', default: '1' }, list: { type: 'boolean' } },
  });
  const all = await allMutants();
  const mutants = all.filter(({ area, name }) => (values.area ?? area) === area && (values.only ?? name) === name);
  const faults = faultsOf(mutants, root);
  if (faults.length > 0) return refused(['The list is stale. Let it follow the code:', ...faults]);
  if (mutants.length === 0) return refused(['No mutant has this name and area. `npm run mutants -- --list` shows all of them.']);
  if (values.list === true) return listed(mutants);
  return await examined(mutants, Math.max(1, Number(values.jobs)));
}

function refused(lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`);
  return 2;
}

function listed(mutants: readonly ListedMutant[]): number {
  for (const { area, name, promise } of mutants) process.stdout.write(`${area}  ${name}: ${promise}\n`);
  process.stdout.write(`${mutants.length} mutants\n`);
  return 0;
}

async function examined(mutants: readonly ListedMutant[], jobs: number): Promise<number> {
  const copies = await Promise.all(Array.from({ length: Math.min(jobs, mutants.length) }, () => copyOf(root)));
  try {
    const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
    const [first] = copies;
    if (first === undefined) return 1;
    // Without this, a test that fails anyway would catch everything.
    const sound = await runTests(first.folder, tests, 3_600_000, interrupted.signal);
    if (sound.ended !== 'passed') return refused(['The tests fail without a change:', sound.written]);
    process.stdout.write(`${tests.length} test files pass without a change, in ${seconds(sound.took)}\n`);
    const waiting = [...mutants];
    const limit = 60_000 + 3 * sound.took;
    const outcomes = await Promise.all(copies.map(({ folder }) => examineIn(folder, waiting, limit)));
    return summaryOf(outcomes.flat(), (line) => process.stdout.write(`${line}\n`));
  } finally {
    await Promise.all(copies.map((copy) => copy.remove()));
  }
}

async function examineIn(folder: string, waiting: ListedMutant[], limit: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const file = join(folder, mutant.file);
    const text = await readFile(file, 'utf8');
    await writeFile(file, mutated(mutant, text));
    const { ended, took } = await runTests(folder, mutant.tests, limit, interrupted.signal);
    await writeFile(file, text);
    outcomes.push({ mutant, ended });
    process.stdout.write(`${words[ended].padEnd(15)} ${seconds(took)}  ${mutant.area}/${mutant.name}\n`);
  }
  return outcomes;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1).padStart(5)} s`;
}

process.exitCode = await main();
