import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** What Node itself weighs with as many idle threads as the order flow has: one for the journal, one for the queues. */
for (let count = 0; count < 2; count++) new Worker('setInterval(() => {}, 60_000)', { eval: true });
await pause(1_000);
process.send?.({ rss: process.memoryUsage.rss() });
process.exit(0);
