import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { handle } from '@waybill/contract/application';
import journal from '@waybill/journal-sqlite';
import { createKernel, createLog } from '@waybill/kernel';
import file from '@waybill/transport-file';
import http from '@waybill/transport-http';
import queue from '@waybill/transport-queue';
import { doThing, thingDone, thingPack } from './thing.ts';

/**
 * A kernel in a process of its own, in the folder that is given, with its `manifest.json`. Tells its port, if it has one; runs until its
 * input ends. After the folder: the number of a thing that ends the process while it is handled, and how long handling takes, in milliseconds.
 */
const folder = process.argv[2] ?? '.';
const [deadly, takes] = [Number(process.argv[3]), Number(process.argv[4])];
let port: number | undefined;
const kernel = createKernel({
  manifest: JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as object,
  folder,
  plugins: [journal, http, file, queue, thingPack],
  handlers: [
    handle(doThing, async (input, context) => {
      if ((input as { readonly number: number }).number === deadly) process.exit(1);
      if (takes > 0) await pause(takes);
      context.publish(thingDone, input as never);
    }),
  ],
  log: createLog({
    level: 'info',
    write: (line) => {
      port = (JSON.parse(line) as { readonly port?: number }).port ?? port;
    },
  }),
});
await kernel.start();
process.stdout.write(`running ${port ?? ''}\n`);
process.stdin.resume().once('end', () => void kernel.stop().then(() => process.exit(0)));
