import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names a process so that others on the same machine can tell whether it still lives. */
export interface ProcessIdentity {
  /** The same for all processes whose process ids can be compared: one machine, one start of it, one container. */
  readonly host: string;
  readonly pid: number;
  /** When the process began, in the machine's own count. `0` where the system does not tell. */
  readonly start: string;
}

let own: ProcessIdentity | undefined;

export function ownIdentity(): ProcessIdentity {
  own ??= { host: hostIdentity(), pid: process.pid, start: startOf(process.pid) ?? '0' };
  return own;
}

/**
 * False when the process is surely gone. True when it lives, and also when nobody can tell: it may live on another
 * machine, and then only its lease says whether it still does.
 */
export function mayLive(identity: ProcessIdentity): boolean {
  if (identity.host !== ownIdentity().host) return true;
  if (!exists(identity.pid)) return false;
  const start = startOf(identity.pid);
  // The id was given to another process in the meantime.
  return start === undefined || identity.start === '0' || start === identity.start;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** From Linux's /proc; undefined elsewhere. A process that has ended but was not waited for counts as started never. */
function startOf(pid: number): string | undefined {
  const stat = tryRead(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name of the program, in brackets, may itself hold brackets and blanks: the fields begin after the last one.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!fields) return undefined;
  return fields[0] === 'Z' ? 'ended' : fields[19];
}

/** Containers may share a host name but not their process ids, so the process namespace is part of it. */
function hostIdentity(): string {
  const boot = tryRead(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = tryRead(() => readlinkSync('/proc/self/ns/pid'));
  return createHash('sha256')
    .update([hostname(), boot ?? '', namespace ?? ''].join('\n'))
    .digest('hex')
    .slice(0, 12);
}

function tryRead(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
