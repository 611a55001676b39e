import type { Instant, JournalRow } from '@waybill/contract';
import { timeUnits } from '../time-units.ts';

/** The width of a table that is not written to a terminal: nothing is cut there. */
export function widthOfTerminal(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}

/** The narrowest that a column is cut to. */
const narrowest = 12;

export interface Column {
  readonly title: string;
  /** Columns are cut to fit into the terminal, those with the highest number first. 0, the default: never, since people copy what stands there. */
  readonly cut?: number;
}

/** Lines of columns that fit into `width` where they can. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width = widthOfTerminal()): string {
  const safe = rows.map((row) => row.map(printable));
  const widths = columns.map(({ title }, place) => Math.max(title.length, ...safe.map((row) => row[place]?.length ?? 0)));
  const order = [...columns.keys()].filter((place) => cutOf(columns, place) > 0).toSorted((a, b) => cutOf(columns, b) - cutOf(columns, a));
  for (const place of order) {
    const over = widths.reduce((sum, one) => sum + one + 2, -2) - width;
    const own = widths[place] ?? 0;
    if (over > 0) widths[place] = Math.max(Math.min(own, narrowest), own - over);
  }
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, place) => fitted(cell, widths[place] ?? 0))
      .join('  ')
      .trimEnd();
  return [columns.map(({ title }) => title), ...safe].map(line).join('\n');
}

function cutOf(columns: readonly Column[], place: number): number {
  return columns[place]?.cut ?? 0;
}

function fitted(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text.padEnd(width);
}

/** Text that came from outside, without what a terminal would obey: it stands in one line. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- those are meant
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g, '�');
}

/** `2026-11-26T14:00:05Z` */
export function timeText(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** How long something has lasted, in its largest unit: `90s` is `1m`. */
export function ageText(ms: number): string {
  const [unit, length] = timeUnits.find(([, each]) => ms >= each) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(ms / length))}${unit}`;
}

export function counted(amount: number, word: string): string {
  return `${amount} ${word}${amount === 1 ? '' : 's'}`;
}

const rowColumns: readonly Column[] = [
  { title: 'RECORDED' },
  { title: 'DIR' },
  { title: 'ENTRY', cut: 1 },
  { title: 'STATE' },
  { title: 'TYPE', cut: 2 },
  { title: 'ID' },
  { title: 'WHY', cut: 3 },
];

/** A line a message. */
export function rowTable(rows: readonly JournalRow[]): string {
  return table(rowColumns, rows.map(cellsOf));
}

function cellsOf({ recordedAt, direction, entry, state, type, event, id, code, reason }: JournalRow): readonly string[] {
  const what = type ?? (event === undefined || event === '' ? '-' : event);
  return [timeText(recordedAt), direction, entry, state, what, id, whyText({ code, reason })];
}

export function whyText({ code, reason }: Pick<JournalRow, 'code' | 'reason'>): string {
  return code === undefined ? '' : `${code} ${reason ?? ''}`;
}
