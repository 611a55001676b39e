import { Session } from 'node:inspector/promises';
import { parentPort, workerData } from 'node:worker_threads';

// Counts the work that mails make: how often each block of our sources is entered. Blocks are counted only in code that is compiled
// after counting has begun, so this is a thread of its own, and loads the code last.
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
const { everythingOf } = await import('./everything.ts');

async function steps(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ours = result.filter(({ url }) => /transport-email\/src\/(incoming|reports)\//.test(url));
  return ours
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
    .reduce((sum, count) => sum + count, 0);
}

const counts: number[] = [];
for (const mail of workerData as readonly Uint8Array[]) {
  await steps();
  everythingOf(mail);
  counts.push(await steps());
}
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(counts);
