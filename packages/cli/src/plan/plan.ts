import type { StartedManifest } from '@waybill/contract';
import { checkManifest, compareManifests, ManifestError, readManifest, type WrittenManifest } from '@waybill/manifest';
import type { Probed } from '@waybill/plugin-host';
import { errorReport } from '../error-text.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { manifestFile } from '../manifest-file.ts';
import { json, type Terminal } from '../terminal.ts';
import type { Plan } from './made-plan.ts';
import { planText } from './plan-text.ts';
import { changesFromRunning } from './running.ts';
import { haveOneJournal, type JournalView, type Looked, lookInto, strandedUnder } from './stranded.ts';

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
    : compareWithJournal(view, next);
  return {
    file,
    ...compared,
    stranded: strandedUnder(next.manifest, view?.counts ?? [], keepsJournal),
    keepsJournal,
    journal,
    probed: connect ? await probeConnections(next) : undefined,
  };
}

/** The manifest that was started last; where that one cannot be checked any more, as when its plugins are gone, what running processes say. */
function compareWithJournal(view: JournalView | undefined, next: WrittenManifest): Pick<Plan, 'comparedWith' | 'changes'> {
  const last = view?.last && startedBefore(view.last, next);
  if (last) return { comparedWith: { started: view.last?.at ?? 0 }, changes: compareManifests(last, next) };
  const running = view && changesFromRunning(view.processes, next.manifest);
  return { comparedWith: running ? 'running processes' : 'nothing', changes: running ?? [] };
}

function startedBefore({ manifest: written }: StartedManifest, { manifest: { folder } }: WrittenManifest): WrittenManifest | undefined {
  const source = readManifest(written as object, { folder });
  const result = checkManifest(source, { env: process.env });
  return 'manifest' in result ? { source, manifest: result.manifest } : undefined;
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
