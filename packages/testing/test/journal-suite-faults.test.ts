import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, removeFolder } from '../src/tools/temporary-folder.ts';
import { control } from './broken-journals/fault.ts';
import { faults } from './broken-journals/faults.ts';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly title: string; readonly status: string }[];
  }[];
}

/** The questions that each journal answered well, and those that it did not, by its name. */
const answers = { passed: new Map<string, string[]>(), failed: new Map<string, string[]>() };

beforeAll(async () => {
  for (const { ancestorTitles, title, status } of (await runSuites()).testResults.flatMap((file) => file.assertionResults)) {
    const name = ancestorTitles.find((one) => one.endsWith(', as a journal'))?.replace(', as a journal', '') ?? '';
    const questions = status === 'passed' ? answers.passed : answers.failed;
    questions.set(name, [...(questions.get(name) ?? []), title]);
  }
}, 120_000);

describe('the journal suite', () => {
  it('finds nothing wrong with a sound journal', () => {
    expect(answers.failed.get(control.name) ?? []).toEqual([]);
    expect(answers.passed.get(control.name)?.length).toBeGreaterThan(150);
  });

  it.each(faults)('finds the fault of a journal that $name', ({ name, finds }) => {
    expect(answers.failed.get(name)).toContain(finds);
    // A journal whose every question fails would prove nothing about the one that is meant.
    expect(answers.passed.get(name)?.length).toBeGreaterThan(60);
  });
});

async function runSuites(): Promise<Report> {
  const folder = await makeFolder();
  const output = join(folder, 'report.json');
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const config = join(import.meta.dirname, 'broken-journals', 'vitest.config.ts');
  // Without the variables by which a worker of this very run is told what to do.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  await new Promise<void>((resolve) => {
    execFile(process.execPath, [vitest, 'run', '--config', config, '--outputFile', output], { env }, () => resolve());
  });
  const report = JSON.parse(await readFile(output, 'utf8')) as Report;
  await removeFolder(folder);
  return report;
}
