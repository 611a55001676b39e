import type { JournalRow } from '@waybill/contract';
import { table, timeText } from '../desk/table.ts';

export interface Group extends Pick<JournalRow, 'direction' | 'entry' | 'type' | 'code'> {
  count: number;
  readonly newest: Pick<JournalRow, 'id' | 'recordedAt'>;
  oldest: Pick<JournalRow, 'id' | 'recordedAt'>;
}

/** What is parked for the same reason at the same entry, the most frequent first. */
export function groupsOf(rows: readonly JournalRow[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { direction, entry, type, code, id, recordedAt } of rows) {
    const key = JSON.stringify([direction, entry, type, code]);
    const group = groups.get(key);
    const one = { id, recordedAt };
    if (!group) groups.set(key, { direction, entry, type, code, count: 1, newest: one, oldest: one });
    else Object.assign(group, { count: group.count + 1, oldest: one });
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count);
}

export function groupTable(groups: readonly Group[]): string {
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
  return table(columns, rows);
}
