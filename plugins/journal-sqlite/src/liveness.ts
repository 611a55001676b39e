import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { OwnerFacts } from './operations.ts';

/** Who this process is, for others that find its claims. */
export function describeOwner(): OwnerFacts {
  return {
    uuid: randomUUID(),
    pid: process.pid,
    started: startOf(process.pid)?.time ?? '',
    place: `${hostname()} ${read(() => readlinkSync('/proc/self/ns/pid'))}`,
    boot: read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  };
}

/**
 * Tells whether the process of an owner is certainly dead. An owner in another place (another machine, another
 * container) counts as alive: its claims end with their leases.
 */
export function isDead(owner: OwnerFacts, me: Pick<OwnerFacts, 'place' | 'boot'>): boolean {
  if (owner.place !== me.place) return false;
  if (owner.boot !== me.boot) return true;
  if (!hasProcess(owner.pid)) return true;
  const start = startOf(owner.pid);
  // Another process got the same number; or it is dead and only its parent has not asked for its exit code yet.
  return start !== undefined && (start.isZombie || (owner.started !== '' && start.time !== owner.started));
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** From /proc/<pid>/stat: the fields behind the name in parentheses, of which the first is the state and the 20th the start. */
function startOf(pid: number): { readonly time: string; readonly isZombie: boolean } | undefined {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = '', time = ''] = [fields[0], fields[19]];
  return time === '' ? undefined : { time, isZombie: state === 'Z' || state === 'X' };
}

/** Empty where the system does not tell. */
function read(look: () => string): string {
  try {
    return look();
  } catch {
    return '';
  }
}
