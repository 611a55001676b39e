import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { makeFolder, removeFolder } from '../src/tools/temporary-folder.ts';

export interface Answer {
  /** The titles of the groups that the question is in. */
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
}

/**
 * Runs suites that are expected to fail, in a vitest of its own: the folder below `test` has its configuration. `pattern`
 * chooses questions by their full names.
 */
export async function runSuites(folder: string, pattern?: string): Promise<readonly Answer[]> {
  const output = await makeFolder();
  const report = join(output, 'report.json');
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const config = join(import.meta.dirname, folder, 'vitest.config.ts');
  const chosen = pattern === undefined ? [] : ['--testNamePattern', pattern];
  // Without the variables by which a worker of this very run is told what to do.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  await new Promise<void>((resolve) => {
    execFile(process.execPath, [vitest, 'run', '--config', config, '--outputFile', report, ...chosen], { env }, () => resolve());
  });
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as { testResults: { assertionResults: readonly Answer[] }[] };
  await removeFolder(output);
  return testResults.flatMap(({ assertionResults }) => assertionResults);
}

/** How many questions each transport was asked, and those that it did not answer well, by the name of the transport. */
export function answersByTransport(answers: readonly Answer[]) {
  const failed = new Map<string, readonly string[]>();
  const asked = new Map<string, number>();
  for (const { ancestorTitles, title, status } of answers) {
    const [, name = ''] = /^the transport "(.+)"$/.exec(ancestorTitles.find((one) => one.startsWith('the transport')) ?? '') ?? [];
    if (status === 'skipped' || status === 'pending') continue;
    asked.set(name, (asked.get(name) ?? 0) + 1);
    if (status === 'failed') failed.set(name, [...(failed.get(name) ?? []), title]);
  }
  return { failed, asked };
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Which part of the subjects a process asks, and of how many parts. */
    slice: number;
    slices: number;
  }
}
