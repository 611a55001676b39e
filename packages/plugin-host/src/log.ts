import { createRequire } from 'node:module';
import type { Log } from '@waybill/contract';
import { logErrors } from './errors.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogOptions {
  readonly level: LogLevel;
  /** Values that never appear, whatever text they are part of. */
  readonly secrets?: readonly string[];
  /** Where lines go; default standard error, so that standard output stays free for results. */
  readonly write?: (line: string) => void;
}

/**
 * A pino log: one JSON object a line, secrets masked in the finished line, so that no field can leak one. Pino itself is loaded by the
 * first line: a process that has nothing to say spares its 30 modules.
 */
export function createLog(options: LogOptions): Log {
  return opened(options.level, () => openPino(options));
}

const levels = ['debug', 'info', 'warn', 'error'] as const;

/** A log that is opened by its first line. What its level leaves out costs a call of nothing. */
function opened(level: LogLevel, open: () => Log): Log {
  let log: Log | undefined;
  const current = (): Log => (log ??= open());
  const least = level === 'silent' ? levels.length : levels.indexOf(level);
  const at = (name: (typeof levels)[number]): Log['info'] =>
    levels.indexOf(name) < least ? () => undefined : (fields, text) => current()[name](fields, text);
  const [debug, info, warn, error] = [at('debug'), at('info'), at('warn'), at('error')];
  return { debug, info, warn, error, child: (fields) => opened(level, () => current().child(fields)) };
}

function openPino({ level, secrets = [], write }: LogOptions): Log {
  const { pino } = createRequire(import.meta.url)('pino') as typeof import('pino');
  const options = {
    level,
    base: null,
    messageKey: 'text',
    // Words and dates, for whoever reads a log without tools.
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: masker(secrets) },
  };
  const destination = write ? { write } : pino.destination({ fd: 2, sync: true });
  return pino(options, destination);
}

/**
 * A log that harms nobody: where it throws (a full disk, a closed pipe, a defect of the log that the application brought), the line is lost, and
 * the first time a warning of the process says so.
 */
export function harmlessLog(log: Log): Log {
  let isTold = false;
  const tell = (cause: unknown): void => {
    if (!isTold) process.emitWarning(logErrors.WB_LOG_FAILED(`The log failed, and lines are lost: ${String(cause)}`, { cause }));
    isTold = true;
  };
  const guarded = <Argument extends unknown[], Result>(call: (...given: Argument) => Result) => {
    return (...given: Argument): Result | undefined => {
      try {
        return call(...given);
      } catch (cause) {
        tell(cause);
        return undefined;
      }
    };
  };
  const over = (own: Log): Log => {
    const child = guarded((fields: object) => own.child(fields));
    return {
      debug: guarded((fields: object, text: string) => own.debug(fields, text)),
      info: guarded((fields: object, text: string) => own.info(fields, text)),
      warn: guarded((fields: object, text: string) => own.warn(fields, text)),
      error: guarded((fields: object, text: string) => own.error(fields, text)),
      child: (fields) => over(child(fields) ?? own),
    };
  };
  return over(log);
}

/** Replaces every secret by `***`, also in the form that it takes inside a JSON string. */
export function masker(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.filter((secret) => secret.length > 0).flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]));
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}

/** The fields under which an error is logged: its whole chain of causes as codes and sentences, no stacks of our own. */
export function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { error: String(error) };
  const { code, hint, at } = error as { code?: unknown; hint?: unknown; at?: unknown };
  const cause = error.cause === undefined ? {} : { cause: errorFields(error.cause) };
  return {
    error: error.message,
    ...(code ? { code } : { stack: error.stack }),
    ...(hint ? { hint } : {}),
    ...(at ? { at } : {}),
    ...cause,
  };
}
