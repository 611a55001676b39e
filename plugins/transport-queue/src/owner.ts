import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds messages: a process, recognisable across restarts and when its number is used again. */
export interface OwnerMark {
  /** Where its process number means something: machine, boot and process namespace. */
  readonly place: string;
  readonly pid: number;
  /** When the process started, in the system's own words; empty where the system does not tell. */
  readonly started: string;
}

/** This process. */
export function ownMark(): OwnerMark {
  return { place: placeOfThisProcess(), pid: process.pid, started: startOf(process.pid) };
}

/**
 * True when the process has certainly ended. A process of another container or machine cannot be seen from here and
 * counts as alive: then the lease decides.
 */
export function hasEnded(owner: OwnerMark, here: OwnerMark): boolean {
  if (owner.place !== here.place) return false;
  if (!isRunning(owner.pid)) return true;
  return owner.started !== '' && startOf(owner.pid) !== owner.started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A killed process whose parent has not noticed yet still has a number, but does nothing any more.
    return !['Z', 'X'].includes(factsOf(pid)[0] ?? '');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function placeOfThisProcess(): string {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot, namespace].join(' ');
}

/** Field 22 of /proc/<pid>/stat. */
function startOf(pid: number): string {
  return factsOf(pid)[19] ?? '';
}

/** /proc/<pid>/stat from its third field on: after the command's name, which may itself hold blanks and brackets. */
function factsOf(pid: number): readonly string[] {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
