import type { EarlierEffects, JournalRow } from '@waybill/contract';
import { earlierEffects } from '@waybill/contract/host';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { counted, printable } from '../../desk/table.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { json, type Terminal } from '../../terminal.ts';
import { type Choice, choose, nothingTo, parkedOnes } from '../choose.ts';
import { groupsOf, groupTable } from '../groups.ts';
import { markText } from './texts.ts';

/** Of how many messages it is told to people what happened already; the oldest. */
const toldAtMost = 10;

/** `--dry-run`: what would be replayed, and what happened already. Changes nothing. */
export async function dryRun(
  open: OpenDesk,
  choice: Choice & { readonly json?: boolean | undefined },
  terminal: Terminal,
): Promise<ExitCode> {
  const { rows } = await choose(open, choice, parkedOnes, Number.MAX_SAFE_INTEGER);
  const messages = await earlierEffects(open.desk, rows);
  if (choice.json)
    terminal.out(json({ did: 'replay', dryRun: true, planned: rows.length, groups: groupsOf(rows), messages: messages.map(reportOf) }));
  else terminal.out(textOf(rows, messages));
  return exitCode.done;
}

function reportOf({ row: { direction, entry, id, type, code }, ...happened }: EarlierEffects): object {
  return { direction, entry, id, type, code, ...happened };
}

function textOf(rows: readonly JournalRow[], messages: readonly EarlierEffects[]): string {
  if (rows.length === 0) return nothingTo('replay');
  const withEffects = messages.filter(({ legs, recipients, hasReply }) => legs.length + recipients.length > 0 || hasReply);
  const told = withEffects.slice(0, toldAtMost);
  const looked = messages.length < rows.length ? ` (of the ${messages.length} oldest)` : '';
  return [
    `It would replay ${counted(rows.length, 'message')}:`,
    groupTable(groupsOf(rows)),
    `${counted(withEffects.length, 'message')}${looked} had effects in earlier attempts${told.length > 0 ? ':' : '.'}`,
    ...told.flatMap(linesOf),
    ...(withEffects.length > told.length ? [`and ${withEffects.length - told.length} more.`] : []),
    'Nothing was changed.',
  ].join('\n');
}

function linesOf({ row, attempts, replayed, legs, recipients, hasReply }: EarlierEffects): readonly string[] {
  const facts = [`failed ${counted(attempts, 'time')}`, ...(replayed ? [`replayed ${markText(replayed)}`] : [])];
  return [
    `  ${row.direction} ${row.entry} ${row.id}: ${facts.join(', ')}`,
    ...legs.map((leg) => `    ${leg.entry}  ${leg.type ?? leg.event ?? ''}  ${leg.id}  ${leg.state}${leg.isAnswered ? ', answered' : ''}`),
    ...(recipients.length > 0 ? [`    ${counted(recipients.length, 'recipient')} may have it`] : []),
    ...(hasReply ? ['    a reply is recorded'] : []),
  ].map(printable);
}
