import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyTransport } from '@waybill/contract';
import { contractVersion } from '@waybill/contract/host';
import type { TransportHarness } from '../harness.ts';
import { type Answers, type AskedQuestion, type LeftOutQuestion, type Level, levels } from './answers.ts';

interface Package {
  readonly name: string;
  readonly version: string;
}

/** What a run of the suite has shown, as it stands in the file. */
export interface SuiteReport {
  /** The format of this file. */
  readonly format: 1;
  /** When the suite ended. */
  readonly at: string;
  readonly plugin: { readonly kind: 'transport'; readonly name: string; readonly package?: string; readonly version?: string };
  readonly versions: { readonly contract: string; readonly contractNumber: number; readonly suite: string; readonly node: string };
  /** The last level that was reached; null when something failed that every transport has to do. */
  readonly level: Level | null;
  readonly counts: Readonly<Record<Level, Readonly<Record<AskedQuestion['outcome'] | 'not-asked', number>>>>;
  readonly asked: readonly AskedQuestion[];
  readonly notAsked: readonly LeftOutQuestion[];
}

/** Writes what the suite has shown of a transport. A relative path begins at the folder in which the tests were started. */
export async function writeReport(file: string | URL, transport: AnyTransport, harness: TransportHarness, answers: Answers): Promise<void> {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(reportOf(transport, harness, answers), undefined, 2)}\n`);
}

function reportOf(transport: AnyTransport, { module, card }: TransportHarness, answers: Answers): SuiteReport {
  const place = module ?? card;
  const plugin = place === undefined ? undefined : packageAround(place);
  const { asked, leftOut } = answers;
  return {
    format: 1,
    at: new Date().toISOString(),
    plugin: { kind: 'transport', name: transport.name, ...(plugin && { package: plugin.name, version: plugin.version }) },
    versions: {
      contract: packageAround(pathToFileURL(createRequire(import.meta.url).resolve('@waybill/contract')))?.version ?? 'unknown',
      contractNumber: contractVersion,
      suite: packageAround(import.meta.url)?.version ?? 'unknown',
      node: process.versions.node,
    },
    level: answers.reached ?? null,
    counts: Object.fromEntries(levels.map((level) => [level, countsOf(level, asked, leftOut)])) as SuiteReport['counts'],
    asked,
    notAsked: leftOut,
  };
}

function countsOf(level: Level, asked: readonly AskedQuestion[], leftOut: readonly LeftOutQuestion[]) {
  const count = (outcome: AskedQuestion['outcome']): number => asked.filter((one) => one.level === level && one.outcome === outcome).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    'not-run': count('not-run'),
    'not-asked': leftOut.filter((one) => one.level === level).length,
  };
}

/** The package that a file belongs to: that of the nearest `package.json` with a version. */
function packageAround(place: string | URL): Package | undefined {
  const file = place instanceof URL || place.startsWith('file:') ? fileURLToPath(place) : place;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = packageIn(folder);
    if (found || dirname(folder) === folder) return found;
  }
}

function packageIn(folder: string): Package | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Partial<Package>;
    return name !== undefined && version !== undefined ? { name, version } : undefined;
  } catch {
    // There is none here.
    return undefined;
  }
}
