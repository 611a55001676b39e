import { randomUUID } from 'node:crypto';
import type { By, JournalRow, Replay, ReplayPlan } from '@waybill/contract';
import { takeRows } from '@waybill/contract/host';
import { byOf, confirmed } from '../../desk/confirm.ts';
import { entryNamed, refuseUnknownEntry } from '../../desk/entries.ts';
import { type OpenDesk, withDesk } from '../../desk/open-desk.ts';
import { counted, rowTable } from '../../desk/table.ts';
import { errors } from '../../errors.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { readBytes } from '../../files.ts';
import { json, type Terminal } from '../../terminal.ts';
import { chooseNamed, isNamed, nothingTo, parkedOnes } from '../choose.ts';
import { queryOf } from '../query.ts';
import { dryRun } from './dry-run.ts';
import { interruptible } from './interruptible.ts';
import { cancelReplay, resumeReplay } from './known.ts';
import type { ReplayOptions } from './options.ts';
import { rateOf } from './rate.ts';
import { mannerText, tellEnd } from './texts.ts';
import { chooseSet, type Work, workOff } from './work-off.ts';

/** How many messages are shown before they are replayed, the newest of a query. */
const shownAtMost = 10;

/** `waybill messages replay`: makes parked messages due again, those with these ids or all that answer a filter, and looks after replays. */
export async function replay(options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.cancel !== undefined) return cancelReplay(options.cancel, options, terminal);
  if (options.resume !== undefined) return resumeReplay(options.resume, options, terminal);
  const by = byOf(options);
  const hasIds = isNamed(options);
  const rate = options.rate === undefined ? undefined : rateOf(options.rate);
  return withDesk(options, (open) => {
    const target = options.to === undefined ? undefined : entryNamed(open.manifest, options.to, options);
    const choice = target === undefined ? options : { ...options, in: target.direction === 'in', out: target.direction === 'out' };
    if (options.dryRun) return dryRun(open, choice, terminal);
    const manner = { by, rate, to: target?.entry, hasIds };
    return interruptible((signal) => replayChosen(open, choice, manner, { by, signal, terminal }));
  });
}

interface Manner extends Pick<ReplayPlan, 'by' | 'rate' | 'to'> {
  readonly hasIds: boolean;
}

/** The set is made first, and changes nothing: what is asked about is what will be replayed. */
async function replayChosen(open: OpenDesk, options: ReplayOptions, { hasIds, ...manner }: Manner, work: Work): Promise<ExitCode> {
  const { by, terminal } = work;
  const named = hasIds ? (await chooseNamed(open.desk, options, parkedOnes)).rows : undefined;
  const body = options.body === undefined ? undefined : bodyFor(named, options.body);
  const query = queryOf(options);
  if (!named) {
    await refuseUnknownEntry(open, options);
    // A set of nothing would stay in the list of replays for ever.
    const { rows: found } = await takeRows(open.desk, { ...query, state: 'parked' }, 1);
    if (found.length === 0) return nothing(by, options, terminal);
  }
  const of = named ? { keys: named.map(({ direction, entry, id }) => ({ direction, entry, id })) } : { query };
  const replay = await chooseSet(open, await open.replays.begin({ request: randomUUID(), of, ...manner }), work);
  if (replay.state === 'cancelled') return tellEnd(replay, by, options, terminal);
  if (replay.chosen === 0) return nothing(by, options, terminal);
  const rows = named ?? (await open.desk.list({ ...query, state: 'parked', limit: shownAtMost })).rows;
  if (!(await isWanted(open, replay, planText(replay, rows, body), { ...work, options }))) return exitCode.failed;
  if (body) await editFirst(open, replay, { row: named?.[0], body, by });
  return tellEnd(await workOff(open, replay, work), by, options, terminal);
}

interface Question extends Work {
  readonly options: ReplayOptions;
}

/** Asks. Where the answer is not yes, the replay ends before it has begun. */
async function isWanted(
  { replays }: OpenDesk,
  { id }: Replay,
  plan: string,
  { by, options, terminal, signal }: Question,
): Promise<boolean> {
  let isSure = false;
  try {
    isSure = !signal.aborted && (await confirmed(plan, by, options, terminal, signal));
  } finally {
    if (!isSure) await replays.cancel(id, by);
  }
  return isSure;
}

function bodyFor(named: readonly JournalRow[] | undefined, file: string): Uint8Array {
  if (named?.length === 1) return readBytes(file);
  throw errors.WB_CLI_BAD_FILTER('--body is for one message, by its id.');
}

interface Edit {
  readonly row: JournalRow | undefined;
  readonly body: Uint8Array;
  readonly by: By;
}

async function editFirst({ desk, replays }: OpenDesk, { id }: Replay, { row, body, by }: Edit): Promise<void> {
  if (row && (await desk.edit({ direction: row.direction, entry: row.entry, id: row.id }, body, by))) return;
  await replays.cancel(id, by);
  throw errors.WB_CLI_WRONG_STATE('The message is no longer parked.');
}

function nothing(by: By, options: ReplayOptions, terminal: Terminal): ExitCode {
  if (options.json) terminal.out(json({ did: 'replay', by, planned: 0, changed: 0 }));
  else terminal.err(nothingTo('replay'));
  return exitCode.done;
}

function planText(replay: Replay, rows: readonly JournalRow[], body: Uint8Array | undefined): string {
  const shown = rows.slice(0, shownAtMost);
  const rest = replay.chosen - shown.length;
  const edited = body === undefined ? '' : `, with a body of ${counted(body.byteLength, 'byte')}`;
  return [
    `Replay ${counted(replay.chosen, 'message')}${mannerText(replay)}${edited}:`,
    rowTable(shown),
    ...(rest > 0 ? [`and ${rest} more.`] : []),
  ].join('\n');
}
