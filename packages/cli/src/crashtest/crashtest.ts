import { type CheckedManifest, checkManifest, ManifestError, mainModule, readManifest } from '@waybill/manifest';
import { loadPlugins } from '@waybill/plugin-host';
import { counted as countedText } from '../desk/table.ts';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { manifestFile } from '../manifest-file.ts';
import { findPlugin } from '../plugins/plugin-packages.ts';
import { json, type Terminal } from '../terminal.ts';
import type { CrashPoint } from './crash-point.ts';
import { reportText, type SampleReport, sampleReport } from './report.ts';
import { type Sample, samplesFrom, samplesOf } from './samples.ts';
import { scratchJournal } from './scratch-manifest.ts';
import { type ScratchRun, type Subject, scratchRun } from './scratch-run.ts';

export interface CrashtestOptions {
  /** The inbound entry whose handlers are tried. Default: the only one. */
  readonly entry?: string | undefined;
  /** Files with messages. Default: the samples of the packs for what the entry takes. */
  readonly message?: readonly string[] | undefined;
  /** The command that tells the effects of the application. */
  readonly effects?: string | undefined;
  /** How many awaits of a handler are tried at most. */
  readonly awaits: string;
  readonly json?: boolean | undefined;
}

const hint = `A handler is run again when its process ended before the journal had its message. Record context.messageId together with the effect, in one
transaction, and do nothing where it is recorded already: docs/testing-handlers-against-crashes.md shows how.`;

/** `waybill crashtest`: ends the process with the application at each point around its handlers, and tells which effects were doubled or lost. */
export async function crashtest(named: string | undefined, options: CrashtestOptions, terminal: Terminal): Promise<ExitCode> {
  const awaits = awaitsOf(options);
  const written = readManifest(manifestFile(named));
  const result = checkManifest(written, { env: process.env });
  if ('problems' in result) throw new ManifestError(result.problems);
  const { manifest } = result;
  const { app } = manifest;
  if (app === undefined)
    throw errors.WB_CLI_CRASHTEST_FAILED(`${manifest.file} names no application.`, {
      hint: 'Name its module under "app". An application that makes its kernel in code can have a manifest for crash tests.',
    });
  const entry = entryOf(manifest, options.entry);
  const journal = journalModule(manifest.folder);
  const reports: SampleReport[] = [];
  if (!options.json) terminal.out(introduction(manifest));
  for (const sample of await samplesFor(manifest, entry, options)) {
    const report = await tried({ written, manifest, app, entry, sample, journal, effects: options.effects }, awaits);
    if (report) reports.push(report);
    if (report && !options.json) terminal.out(`\n${reportText(report)}`);
  }
  if (reports.length === 0) throw errors.WB_CLI_NO_SAMPLES(`The application handles none of the samples that the packs have for ${entry}.`);
  const ok = reports.every((one) => one.ok);
  terminal.out(options.json ? json({ ok, samples: reports }) : `\n${summary(reports, options)}`);
  return ok ? exitCode.done : exitCode.failed;
}

/** First without a crash, which shows what there is to crash at; then a run for each point. Undefined where no handler takes the sample of a pack. */
async function tried(subject: Subject, awaits: number): Promise<SampleReport | undefined> {
  const { sample, entry } = subject;
  const whole = await scratchRun(subject);
  if (whole.state !== 'done' && !sample.isFile && !whole.passed.some(({ at }) => at === 'begin')) return undefined;
  if (whole.state !== 'done')
    throw errors.WB_CLI_CRASHTEST_FAILED(`${sample.name} is not handled without a crash, either: it is ${whole.state}, ${whole.why ?? ''}`);
  const crashed: (readonly [CrashPoint, ScratchRun])[] = [];
  for (const point of pointsOf(whole, awaits)) crashed.push([point, await scratchRun(subject, point)]);
  return sampleReport(sample.name, entry, whole, crashed);
}

/** Every point that was passed; of many awaits so many, from the first to the last. */
function pointsOf({ passed }: ScratchRun, most: number): readonly CrashPoint[] {
  const all = passed.filter(({ at }) => at === 'await').length;
  const chosen = new Set(
    Array.from({ length: Math.min(most, all) }, (_, place) => 1 + Math.round((place * (all - 1)) / Math.max(1, Math.min(most, all) - 1))),
  );
  return passed.filter(({ at, nth }) => at !== 'await' || chosen.has(nth));
}

function awaitsOf({ awaits }: CrashtestOptions): number {
  if (/^\d{1,4}$/.test(awaits)) return Number(awaits);
  throw errors.WB_CLI_BAD_OPTION(`"${awaits}" is not a number of awaits.`, { at: '--awaits', hint: 'Write a whole number, such as 20.' });
}

function entryOf({ inbound, file }: CheckedManifest, named: string | undefined): string {
  const names = inbound.map(({ name }) => name);
  const [only, second] = names;
  if (named !== undefined && names.includes(named)) return named;
  if (named === undefined && only !== undefined && second === undefined) return only;
  const known = `Known are ${names.join(', ') || 'none'}.`;
  throw errors.WB_CLI_UNKNOWN_ENTRY(
    named === undefined ? `${file} has not just one inbound entry.` : `There is no inbound entry "${named}".`,
    {
      hint: `Name one with --entry. ${known}`,
    },
  );
}

/** Throws `WB_CLI_NO_PLUGIN`: the message has to be in a journal that outlives the process. */
function journalModule(folder: string): string {
  const plugin = findPlugin(scratchJournal, folder);
  const main = mainModule(plugin.folder);
  if (main !== undefined) return main;
  throw errors.WB_CLI_NO_PLUGIN(`${scratchJournal} names no main module that exists.`, { at: plugin.folder });
}

async function samplesFor(manifest: CheckedManifest, entry: string, { message }: CrashtestOptions): Promise<readonly Sample[]> {
  if (message !== undefined && message.length > 0) return samplesFrom(message);
  const { packs } = await loadPlugins(manifest);
  const accepted = manifest.inbound.find(({ name }) => name === entry)?.messages;
  const samples = samplesOf(packs, accepted);
  if (samples.length > 0) return samples;
  throw errors.WB_CLI_NO_SAMPLES(`No pack has a sample of a message that ${entry} takes.`);
}

function introduction({ file, folder }: CheckedManifest): string {
  return `Each run has a journal and a transport of its own in a scratch folder; those of ${file.slice(folder.length + 1)} are not touched. The application is the real one,
with what it connects to: WAYBILL_CRASHTEST names the scratch folder, for a database of its own.`;
}

function summary(reports: readonly SampleReport[], { effects }: CrashtestOptions): string {
  const found = reports.flatMap(({ points }) => points.flatMap((point) => Object.values(point.effects).map(({ verdict }) => verdict)));
  const of = (verdict: string): number => found.filter((one) => one === verdict).length;
  const undone = reports.flatMap(({ points }) => points).filter(({ state }) => state !== 'done').length;
  const unseen =
    effects === undefined ? '\nWhat the application does elsewhere cannot be seen: name a command that tells it, with --effects.' : '';
  if (reports.every(({ ok }) => ok)) return `Nothing was doubled, and nothing lost.${unseen}`;
  const parked = undone === 0 ? '' : `, ${countedText(undone, 'message')} not done`;
  return `${of('doubled')} doubled, ${of('lost')} lost${parked}.\n${hint}${unseen}`;
}
