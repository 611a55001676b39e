import type { StartedManifest } from '@waybill/contract';
import { checkManifest, compareManifests, ManifestError, readManifest, type WrittenManifest } from '@waybill/manifest';
import type { Probed } from '@waybill/plugin-host';
import { errorReport } from '../error-text.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { manifestFile } from '../manifest-file.ts';
import { json, type Terminal } from '../terminal.ts';
import type { Plan } from './made-plan.ts';
import { planText } from './plan-text.ts';
import { haveOneJournal, type Looked, lookInto, strandedUnder } from './stranded.ts';

export interface PlanOptions {
  /** The manifest that runs today. Default: the one of this name that was started last. */
  readonly against?: string;
  /** Also tries whether the far sides of the connections are there. */
  readonly connect?: boolean;
  readonly json?: boolean;
}

/** `waybill plan`: what would be different, and which messages nobody would work on. Starts nothing and changes nothing. */
export async function plan(named: string | undefined, options: PlanOptions, terminal: Terminal): Promise<ExitCode> {
  const made = await makePlan(manifestFile(named), options);
  const ok = made.stranded.length === 0 && !hasFailed(made.journal) && (made.probed ?? []).every(({ error }) => error === undefined);
  terminal.out(options.json ? json({ ok, ...report(made) }) : planText(made, terminal));
  return ok ? exitCode.done : exitCode.failed;
}

async function makePlan(file: string, { against, connect }: PlanOptions): Promise<Plan> {
  const next = written(file);
  const before = against === undefined ? undefined : written(against);
  const keepsJournal = before === undefined || haveOneJournal(before.manifest, next.manifest);
  const journal = await lookInto(against ?? file);
  const view = journal === 'not there' || 'error' in journal ? undefined : journal;
  const compared = before
    ? { comparedWith: { file: against ?? '' }, changes: compareManifests(before, next) }
    : compareWithLast(view?.last, next);
  return {
    file,
    ...compared,
    stranded: strandedUnder(next.manifest, view?.counts ?? [], keepsJournal),
    keepsJournal,
    journal,
    probed: connect ? await probeConnections(next) : undefined,
  };
}

/** With the manifest of this name that was started last, whether a process of it runs or not. */
function compareWithLast(last: StartedManifest | undefined, next: WrittenManifest): Pick<Plan, 'comparedWith' | 'changes'> {
  if (last === undefined) return { comparedWith: 'nothing', changes: [] };
  const source = readManifest(last.manifest as object, { folder: next.manifest.folder });
  const result = checkManifest(source, { env: process.env });
  if ('problems' in result) return { comparedWith: { started: last.at, problems: result.problems }, changes: [] };
  return { comparedWith: { started: last.at }, changes: compareManifests({ source, manifest: result.manifest }, next) };
}

/** Throws a `ManifestError` with all problems of the manifest. */
function written(file: string): WrittenManifest {
  const source = readManifest(file);
  const result = checkManifest(source, { env: process.env });
  if ('problems' in result) throw new ManifestError(result.problems);
  return { source, manifest: result.manifest };
}

/** Not the ports of inbound entries, which what runs today has, and not the journal, which may not be there yet. */
async function probeConnections({ manifest }: WrittenManifest): Promise<readonly Probed[]> {
  const { probeManifest } = await import('@waybill/plugin-host');
  return probeManifest(manifest, { kinds: ['connection'] });
}

function hasFailed(journal: Looked): boolean {
  return journal !== 'not there' && 'error' in journal;
}

function report({ journal, probed, ...made }: Plan): object {
  const looked =
    journal === 'not there' ? { state: 'not there' } : 'error' in journal ? { error: errorReport(journal.error) } : { state: 'open' };
  const tried = probed?.map(({ error, ...about }) => ({ ...about, ok: !error, error: error && errorReport(error) }));
  return { ...made, journal: looked, probed: tried };
}
