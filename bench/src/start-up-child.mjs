import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createKernel } from '@waybill/kernel';

/** Bytes that only this process has, without the pages of the Node binary that all its processes share; undefined where the system does not tell. */
function ownMemory() {
  if (!existsSync('/proc/self/smaps_rollup')) return undefined;
  const lines = readFileSync('/proc/self/smaps_rollup', 'utf8').matchAll(/^Private_(?:Clean|Dirty): +([0-9]+) kB$/gm);
  return [...lines].reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0);
}

// Not TypeScript: stripping types would weigh more than what is measured.
/** Boots the manifest of the order flow in a fresh process, and tells how long that took and what it weighs at rest. */
const data = mkdtempSync(join(tmpdir(), 'waybill-bench-start-'));
Object.assign(process.env, {
  ORDER_FLOW_DATA: data,
  ORDER_FLOW_PORT: process.argv[2],
  ORDER_FLOW_SMTP: '9',
  ORDER_FLOW_PASSWORD: 'not-secret',
});
const kernel = createKernel({ manifest: join(import.meta.dirname, '../../examples/order-flow/waybill.jsonc') });
const since = performance.now();
await kernel.start();
const startedIn = performance.now() - since;
/** `performance.now()` counts from the start of the process. */
const runningAfter = performance.now();
await pause(3_000);
process.send?.({ startedIn, runningAfter, rss: process.memoryUsage.rss(), own: ownMemory() });
await kernel.stop();
rmSync(data, { recursive: true, force: true });
process.exit(0);
