import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, removeFolder } from '../src/tools/temporary-folder.ts';
import { control, faults } from './broken-transports/faults.ts';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly title: string; readonly status: string }[];
  }[];
}

/** The questions that a transport did not answer well, by the name of the transport. */
let failed: ReadonlyMap<string, readonly string[]>;
let asked: ReadonlyMap<string, number>;

/** Everything of the sound transport, and of each other one the questions that have to find its fault. */
function pattern(): string {
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const ofFaults = faults.map(({ name, finds }) => `"${name}".*(${finds.map(escaped).join('|')})$`);
  return [`"${control.name}"`, ...ofFaults].join('|');
}

async function runSuites(): Promise<Report> {
  const folder = await makeFolder();
  const output = join(folder, 'report.json');
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const config = join(import.meta.dirname, 'broken-transports', 'vitest.config.ts');
  // Without the variables by which a worker of this very run is told what to do.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  await new Promise<void>((resolve) => {
    execFile(process.execPath, [vitest, 'run', '--config', config, '--outputFile', output, '--testNamePattern', pattern()], { env }, () =>
      resolve(),
    );
  });
  const report = JSON.parse(await readFile(output, 'utf8')) as Report;
  await removeFolder(folder);
  return report;
}

beforeAll(async () => {
  const failures = new Map<string, string[]>();
  const counts = new Map<string, number>();
  for (const { assertionResults } of (await runSuites()).testResults) {
    for (const { ancestorTitles, title, status } of assertionResults) {
      const [, name = ''] = /^the transport "(.+)"$/.exec(ancestorTitles.find((one) => one.startsWith('the transport')) ?? '') ?? [];
      if (status === 'skipped' || status === 'pending') continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (status === 'failed') failures.set(name, [...(failures.get(name) ?? []), title]);
    }
  }
  failed = failures;
  asked = counts;
}, 300_000);

describe('the transport suite', () => {
  it('finds nothing wrong with a sound transport', () => {
    expect(asked.get(control.name)).toBeGreaterThan(50);
    expect(failed.get(control.name) ?? []).toEqual([]);
  });

  it.each(faults)('finds the fault of a transport that $name', ({ name, finds }) => {
    expect((failed.get(name) ?? []).toSorted()).toEqual(finds.toSorted());
  });
});
