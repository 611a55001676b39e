import type { Desk, JournalQuery } from '@waybill/contract';
import { takeRows } from '@waybill/contract/host';
import { refuseUnknownEntry } from '../desk/entries.ts';
import { type DeskOptions, withDesk } from '../desk/open-desk.ts';
import { rowTable } from '../desk/table.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { type Group, groupsOf, groupTable } from './groups.ts';
import { type Filter, numberOf, queryOf } from './query.ts';

export interface ListOptions extends DeskOptions, Filter {
  /** Continues a listing: the `seq` from which it goes back. */
  readonly before?: string | undefined;
  readonly limit: string;
  /** What is parked, by entry, type and code, instead of single messages. */
  readonly grouped?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** `waybill messages list`, and `find`, which is a listing by business key. */
export async function list(options: ListOptions, terminal: Terminal): Promise<ExitCode> {
  const query = queryOf(options);
  const limit = numberOf(options.limit, '--limit');
  const before = options.before === undefined ? undefined : numberOf(options.before, '--before');
  await withDesk(options, async (open) => {
    const { desk } = open;
    await refuseUnknownEntry(open, options);
    if (options.grouped) return writeGroups(await parkedGroups(desk, query), options, terminal);
    const { rows, next } = await takeRows(desk, { ...query, before }, limit);
    if (options.json) for (const row of rows) terminal.out(JSON.stringify(row));
    else if (rows.length === 0) terminal.err('There are no such messages.');
    else terminal.out(rowTable(rows));
    if (next !== undefined) terminal.err(`There may be more, with --before ${next}.`);
  });
  return exitCode.done;
}

async function parkedGroups(desk: Desk, query: JournalQuery): Promise<readonly Group[]> {
  return groupsOf((await takeRows(desk, { ...query, state: 'parked' }, Number.MAX_SAFE_INTEGER)).rows);
}

function writeGroups(groups: readonly Group[], { json }: ListOptions, terminal: Terminal): void {
  if (json) for (const group of groups) terminal.out(JSON.stringify(group));
  else if (groups.length === 0) terminal.err('Nothing is parked there.');
  else terminal.out(groupTable(groups));
}
