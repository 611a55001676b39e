import { join } from 'node:path';
import sqlite from '@waybill/journal-sqlite';
import { silentLog } from '@waybill/testing';
import { openQueues } from '@waybill/transport-queue';

/** Uses a journal and queues, says so, and closes neither: nothing is left to do, so that the process ends. */
const folder = process.argv[2] ?? '';
const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };
const journal = await sqlite.open({ path: join(folder, 'journal.db'), busyTimeout: 5_000 }, context);
const queues = await openQueues({ path: join(folder, 'queues.db') });
const message = (id: string) => ({ id, body: new Uint8Array(100).fill(60), createdAt: 1_700_000_000_000, properties: {} });
journal.watch(() => undefined);
const publishing = journal.outbox.publish([{ message: message('a'), entry: 'erp', event: 'order.created', type: 'Order@1', trace: 'a' }]);
const putting = queues.put('A', message('b'));
void Promise.all([publishing, putting]).then(() => process.send?.('put and published'));
