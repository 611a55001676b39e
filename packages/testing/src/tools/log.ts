import type { Log } from '@waybill/contract';

/** A log that keeps nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A log that keeps its lines, to look at in a test. Lines of child logs are in the same list. */
export function recordingLog(): { readonly log: Log; readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  return { log: recorder(lines, {}), lines };
}

function recorder(lines: LogLine[], base: object): Log {
  const record = (level: LogLine['level']) => (fields: object, text: string) => {
    lines.push({ level, fields: { ...base, ...fields }, text });
  };
  return {
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
    child: (fields) => recorder(lines, { ...base, ...fields }),
  };
}
