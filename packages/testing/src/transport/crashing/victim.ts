import { fork } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../../tools/eventually.ts';
import type { CrashNews, CrashOrder, CrashWork } from '../crash-child.ts';
import type { Rig } from '../rig.ts';

const child = new URL(import.meta.url.endsWith('.ts') ? '../crash-child.ts' : './transport/crash-child.js', import.meta.url);

/** How much longer a process may take that has to be started first, on a busy machine, in milliseconds. */
const toStart = 30_000;

interface Death extends Pick<CrashOrder, 'dieAt'> {
  /** What happens outside while the process lives. It is killed when this has ended, unless it has died before. */
  readonly meanwhile?: ((victim: Victim) => Promise<void>) | undefined;
}

/** A process that uses the transport and is killed. */
export class Victim {
  /** What it has said so far. */
  readonly news: CrashNews[] = [];
  isDead = false;
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  /** Resolves when the process has said so, or is dead. Throws when its work has failed. */
  async says(...kinds: readonly CrashNews['kind'][]): Promise<void> {
    await eventually(
      () => {
        const failed = this.news.find((one) => one.kind === 'failed');
        if (failed) throw new Error(`the child process could not work: ${failed.reason}`);
        return this.isDead || this.news.some(({ kind }) => kinds.includes(kind));
      },
      { what: `the child process to say: ${kinds.join(' or ')}`, within: this.#rig.patience + toStart },
    );
  }

  /** How many steps the work took; undefined when it died before its end. */
  get steps(): number | undefined {
    return this.news.flatMap((one) => (one.kind === 'over' ? [one.steps] : []))[0];
  }

  get accepted(): readonly string[] {
    return this.news.flatMap((one) => (one.kind === 'accepting' ? [one.text] : []));
  }
}

/** Lets a process do something and die of it. What it has said before is complete. */
export async function letDie(
  rig: Rig,
  module: URL,
  work: CrashWork,
  { dieAt, meanwhile = (victim) => victim.says('over') }: Death = {},
): Promise<Victim> {
  const { connection, connectionElsewhere = connection, inbound = {}, outbound = {} } = rig.world;
  const order: CrashOrder = { module: module.href, connection: connectionElsewhere, inbound, outbound, folder: rig.folder, work, dieAt };
  const worker = fork(child, { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const victim = new Victim(rig);
  worker.on('message', (news: CrashNews) => victim.news.push(news));
  // The channel ends when everything was read that the process had written to it.
  const gone = Promise.all([once(worker, 'exit'), once(worker, 'disconnect')]).then(() => {
    victim.isDead = true;
  });
  worker.on('error', () => undefined);
  try {
    worker.send(order);
    await meanwhile(victim);
  } finally {
    worker.kill('SIGKILL');
    await gone;
  }
  return victim;
}

/** At which steps of so many processes die, one after the other: at the first, soon after it, and all over the rest. */
export function placesToDie(steps: number): readonly number[] {
  const early = Math.sqrt(steps);
  const all = [1 / 3, 2 / 3, 0.95].map((part) => steps * part);
  return [...new Set([1, early, ...all].map((step) => Math.max(1, Math.round(step))))].toSorted((one, other) => one - other);
}
