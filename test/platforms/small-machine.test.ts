import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, hasVehicle, temporaryFolder } from '@waybill/testing';
import { expect, it, onTestFinished } from 'vitest';
import { Program } from '../house/commands.ts';
import { settleIn, waybill } from './first-steps.ts';

const megabyte = 1024 ** 2;
const files = 24;

/** What a process has in memory for itself, in bytes: of what a container counts, that which cannot go. Undefined where nobody tells. */
async function memoryOf(pid: number | string): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(status) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** An order status of 9 MB, filled up with one piece again and again. */
function large(piece: string): string {
  const head =
    '<Update_WCS_OrderStatus version="3.0"><ControlArea><Verb value="Update"/><Noun value="WCS_OrderStatus"/></ControlArea><DataArea>';
  const order =
    '<OrderStatusHeader><OrderNumber type="ByWCS">12007</OrderNumber><Status StatusCondition="S">Sent</Status></OrderStatusHeader>';
  const filling = piece.repeat(Math.floor((9 * megabyte) / piece.length));
  return `${head}<OrderShipping>${order}${filling}</OrderShipping></DataArea></Update_WCS_OrderStatus>`;
}

const long = 'x'.repeat(1_000);

it.each([
  ['handled', `<!--${long}-->`, 'the order has a new status', 0],
  ['refused and kept', `<Unknown>${long}</Unknown>`, 'message parked', files],
])('24 files of 9 MB are %s in 256 MB of memory', async (_, piece, told, rejected) => {
  const own = await memoryOf('self');
  if (!hasVehicle('/proc', () => own !== undefined, 'no memory was measured')) return;
  const folder = await settleIn(join(await temporaryFolder(), 'somebody'));
  const exchange = join(folder, 'exchange');
  await mkdir(exchange);
  for (let number = 1; number <= files; number++) {
    await writeFile(join(exchange, `.${number}`), large(piece));
    await rename(join(exchange, `.${number}`), join(exchange, `status-${number}.xml`));
  }
  const running = new Program(process.execPath, [join(folder, waybill), 'run'], { cwd: folder });
  onTestFinished(() => running.kill());
  let most = 0;
  const outcomes = async () => {
    most = Math.max(most, (await memoryOf(running.pid)) ?? 0);
    return running.written.split('\n').filter((line) => line.includes(told)).length;
  };
  await eventually(async () => (await outcomes()) === files, { what: 'all files', within: 240_000 });
  running.signal('SIGTERM');
  expect(await running.end()).toBe(0);
  expect(await outcomes()).toBe(files);
  const left = await readdir(exchange, { recursive: true });
  expect(left.filter((name) => name.endsWith('.xml')).map((name) => name.startsWith('rejected'))).toEqual(Array(rejected).fill(true));
  expect(most).toBeGreaterThan(50 * megabyte);
  expect(most / megabyte).toBeLessThan(256);
});
