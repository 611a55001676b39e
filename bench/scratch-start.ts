import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

const data = mkdtempSync('/tmp/wbs-');
Object.assign(process.env, { ORDER_FLOW_DATA: data, ORDER_FLOW_PORT: '39117', ORDER_FLOW_PASSWORD: 'not-secret' });
const t0 = performance.now();
const { createKernel } = await import('@waybill/kernel');
const t1 = performance.now();
const kernel = createKernel({ manifest: join(import.meta.dirname, '../examples/order-flow/waybill.jsonc') });
const c0 = process.cpuUsage();
await kernel.check();
const t2 = performance.now();
await kernel.start();
const t3 = performance.now();
const c1 = process.cpuUsage(c0);
console.log(
  'boot',
  t0.toFixed(0),
  'import kernel',
  (t1 - t0).toFixed(0),
  'check',
  (t2 - t1).toFixed(0),
  'start',
  (t3 - t2).toFixed(0),
  'cpu',
  (c1.user / 1000) | 0,
  (c1.system / 1000) | 0,
  'rss',
  (process.memoryUsage.rss() / 1e6) | 0,
  process.memoryUsage(),
);
await kernel.stop();
process.exit(0);
