import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createLog, type Observation, systemClock } from '@waybill/kernel';
import { type CheckedManifest, checkManifest, ManifestError, readManifest } from '@waybill/manifest';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { manifestFile } from '../manifest-file.ts';
import { prettyLine } from '../run/pretty-line.ts';
import { stopAtSignal } from '../run/stop-at-signal.ts';
import { traceHeading, traceLine } from '../run/trace.ts';
import type { Terminal } from '../terminal.ts';
import { Counterpart } from './counterpart.ts';
import { ownName } from './far-sides/far-pack.ts';
import { sendLoad, waysOf } from './load.ts';
import { loadOf, mannersOf, type SimulateOptions } from './options.ts';
import { type Step, summaryText } from './tally.ts';

/**
 * `waybill simulate`: plays the other side of the connections of a manifest until a signal asks it to end, or until what was to be sent
 * is sent. Then it tells what has happened.
 */
export async function simulate(named: string | undefined, options: SimulateOptions, terminal: Terminal): Promise<ExitCode> {
  const manners = mannersOf(options);
  const load = loadOf(options);
  const result = checkManifest(readManifest(manifestFile(named)), { env: process.env });
  if ('problems' in result) throw new ManifestError(result.problems);
  const { manifest } = result;
  const scratch = await mkdtemp(join(tmpdir(), 'waybill-simulate-'));
  // Entries that only send may leave nothing else that keeps the process alive.
  const alive = setInterval(() => undefined, 2 ** 30);
  try {
    const { err, paint } = terminal;
    const log = createLog({
      level: 'warn',
      secrets: manifest.secrets,
      write: (line) => err(options.json ? line : prettyLine(line, paint)),
    });
    const journal = join(scratch, 'journal.db');
    const tell = teller(options, terminal);
    const counterpart = await Counterpart.make({ manifest, manners, only: options.only, journal, log, tell });
    const ways = load && waysOf(load, counterpart);
    const end = new AbortController();
    const stopped = stopAtSignal(async () => end.abort());
    await counterpart.start();
    tellStart(manifest, options, terminal);
    if (load && ways) await sendLoad(load, ways, counterpart, systemClock, end.signal);
    if (load?.count === undefined) await stopped;
    await counterpart.stop();
    tellSummary(counterpart, manners.seed, options, terminal);
    return exitCode.done;
  } finally {
    clearInterval(alive);
    await rm(scratch, { recursive: true, force: true });
  }
}

function tellStart({ file, inbound, outbound }: CheckedManifest, { only, json }: SimulateOptions, { out, err }: Terminal): void {
  const played = [inbound, outbound].map((entries) =>
    entries.filter(({ connection }) => only?.includes(connection.name) ?? true).map(({ name }) => name),
  );
  const [sendsTo = [], takes = []] = played;
  if (json) return out(JSON.stringify({ running: { takes, sendsTo } }));
  const list = (names: readonly string[]): string => names.join(', ') || 'nothing';
  err(
    `The other side of ${basename(file)}. Takes what goes to: ${list(takes)}. Can send to: ${list(sendsTo)}. Ctrl-C ends it.\n${traceHeading}`,
  );
}

/** A line for each step of a message: for people as the other side sees it, as JSON as the counterpart does. */
function teller({ json }: SimulateOptions, { out, err, paint }: Terminal): (step: Step, seen: Observation) => void {
  if (json) return (step) => out(JSON.stringify(step));
  return (_step, seen) => {
    const direction = seen.direction === 'in' ? 'out' : 'in';
    err(traceLine({ ...seen, direction, type: seen.type && ownName(seen.type) }, paint));
  };
}

function tellSummary({ tally }: Counterpart, seed: number | undefined, { json }: SimulateOptions, { out }: Terminal): void {
  const messages = tally.summary();
  out(json ? JSON.stringify({ summary: { seed, messages } }) : summaryText(messages));
}
