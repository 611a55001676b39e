import type { ControlRecord } from '@waybill/contract';
import { type DeskOptions, withDesk } from '../desk/open-desk.ts';
import { table, timeText } from '../desk/table.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { numberOf } from './query.ts';

export interface RecordsOptions extends DeskOptions {
  readonly limit: string;
  readonly before?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `waybill messages records`: who did what, to which messages, when and why. */
export async function records(options: RecordsOptions, terminal: Terminal): Promise<ExitCode> {
  const limit = numberOf(options.limit, '--limit');
  const before = options.before === undefined ? undefined : numberOf(options.before, '--before');
  const found = await withDesk(options, ({ control }) => control.records({ before, limit }));
  if (options.json) for (const record of found) terminal.out(JSON.stringify(record));
  else if (found.length === 0) terminal.err('There are no records.');
  else terminal.out(table(columns, found.map(cellsOf)));
  const last = found.at(-1);
  if (last && found.length === limit) terminal.err(`There may be more, with --before ${last.seq}.`);
  return exitCode.done;
}

const columns = [
  { title: 'AT' },
  { title: 'WHO' },
  { title: 'DID' },
  { title: 'DIR' },
  { title: 'ENTRY', cut: 1 },
  { title: 'MESSAGES' },
  { title: 'WHY', cut: 2 },
  { title: 'IDS', cut: 3 },
];

function cellsOf({ at, by, did, direction, entry, to, rows, ids, replay }: ControlRecord): readonly string[] {
  const where = to === undefined ? entry : `${entry} to ${to}`;
  return [
    timeText(at),
    by.who,
    replay === undefined ? did : `${did} ${replay}`,
    direction,
    where,
    rows === 0 ? '' : String(rows),
    by.why ?? '',
    ids.join(' '),
  ];
}
