import type { By, JournalRow, RowKey } from '@waybill/contract';
import { type ActOptions, byOf, confirmed } from '../desk/confirm.ts';
import { entryNamed } from '../desk/entries.ts';
import { type DeskOptions, type OpenDesk, withDesk } from '../desk/open-desk.ts';
import { counted, rowTable } from '../desk/table.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { json, type Terminal } from '../terminal.ts';
import { type Changeable, type Choice, type Chosen, choose, keptOnes, most, nothingTo, parkedOnes } from './choose.ts';

export interface ChangeOptions extends DeskOptions, ActOptions, Choice {}

export interface MoveOptions extends ChangeOptions {
  /** The entry that gets the messages. */
  readonly to: string;
}

/** How many messages are shown before they are changed. */
const shownAtMost = 10;

interface Act {
  readonly did: 'drop' | 'move';
  readonly changeable: Changeable;
  /** The plan and the result: `Move`, `moved`. */
  readonly words: readonly [will: string, has: string];
  /** What follows, for people. */
  readonly after: string;
  readonly more?: string;
  readonly step: (open: OpenDesk, keys: readonly RowKey[], by: By) => Promise<readonly RowKey[]>;
}

/** `waybill messages drop`: removes parked messages for good. */
export function drop(options: ChangeOptions, terminal: Terminal): Promise<ExitCode> {
  const act: Act = {
    did: 'drop',
    changeable: parkedOnes,
    words: ['Drop for good', 'dropped'],
    after: 'What they held up goes on.',
    step: ({ desk }, keys, by) => desk.drop(keys, by),
  };
  return withDesk(options, (open) => change(open, act, options, terminal));
}

/** `waybill messages move`: gives messages another entry of the same direction. */
export function move(options: MoveOptions, terminal: Terminal): Promise<ExitCode> {
  return withDesk(options, (open) => {
    const target = entryNamed(open.manifest, options.to, options);
    const { direction, entry } = target;
    const fits = (row: JournalRow): boolean => keptOnes.fits(row) && row.direction === direction && row.entry !== entry;
    const act: Act = {
      did: 'move',
      changeable: {
        fits,
        queries: (query) => keptOnes.queries({ ...query, direction }),
        words: `what can be moved to ${direction} ${entry} (${keptOnes.words}, of the same direction, at another entry)`,
      },
      words: ['Move', 'moved'],
      more: ` to ${direction} ${entry}`,
      after: `They are the newest of ${entry}, in the state that they had.`,
      step: ({ desk }, keys, by) => desk.move(keys, entry, by),
    };
    return change(open, act, options, terminal);
  });
}

async function change(open: OpenDesk, act: Act, options: ChangeOptions, terminal: Terminal): Promise<ExitCode> {
  const by = byOf(options);
  const chosen = await choose(open, options, act.changeable);
  const rows = chosen.rows.filter(act.changeable.fits);
  if (rows.length === 0) {
    if (options.json) terminal.out(json({ did: act.did, by, planned: 0, changed: 0, keys: [] }));
    else terminal.err(nothingTo(act.did));
    return exitCode.done;
  }
  if (!(await confirmed(planText(act, { ...chosen, rows }), by, options, terminal))) return exitCode.failed;
  const keys = rows.map(({ direction, entry, id }) => ({ direction, entry, id }));
  const changed = await act.step(open, keys, by);
  if (options.json) terminal.out(json({ did: act.did, by, planned: keys.length, changed: changed.length, keys: changed }));
  else terminal.out(resultText(act, keys.length, changed.length));
  return changed.length === keys.length ? exitCode.done : exitCode.failed;
}

function planText({ words: [will], more = '' }: Act, { rows, found }: Chosen): string {
  const first = rows.slice(0, shownAtMost);
  const rest = rows.length - first.length;
  return [
    `${will} ${counted(rows.length, 'message')}${more}${found > most ? `, the oldest of ${found}` : ''}:`,
    rowTable(first),
    ...(rest > 0 ? [`and ${rest} more.`] : []),
  ].join('\n');
}

function resultText({ words: [, has], more = '', after }: Act, planned: number, changed: number): string {
  const left = planned - changed;
  const text = `${counted(changed, 'message')} ${has}${more}. ${changed > 0 ? after : ''}`.trimEnd();
  return left === 0 ? text : `${text}\n${counted(left, 'message')} left alone: somebody else has changed, or is working on, them.`;
}
