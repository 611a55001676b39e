import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** What Node itself weighs with as many idle threads as the order flow has: one for the journal, one for the queues. */
const threads = Array.from({ length: 2 }, () => new Worker('setInterval(() => {}, 60_000)', { eval: true }));
await pause(1_000);
process.send?.({ rss: process.memoryUsage.rss(), threads: threads.length });
process.exit(0);
