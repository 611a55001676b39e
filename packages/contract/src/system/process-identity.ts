import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * What became of a process:
 * - alive: it runs.
 * - gone: it has surely ended.
 * - restarted: a machine of the same name was started again since. It has ended, unless two machines share the name.
 * - unknown: it belongs to another machine or container. Only a lease can tell when it is silent for too long.
 */
export type ProcessFate = 'alive' | 'gone' | 'restarted' | 'unknown';

/** Where a process number means something, which start of the machine it is from, the number, and when the process started. */
const form = /^([0-9a-f]{12})\.([0-9a-f]{12})?\.([1-9]\d*)\.(\d+)?$/;

let own: string | undefined;

/**
 * Names this process for those who find what it holds: at most 60 letters, digits and dots, fit for a column and for the
 * name of a file. The same in all threads of the process. See `fateOfProcess`.
 */
export function ownProcessIdentity(): string {
  own ??= [placeOfProcessIds(), bootOfMachine(), process.pid, factsOf(process.pid)?.started ?? ''].join('.');
  return own;
}

/**
 * What became of the process that was named by `ownProcessIdentity`, as far as it can be seen from here. On Linux a process
 * is told from a later one that was given its number. Elsewhere the number has to do: then `alive` may be said of a process
 * that is gone, so let what it holds end with a lease as well.
 */
export function fateOfProcess(identity: string): ProcessFate {
  const [, place, boot, pid, started] = form.exec(identity) ?? [];
  const [, ownPlace, ownBoot] = form.exec(ownProcessIdentity()) ?? [];
  if (pid === undefined || place !== ownPlace) return 'unknown';
  if (boot !== ownBoot) return 'restarted';
  if (!hasProcess(Number(pid))) return 'gone';
  const found = factsOf(Number(pid));
  if (found === undefined) return 'alive';
  const isAnother = started !== undefined && started !== found.started;
  return found.hasEnded || isAnother ? 'gone' : 'alive';
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Containers may share a host name but not their process numbers, so the namespace of these is part of the place. */
function placeOfProcessIds(): string {
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return createHash('sha256').update(`${hostname()}\n${namespace}`).digest('hex').slice(0, 12);
}

/** The end of a random UUID; empty where the system does not tell. */
function bootOfMachine(): string {
  return attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()).slice(-12);
}

/**
 * Fields 3 and 22 of /proc/<pid>/stat; undefined where the system does not tell. The name of the program, in brackets, may
 * itself hold brackets and blanks, so that the fields begin after the last one.
 */
function factsOf(pid: number): { readonly started: string; readonly hasEnded: boolean } | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  // A process that was killed keeps its number until its parent has asked how it ended.
  return started === undefined ? undefined : { started, hasEnded: state === 'Z' || state === 'X' };
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
