import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { median } from './median.ts';

export interface StartUp {
  /** From the call of `start()` to `running`, in milliseconds. */
  readonly startedIn: number;
  /** From the start of the process to `running`, in milliseconds. */
  readonly runningAfter: number;
  /** Resident memory of the idle process, in bytes. */
  readonly rss: number;
  /** The part of it that this process shares with nobody, where the system tells. */
  readonly own?: number | undefined;
}

/** Medians over several fresh processes. */
export async function measureStartUp(runs = 5): Promise<StartUp> {
  const all: StartUp[] = [];
  for (let run = 0; run < runs; run++) all.push(await startOnce(await freePort()));
  const of = (key: keyof StartUp) => median(all.map((one) => one[key] ?? Number.NaN));
  return { startedIn: of('startedIn'), runningAfter: of('runningAfter'), rss: of('rss'), own: of('own') };
}

function startOnce(port: number): Promise<StartUp> {
  const child = fork(fileURLToPath(new URL('./start-up-child.mjs', import.meta.url)), [String(port)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (figures) => resolve(figures as StartUp));
    child.once('exit', (code) => reject(new Error(`the process that was to start ended with ${code}`)));
  });
}
