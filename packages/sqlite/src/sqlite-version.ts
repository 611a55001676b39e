import type { Log } from '@waybill/contract';
import { errors } from './errors.ts';

/** The first versions without the fault, of the lines that got the repair: sqlite.org/wal.html#walresetbug. */
const repaired = [
  [3, 44, 6],
  [3, 50, 7],
] as const;

const first = [3, 51, 3] as const;

/** Whether a version of SQLite may damage a file in WAL mode that several connections write to. */
export function hasWalFault(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const isRepaired = repaired.some(([, line, from]) => major === 3 && minor === line && patch >= from);
  return !isRepaired && isBefore([major, minor, patch], first);
}

/** Whether this version of Node writes a warning to standard error, between the lines of a log, in each thread that loads its SQLite. */
export function warnsOfExperiment(node: string): boolean {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return major < 24 || (major === 24 && minor < 15);
}

let hasWarned = false;

/** Writes one line to the log, once in a process, when its SQLite may damage files. */
export function warnOfWalFault(log: Log, version: string | undefined = process.versions.sqlite): void {
  if (hasWarned || version === undefined || !hasWalFault(version)) return;
  hasWarned = true;
  const { code, remedy } = errors.WB_SQLITE_OUTDATED;
  log.warn({ code, sqlite: version, node: process.versions.node, hint: remedy }, 'the SQLite inside this Node can damage a shared file');
}

function isBefore(a: readonly [number, number, number], b: readonly [number, number, number]): boolean {
  const index = a.findIndex((part, place) => part !== b[place]);
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
}
