import { freePort } from './free-port.ts';
import { median } from './median.ts';
import { told } from './told.ts';

export interface StartUp {
  /** From the call of `start()` to `running`, in milliseconds. */
  readonly startedIn: number;
  /** From the start of the process to `running`, in milliseconds. */
  readonly runningAfter: number;
  /** Resident memory of the idle process, in bytes. */
  readonly rss: number;
  /** The part of it that this process shares with nobody, where the system tells. */
  readonly own?: number | undefined;
  /** Resident memory of Node itself with as many idle threads, in bytes. */
  readonly bareRss: number;
}

type Started = Omit<StartUp, 'bareRss'>;

/** Medians over several fresh processes. */
export async function measureStartUp(runs = 5): Promise<StartUp> {
  const all: Started[] = [];
  for (let run = 0; run < runs; run++) all.push(await told<Started>('./start-up-child.mjs', String(await freePort())));
  const of = (key: keyof Started) => median(all.map((one) => one[key] ?? Number.NaN));
  const bare = await told<{ readonly rss: number }>('./bare-child.mjs');
  return { startedIn: of('startedIn'), runningAfter: of('runningAfter'), rss: of('rss'), own: of('own'), bareRss: bare.rss };
}
