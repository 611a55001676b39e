import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import type { Leg } from '@waybill/contract';
import sqlite from '@waybill/journal-sqlite';
import { silentLog, temporaryFolder } from '@waybill/testing';
import { openQueues } from '@waybill/transport-queue';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../house/commands.ts';

const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };

/** A journal and queues of one process, with the threads that were started for them. */
async function journalAndQueues() {
  const folder = await temporaryFolder();
  const threads: Worker[] = [];
  const see = (thread: Worker): void => void threads.push(thread);
  process.on('worker', see);
  onTestFinished(() => void process.off('worker', see));
  const queueFile = join(folder, 'queues.db');
  const journal = await sqlite.open({ path: join(folder, 'journal.db'), busyTimeout: 5_000 }, context);
  onTestFinished(() => journal.close());
  const queues = await openQueues({ path: queueFile });
  onTestFinished(() => queues.close());
  return { journal, queues, queueFile, threads };
}

const message = (id: string) => ({ id, body: new Uint8Array(100).fill(60), createdAt: 1_700_000_000_000, properties: {} });
const legOf = (id: string): Leg => ({ message: message(id), entry: 'erp', event: 'order.created', type: 'Order@1', trace: id });

describe('the journal and the queues of a process', () => {
  it('have one thread', async () => {
    const { journal, queues, threads } = await journalAndQueues();
    await Promise.all([journal.outbox.publish([legOf('a')]), queues.put('A', message('b'))]);
    expect(threads).toHaveLength(1);
  });

  it('do not wait for each other: steps are answered while another program keeps the queues locked', async () => {
    const { journal, queues, queueFile } = await journalAndQueues();
    const locker = new DatabaseSync(queueFile, { timeout: 10_000 });
    onTestFinished(() => locker.close());
    locker.exec('BEGIN IMMEDIATE');
    const done: string[] = [];
    const put = queues.put('A', message('held')).then(() => done.push('held'));
    for (let step = 0; step < 20; step += 1) {
      await journal.outbox.publish([legOf(`l-${step}`)]);
      done.push('step');
    }
    expect(done).toEqual(Array.from({ length: 20 }, () => 'step'));
    locker.exec('ROLLBACK');
    await put;
    expect(await queues.depth('A')).toBe(1);
  });

  it('do not keep a process from ending that asks nothing of them', async () => {
    const child = fork(new URL('./open-and-end.ts', import.meta.url), [await temporaryFolder()], { execArgv: [] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said = once(child, 'message');
    const [code] = await once(child, 'exit');
    expect([code, (await said)[0]]).toEqual([0, 'put and published']);
  });
});

describe('a program that Node takes from its command line', () => {
  it('opens a journal and queues, as one in a file does', async () => {
    const { code, stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', program(await temporaryFolder())]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'opened\n', stderr: '' });
  });
});

/** Resolved from the root folder, where this is run: it sees what was built. */
function program(folder: string): string {
  return `
    import sqlite from '@waybill/journal-sqlite';
    import { openQueues } from '@waybill/transport-queue';
    const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
    const context = { name: 'journal', log, signal: new AbortController().signal, folder: '/' };
    const journal = await sqlite.open({ path: ${JSON.stringify(join(folder, 'journal.db'))}, busyTimeout: 5000 }, context);
    const queues = await openQueues({ path: ${JSON.stringify(join(folder, 'queues.db'))} });
    await Promise.all([journal.close(), queues.close()]);
    console.log('opened');`;
}
