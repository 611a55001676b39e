import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** What Node itself weighs with one idle thread, as the order flow has one for the files of the journal and of the queues. */
const thread = new Worker('setInterval(() => {}, 60_000)', { eval: true });
await pause(1_000);
process.send?.({ rss: process.memoryUsage.rss() });
await thread.terminate();
process.exit(0);
