import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { FaultKind } from '../chance/fault-kinds.ts';
import { runSeed } from '../run-seed.ts';

/** Which seeds a thread runs: every `step`th from `from` to before `end`. */
export interface Share {
  readonly from: number;
  readonly end: number;
  readonly step: number;
}

/** What a thread says of one seed. */
export interface SeedNews {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly fired: readonly (readonly [FaultKind, number])[];
  readonly messages: number;
}

/** Runs a share of the seeds in a thread that begins with the module `main`. Rejects when the thread ends before it is through. */
export function runInThread(main: URL, share: Share, hear: (news: SeedNews) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(main, { workerData: share });
    thread.on('message', hear);
    thread.on('error', reject);
    thread.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A thread has ended with code ${code}.`))));
  });
}

/** What such a thread does. */
export async function runShare(): Promise<void> {
  const { from, end, step } = workerData as Share;
  for (let seed = from; seed < end; seed += step) {
    const { violations, fired, messages } = await runSeed(seed);
    const news: SeedNews = { seed, violations, fired: [...fired], messages };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    parentPort?.postMessage(news);
  }
}
