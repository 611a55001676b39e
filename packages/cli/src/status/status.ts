import { withDesk } from '../desk/open-desk.ts';
import { ageText, counted, printable, table, timeText } from '../desk/table.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { json, type Terminal } from '../terminal.ts';
import { type EntryReport, gather, type ProcessReport, type StatusReport } from './gather.ts';

export interface StatusOptions {
  readonly json?: boolean | undefined;
}

/** `waybill status`: how the processes, entries and the journal of a manifest are, whether a kernel runs or not. */
export async function status(manifest: string | undefined, options: StatusOptions, terminal: Terminal): Promise<ExitCode> {
  const report = await withDesk({ manifest }, (open) => gather(open));
  terminal.out(options.json ? json(report) : statusText(report));
  return exitCode.done;
}

function statusText({ at, processes, entries, blocked }: StatusReport): string {
  const none = 'No process has the journal open: what waits is worked on when one starts.';
  const parts = [
    processes.length === 0 ? none : processes.map((one) => processLine(one, at)).join('\n'),
    entryTable(entries, at),
    ...entries.flatMap(remarks),
    ...blocked.map(
      ({ direction, entry, orderKey, head, state, since, waiting }) =>
        `${direction} ${entry}: ${counted(waiting, 'message')} of ${orderKey} behind ${head}, which is ${state} since ${timeText(since)}.`,
    ),
  ];
  return parts.map((part) => part.split('\n').map(printable).join('\n')).join('\n');
}

function processLine({ process, manifest, state, journal, degraded, since, at: told, connections }: ProcessReport, at: number): string {
  const health =
    journal?.state === 'failing' ? `the journal fails since ${timeText(journal.since)}: ${journal.reason}` : 'the journal is ok';
  const lost = connections.filter((one) => one.state === 'degraded').map(({ name }) => name);
  return [
    `process ${process}: ${manifest ?? '?'} ${state ?? '?'}${degraded ? ', degraded' : ''}`,
    health,
    ...(lost.length === 0 ? [] : [`connections degraded: ${lost.join(', ')}`]),
    `since ${timeText(since)}, as told ${ageText(at - told)} ago`,
  ].join('; ');
}

const columns = ['DIR', 'ENTRY', 'STATE', 'IN HAND', 'WAITING', 'OLDEST', 'PARKED', 'A MINUTE'].map((title) => ({
  title,
  cut: title === 'A MINUTE' ? 2 : Number(title === 'ENTRY'),
}));

function entryTable(entries: readonly EntryReport[], at: number): string {
  const rows = entries.map((one) => {
    const { direction, entry, states, inHand, waiting, parked, oldest, rates } = one;
    const rate = Object.entries(rates).map(([outcome, count]) => `${count} ${outcome}`);
    const age = oldest === undefined ? '' : ageText(at - oldest);
    return [direction, entry, stateOf(one, states), String(inHand), String(waiting), age, String(parked), rate.join(', ')];
  });
  return table(columns, rows);
}

function stateOf({ paused, stranded }: EntryReport, states: readonly string[]): string {
  if (stranded) return 'stranded';
  return states.length > 0 ? states.join(',') : paused ? 'paused' : '-';
}

function remarks({ direction, entry, reason, paused, stranded, waiting, parked }: EntryReport): readonly string[] {
  const { by, since } = paused ?? {};
  const why = by?.why === undefined ? '' : `: ${by.why}`;
  return [
    ...(by && since !== undefined ? [`${direction} ${entry} is paused by ${by.who} since ${timeText(since)}${why}.`] : []),
    ...(reason !== undefined && !paused ? [`${direction} ${entry}: ${reason}`] : []),
    ...(stranded
      ? [`${direction} ${entry} is not in the manifest; ${waiting} waiting and ${parked} parked have to be moved or dropped.`]
      : []),
  ];
}
