import type { Desk, JournalQuery, JournalRow } from '@waybill/contract';
import { type DeskOptions, withDesk } from '../desk/open-desk.ts';
import { rowTable, table, timeText } from '../desk/table.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { type Filter, numberOf, queryOf, take } from './query.ts';

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
  await withDesk(options, async ({ desk }) => {
    if (options.grouped) return writeGroups(await groupsOf(desk, query), options, terminal);
    const { rows, next } = await take(desk, { ...query, before }, limit);
    if (options.json) for (const row of rows) terminal.out(JSON.stringify(row));
    else if (rows.length === 0) terminal.err('There are no such messages.');
    else terminal.out(rowTable(rows));
    if (next !== undefined) terminal.err(`There may be more, with --before ${next}.`);
  });
  return exitCode.done;
}

interface Group extends Pick<JournalRow, 'direction' | 'entry' | 'type' | 'code'> {
  count: number;
  readonly newest: Pick<JournalRow, 'id' | 'recordedAt'>;
  oldest: Pick<JournalRow, 'id' | 'recordedAt'>;
}

/** What is parked for the same reason at the same entry, the most frequent first. */
async function groupsOf(desk: Desk, query: JournalQuery): Promise<readonly Group[]> {
  const groups = new Map<string, Group>();
  const { rows } = await take(desk, { ...query, state: 'parked' }, Number.MAX_SAFE_INTEGER);
  for (const { direction, entry, type, code, id, recordedAt } of rows) {
    const key = JSON.stringify([direction, entry, type, code]);
    const group = groups.get(key);
    const one = { id, recordedAt };
    if (!group) groups.set(key, { direction, entry, type, code, count: 1, newest: one, oldest: one });
    else Object.assign(group, { count: group.count + 1, oldest: one });
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count);
}

function writeGroups(groups: readonly Group[], { json }: ListOptions, terminal: Terminal): void {
  if (json) for (const group of groups) terminal.out(JSON.stringify(group));
  else if (groups.length === 0) terminal.err('Nothing is parked there.');
  else {
    const columns = [
      { title: 'PARKED' },
      { title: 'DIR' },
      { title: 'ENTRY', cut: 2 },
      { title: 'TYPE', cut: 3 },
      { title: 'CODE' },
      { title: 'OLDEST' },
      { title: 'NEWEST' },
      { title: 'NEWEST ID' },
    ];
    const rows = groups.map(({ count, direction, entry, type, code, oldest, newest }) => [
      String(count),
      direction,
      entry,
      type ?? '-',
      code ?? '-',
      timeText(oldest.recordedAt),
      timeText(newest.recordedAt),
      newest.id,
    ]);
    terminal.out(table(columns, rows));
  }
}
