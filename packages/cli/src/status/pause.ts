import type { By, EntryName } from '@waybill/contract';
import { type ActOptions, byOf, confirmed } from '../desk/confirm.ts';
import { entryNamed } from '../desk/entries.ts';
import { type DeskOptions, type OpenDesk, withDesk } from '../desk/open-desk.ts';
import { timeText } from '../desk/table.ts';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Filter } from '../messages/query.ts';
import { json, type Terminal } from '../terminal.ts';

export interface PauseOptions extends DeskOptions, ActOptions, Pick<Filter, 'in' | 'out'> {}

/** `waybill pause`: nothing is received, or sent, at an entry until it is resumed. */
export function pause(name: string, options: PauseOptions, terminal: Terminal): Promise<ExitCode> {
  return withDesk(options, async (open) => {
    const entry = entryNamed(open.manifest, name, options);
    const before = await pauseOf(open, entry);
    if (before) throw errors.WB_CLI_WRONG_STATE(`${textOf(entry)} was paused by ${before.by.who} at ${timeText(before.since)} already.`);
    const what = entry.direction === 'in' ? 'received' : 'sent';
    const plan = `Pause ${textOf(entry)}: nothing is ${what} there until it is resumed, also over restarts.`;
    return act(open, { did: 'pause', plan, entry }, options, terminal);
  });
}

/** `waybill resume`: ends the pause of an entry, also of one that the manifest does not have any more. */
export function resume(name: string, options: PauseOptions, terminal: Terminal): Promise<ExitCode> {
  return withDesk(options, async (open) => {
    const entry = await pausedNamed(open, name, options);
    const before = await pauseOf(open, entry);
    if (!before) throw errors.WB_CLI_WRONG_STATE(`${textOf(entry)} is not paused.`);
    const plan = `Resume ${textOf(entry)}, which ${before.by.who} has paused at ${timeText(before.since)}.`;
    return act(open, { did: 'resume', plan, entry }, options, terminal);
  });
}

interface Act {
  readonly did: 'pause' | 'resume';
  readonly plan: string;
  readonly entry: EntryName;
}

async function act({ control }: OpenDesk, { did, plan, entry }: Act, options: PauseOptions, terminal: Terminal): Promise<ExitCode> {
  const by: By = byOf(options);
  if (!(await confirmed(plan, by, options, terminal))) return exitCode.failed;
  await control[did](entry, by);
  const has = { pause: 'paused', resume: 'resumed' }[did];
  if (options.json) terminal.out(json({ did, by, ...entry }));
  else terminal.out(`${textOf(entry)} is ${has}. Running kernels obey within a second.`);
  return exitCode.done;
}

async function pauseOf({ control }: OpenDesk, { direction, entry }: EntryName) {
  return (await control.paused()).find((one) => one.direction === direction && one.entry === entry);
}

async function pausedNamed(open: OpenDesk, name: string, place: PauseOptions): Promise<EntryName> {
  const wanted = place.in ? 'in' : place.out ? 'out' : undefined;
  const paused = (await open.control.paused()).filter(({ direction, entry }) => entry === name && (wanted ?? direction) === direction);
  const [only] = paused;
  return paused.length === 1 && only ? { direction: only.direction, entry: only.entry } : entryNamed(open.manifest, name, place);
}

function textOf({ direction, entry }: EntryName): string {
  return `${direction} ${entry}`;
}
