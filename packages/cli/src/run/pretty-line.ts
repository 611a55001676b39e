import type { Observation } from '@waybill/kernel';
import { printable } from '../desk/table.ts';
import { clockTime, type Paint } from './paint.ts';
import { traceLine } from './trace.ts';

/** A line of the log, as it is written where nobody looks. */
interface LogLine {
  readonly level: string;
  readonly time: string;
  readonly text: string;
  /** A step of a message. */
  readonly seen?: Observation;
  readonly [field: string]: unknown;
}

/** The error of a line, or its cause. */
interface LoggedError {
  readonly error?: string;
  readonly code?: string;
  readonly at?: string;
  readonly hint?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const colours = { debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const;

/** What a line says beside its fields. */
const said = new Set(['level', 'time', 'text', 'manifest', 'trace', 'error', 'code', 'at', 'hint', 'stack', 'cause']);

/** A line of the log, which is JSON, for somebody at a terminal: a step of a message as its trace, everything else with its fields and what to do. */
export function prettyLine(json: string, paint: Paint): string {
  const line = JSON.parse(json) as LogLine;
  if (line.seen) return traceLine(line.seen, paint);
  const colour = colours[line.level as keyof typeof colours] ?? 'gray';
  const fields = Object.entries(line).flatMap(([key, value]) => (said.has(key) ? [] : [printable(`${key}=${textOf(value)}`)]));
  const about = fields.length === 0 ? [] : [paint('gray', fields.join('  '))];
  const head = [clockTime(Date.parse(line.time)), paint(colour, line.level.padEnd(5)), printable(line.text)];
  const below = errorLines(line as LoggedError, paint);
  if (below.length === 0) return [...head, ...about].join('  ');
  return [head.join('  '), ...below, ...about.map((text) => `  ${text}`)].join('\n');
}

function textOf(value: unknown): string {
  return typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value);
}

/** What, where, why and what to do, below the line. */
function errorLines({ error, code, at, hint, stack, cause }: LoggedError, paint: Paint): readonly string[] {
  const place = at === undefined ? [] : [`  at    ${printable(at)}`];
  const remedy = hint === undefined ? [] : [`  hint  ${printable(hint)}`];
  if (error === undefined && code === undefined) return [...place, ...remedy];
  const what = [code === undefined ? undefined : paint('bold', code), error && printable(error)]
    .filter((text) => text !== undefined)
    .join('  ');
  // The stack of an error that nobody foresaw begins with its sentence.
  const where =
    stack === undefined
      ? []
      : stack
          .split('\n')
          .slice(1)
          .map((frame) => `        ${printable(frame.trim())}`);
  return [`  ${what}`, ...place, ...causes(cause, error), ...remedy, ...where];
}

/** An error that was handed on says the same as its cause; that is said once. */
function causes(cause: LoggedError | undefined, above: string | undefined): readonly string[] {
  if (cause?.error === undefined) return [];
  return [...(cause.error === above ? [] : [`  why   ${printable(cause.error)}`]), ...causes(cause.cause, cause.error)];
}
