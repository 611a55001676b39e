import type { Replay } from '@waybill/contract';
import { type DeskOptions, withDesk } from '../../desk/open-desk.ts';
import { table, timeText } from '../../desk/table.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import type { Terminal } from '../../terminal.ts';
import { numberOf } from '../query.ts';
import { rateText } from './rate.ts';

export interface ReplaysOptions extends DeskOptions {
  readonly limit: string;
  readonly before?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `waybill messages replays`: which there are, and how far they are. */
export async function replays(options: ReplaysOptions, terminal: Terminal): Promise<ExitCode> {
  const limit = numberOf(options.limit, '--limit');
  const before = options.before === undefined ? undefined : numberOf(options.before, '--before');
  const found = await withDesk(options, (open) => open.replays.list({ before, limit }));
  if (options.json) for (const replay of found) terminal.out(JSON.stringify(replay));
  else if (found.length === 0) terminal.err('There are no replays.');
  else terminal.out(table(columns, found.map(cellsOf)));
  const last = found.at(-1);
  if (last && found.length === limit) terminal.err(`There may be more, with --before ${last.id}.`);
  return exitCode.done;
}

const columns = [
  { title: 'REPLAY' },
  { title: 'STATE' },
  { title: 'WHO' },
  { title: 'BEGUN' },
  { title: 'CHANGED' },
  { title: 'CHOSEN' },
  { title: 'REPLAYED' },
  { title: 'LEFT ALONE' },
  { title: 'RATE' },
  { title: 'TO', cut: 1 },
  { title: 'OF', cut: 3 },
  { title: 'WHY', cut: 2 },
];

function cellsOf({ id, state, by, at, changedAt, chosen, replayed, skipped, rate, to, query }: Replay): readonly string[] {
  const numbers = [chosen, replayed, skipped].map(String);
  const of = query === undefined ? 'named messages' : queryText(query);
  const manner = [rate === undefined ? '' : rateText(rate), to ?? ''];
  return [String(id), state, by.who, timeText(at), timeText(changedAt), ...numbers, ...manner, of, by.why ?? ''];
}

function queryText({ since, until, businessKey, ...query }: NonNullable<Replay['query']>): string {
  const times = { since: since === undefined ? undefined : timeText(since), until: until === undefined ? undefined : timeText(until) };
  const key = businessKey && `${businessKey.name}=${businessKey.value}`;
  const parts = Object.entries({ ...query, key, ...times }).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  return parts.length === 0 ? 'all' : parts.join(', ');
}
