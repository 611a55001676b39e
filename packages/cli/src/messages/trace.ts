import type { JournalEntry, JournalRow } from '@waybill/contract';
import { isCause, type RecipientState, takeRows } from '@waybill/contract/host';
import { type DeskOptions, type OpenDesk, withDesk } from '../desk/open-desk.ts';
import { counted, printable, timeText, whyText } from '../desk/table.ts';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { json, type Terminal } from '../terminal.ts';
import { hidingAddresses, recipientsOf } from './content.ts';
import { type Place, rowsNamed } from './find-row.ts';
import { markText } from './replay/texts.ts';
import { stageText } from './stage-text.ts';

export interface TraceOptions extends DeskOptions, Place {
  readonly json?: boolean | undefined;
}

/** How many messages of one trace are shown at most. */
const most = 1_000;

interface Branch {
  readonly row: JournalRow;
  readonly reports: JournalEntry['reports'];
  /** Without their addresses, which tell of a person. */
  readonly recipients: readonly RecipientState[];
  readonly replayed: JournalEntry['replayed'];
  readonly caused: Branch[];
}

/** `waybill messages trace`: a message and all that it caused, as a tree. `named` is the id of one of them, or that of their trace. */
export async function trace(named: string, options: TraceOptions, terminal: Terminal): Promise<ExitCode> {
  await withDesk(options, async (open) => {
    const id = await traceOf(open, named, options);
    const { rows, next } = await takeRows(open.desk, { trace: id }, most);
    if (rows.length === 0) throw errors.WB_CLI_UNKNOWN_ID(`The journal has neither a message nor a trace ${named}.`);
    const roots = treeOf(await branchesOf(open, rows.toReversed()));
    if (options.json) terminal.out(json({ trace: id, messages: roots.map(reportOf) }));
    else terminal.out([`trace ${id}`, ...roots.flatMap((root) => linesOf(root))].join('\n'));
    if (next !== undefined) terminal.err(`There are more than ${counted(most, 'message')} in it; these are the newest.`);
  });
  return exitCode.done;
}

async function traceOf({ desk }: OpenDesk, named: string, place: Place): Promise<string> {
  const traces = [...new Set((await rowsNamed(desk, named, place)).map((row) => row.trace))];
  if (traces.length <= 1) return traces[0] ?? named;
  throw errors.WB_CLI_AMBIGUOUS_ID(`Messages of the id ${named} belong to ${traces.length} traces: ${traces.join(', ')}.`, {
    hint: 'Say which one with --in, --out or --entry, or name the trace.',
  });
}

function branchesOf({ desk }: OpenDesk, rows: readonly JournalRow[]): Promise<readonly Branch[]> {
  return Promise.all(
    rows.map(async (row) => {
      const shown = await desk.show(row);
      if (!shown) return { row, reports: [], recipients: [], replayed: undefined, caused: [] };
      const { replayed } = shown;
      const hide = hidingAddresses(shown);
      const reports = shown.reports.map((report) => ({ ...report, recipient: undefined, detail: hide(report.detail) }));
      const isTold = reports.length > 0 || (shown.recipients ?? []).length > 0;
      const recipients = isTold ? recipientsOf(shown, false).map((one) => ({ ...one, address: undefined })) : [];
      return { row: { ...row, reason: hide(row.reason) }, reports, recipients, replayed, caused: [] };
    }),
  );
}

/** A trace begins with one message. The journal knows it by the name of its sender and its id, what it caused by its id alone. */
function treeOf(branches: readonly Branch[]): readonly Branch[] {
  const roots: Branch[] = [];
  const inbound = branches.filter(({ row }) => row.direction === 'in');
  for (const branch of branches) {
    const { cause } = branch.row;
    (inbound.find(({ row: { id } }) => isCause(id, cause))?.caused ?? roots).push(branch);
  }
  return roots;
}

function reportOf({ row, reports, recipients, replayed, caused }: Branch): object {
  return { ...row, replayed, recipientStates: recipients, reports, caused: caused.map(reportOf) };
}

/** `2 × delivered, 1 × bounced (hard)`; with one recipient, the stage alone. */
function stagesOf(recipients: Branch['recipients']): string {
  const texts = [...Map.groupBy(recipients, stageText)].map(([text, all]) => (recipients.length > 1 ? `${all.length} × ${text}` : text));
  return `recipients: ${texts.join('; ')}`;
}

function linesOf({ row, reports, recipients, replayed, caused }: Branch, first = '', rest = ''): readonly string[] {
  const { recordedAt, direction, entry, state, type, event, id } = row;
  const what = [
    timeText(recordedAt),
    direction,
    entry,
    id,
    type ?? event ?? '',
    state,
    replayed ? `replayed ${markText(replayed)}` : '',
    whyText(row),
  ];
  const below = caused.length > 0 ? '│  ' : '   ';
  const told = reports.map(({ at, kind, detail }) => `${timeText(at)} report: ${kind} ${detail ?? ''}`);
  const news = [...told, ...(recipients.length > 0 ? [stagesOf(recipients)] : [])].map((line) => `${rest}${below}${printable(line)}`);
  const branches = caused.flatMap((one, place) => {
    const isLast = place === caused.length - 1;
    return linesOf(one, `${rest}${isLast ? '└─ ' : '├─ '}`, `${rest}${isLast ? '   ' : '│  '}`);
  });
  return [`${first}${printable(what.filter((part) => part !== '').join('  '))}`, ...news.map((line) => line.trimEnd()), ...branches];
}
