import type { Desk, JournalEntry, JournalRow } from '@waybill/contract';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { counted, printable } from '../../desk/table.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { json, type Terminal } from '../../terminal.ts';
import { type Choice, choose, nothingTo, parkedOnes } from '../choose.ts';
import { groupsOf, groupTable } from '../groups.ts';
import { take } from '../query.ts';
import { isCause } from '../trace.ts';
import { markText } from './texts.ts';

/** Of how many messages is looked what happened already, and of how many it is told to people; the oldest. */
const lookedAt = 1_000;
const toldAtMost = 10;

/** How many legs of one message are looked at. */
const mostLegs = 100;

/** What earlier attempts at a message have left behind. */
interface Happened {
  readonly row: JournalRow;
  readonly attempts: number;
  readonly replayed?: JournalEntry['replayed'];
  readonly legs: readonly (Pick<JournalRow, 'entry' | 'id' | 'type' | 'event' | 'state'> & { readonly isAnswered: boolean })[];
  /** Recipients that have it, or may have it. */
  readonly recipients: readonly { readonly outcome: string }[];
  readonly hasReply: boolean;
}

/** `--dry-run`: what would be replayed, and what happened already. Changes nothing. */
export async function dryRun(
  open: OpenDesk,
  choice: Choice & { readonly json?: boolean | undefined },
  terminal: Terminal,
): Promise<ExitCode> {
  const { rows } = await choose(open, choice, parkedOnes, Number.MAX_SAFE_INTEGER);
  const messages: Happened[] = [];
  for (const row of rows.slice(0, lookedAt)) messages.push(await happenedTo(open.desk, row));
  if (choice.json)
    terminal.out(json({ did: 'replay', dryRun: true, planned: rows.length, groups: groupsOf(rows), messages: messages.map(reportOf) }));
  else terminal.out(textOf(rows, messages));
  return exitCode.done;
}

async function happenedTo(desk: Desk, row: JournalRow): Promise<Happened> {
  const shown = await desk.show(row);
  const caused = row.direction === 'in' ? (await take(desk, { direction: 'out', trace: row.trace }, mostLegs)).rows : [];
  const legs: Happened['legs'][number][] = [];
  for (const leg of caused.filter(({ cause }) => isCause(row.id, cause))) {
    const { entry, id, type, event, state } = leg;
    legs.push({ entry, id, type, event, state, isAnswered: (await desk.show(leg))?.reply !== undefined });
  }
  const recipients = (shown?.recipients ?? []).filter(({ outcome }) => outcome === 'sent' || outcome === 'unknown');
  return {
    row,
    attempts: shown?.failures.length ?? 0,
    replayed: shown?.replayed,
    legs,
    recipients: recipients.map(({ outcome }) => ({ outcome })),
    hasReply: shown?.reply !== undefined,
  };
}

function reportOf({ row: { direction, entry, id, type, code }, ...happened }: Happened): object {
  return { direction, entry, id, type, code, ...happened };
}

function textOf(rows: readonly JournalRow[], messages: readonly Happened[]): string {
  if (rows.length === 0) return nothingTo('replay');
  const withEffects = messages.filter(({ legs, recipients, hasReply }) => legs.length + recipients.length > 0 || hasReply);
  const told = withEffects.slice(0, toldAtMost);
  const looked = messages.length < rows.length ? ` (of the ${lookedAt} oldest)` : '';
  return [
    `It would replay ${counted(rows.length, 'message')}:`,
    groupTable(groupsOf(rows)),
    `${counted(withEffects.length, 'message')}${looked} had effects in earlier attempts${told.length > 0 ? ':' : '.'}`,
    ...told.flatMap(linesOf),
    ...(withEffects.length > told.length ? [`and ${withEffects.length - told.length} more.`] : []),
    'Nothing was changed.',
  ].join('\n');
}

function linesOf({ row, attempts, replayed, legs, recipients, hasReply }: Happened): readonly string[] {
  const facts = [`failed ${counted(attempts, 'time')}`, ...(replayed ? [`replayed ${markText(replayed)}`] : [])];
  return [
    `  ${row.direction} ${row.entry} ${row.id}: ${facts.join(', ')}`,
    ...legs.map((leg) => `    ${leg.entry}  ${leg.type ?? leg.event ?? ''}  ${leg.id}  ${leg.state}${leg.isAnswered ? ', answered' : ''}`),
    ...(recipients.length > 0 ? [`    ${counted(recipients.length, 'recipient')} may have it`] : []),
    ...(hasReply ? ['    a reply is recorded'] : []),
  ].map(printable);
}
