import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { createKernel, type Kernel } from '@waybill/kernel';
import { eventually, silentLog } from '@waybill/testing';
import { openQueues, type Queues } from '@waybill/transport-queue';
import { expect, it, onTestFinished } from 'vitest';
import { recordingApplication } from './application.ts';
import { queueManifest } from './manifest.ts';
import { type Mixed, mixture } from './mutations.ts';
import { temporaryProjectFolder } from './project-folder.ts';
import { diaryOf, runningChild } from './running-child.ts';

const count = 500;
const seed = randomInt(2 ** 31);

type Sent = Mixed & { readonly id: string };

async function putAll(queues: Queues): Promise<readonly Sent[]> {
  const sent = mixture(count, seed).map((one, index) => ({ ...one, id: `soak-${index}` }));
  for (const { id, body } of sent) await queues.put('IN', { id, body, replyTo: 'BACK', properties: {} });
  return sent;
}

/** A kernel takes messages until it has settled so many of them, and is killed. */
async function handleSome(folder: string, some: number): Promise<void> {
  const child = await runningChild({ folder, runs: 'queue' });
  await eventually(() => child.outcomes.length >= some, { what: `${some} outcomes`, within: 30_000 });
  await child.kill();
}

/** A kernel that is asked what became of everything. */
async function openJournal(folder: string): Promise<Kernel> {
  const { application } = recordingApplication();
  const kernel = createKernel({ manifest: queueManifest(), folder, application, log: silentLog });
  await kernel.start();
  onTestFinished(() => kernel.stop({ grace: 5_000 }));
  return kernel;
}

it(`${count} good and bad messages end as they have to although the process is killed twice`, async () => {
  const folder = await temporaryProjectFolder();
  const queues = await openQueues({ path: join(folder, 'queues.db') });
  onTestFinished(() => queues.close());
  const sent = await putAll(queues);
  await handleSome(folder, randomInt(1, 200));
  await handleSome(folder, randomInt(1, 150));
  const last = await runningChild({ folder, runs: 'queue' });
  await eventually(async () => (await queues.browse('IN')).length === 0, { what: 'the queue to be empty', within: 60_000 });
  await last.kill();

  const kernel = await openJournal(folder);
  const wrong: object[] = [];
  const answered: string[] = [];
  for (const { id, good, what, body } of sent) {
    const row = await kernel.desk.show({ direction: 'in', entry: 'queue', id });
    if (!good && row?.type) answered.push(id);
    const kept = good || (row?.message !== undefined && body.equals(row.message.body));
    if (row?.state !== (good ? 'done' : 'parked') || !kept)
      wrong.push({ id, what, state: row?.state, code: row?.code, reason: row?.reason });
  }
  expect(wrong, `with seed ${seed}`).toEqual([]);
  const handled = new Set(await diaryOf(folder));
  expect([...handled].sort()).toEqual(sent.flatMap(({ id, good }) => (good ? [id] : [])).sort());
  const replies = await queues.browse('BACK', { limit: 2 * count });
  expect(replies.map(({ message }) => message.correlationId ?? '').sort(), `with seed ${seed}`).toEqual(answered.sort());
});
