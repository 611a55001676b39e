import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { control, faults } from './broken-journals/journal-faults.ts';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly status: string }[];
  }[];
}

/** How many questions each journal answered in each way, by its name. */
const answers = { passed: new Map<string, number>(), failed: new Map<string, number>() };

beforeAll(async () => {
  for (const { ancestorTitles, status } of (await runSuites()).testResults.flatMap((file) => file.assertionResults)) {
    const name = ancestorTitles.find((title) => title.endsWith(', as a journal'))?.replace(', as a journal', '') ?? '';
    const counts = status === 'passed' ? answers.passed : answers.failed;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
});

describe('the journal suite', () => {
  it('finds nothing wrong with a sound journal', () => {
    expect(answers.passed.get(control.name)).toBeGreaterThan(70);
    expect(answers.failed.get(control.name)).toBeUndefined();
  });

  it.each(faults)('finds the fault of a journal that $name', ({ name }) => {
    expect(answers.failed.get(name)).toBeGreaterThan(0);
    expect(answers.passed.get(name)).toBeGreaterThan(30);
  });
});

async function runSuites(): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-journal-suite-'));
  const output = join(folder, 'report.json');
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const config = join(import.meta.dirname, 'broken-journals', 'journal-vitest.config.ts');
  // Without the variables by which a worker of this very run is told what to do.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  await new Promise<void>((resolve) => {
    execFile(process.execPath, [vitest, 'run', '--config', config, '--outputFile', output], { env }, () => resolve());
  });
  const report = JSON.parse(await readFile(output, 'utf8')) as Report;
  await rm(folder, { recursive: true });
  return report;
}
