import type { Sender } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { silentLog } from '@waybill/testing';
import http from '../src/index.ts';

const late = () => Promise.reject(new Error('no reply comes late'));

/** A process that sends one message over a connection with the settings that are given, and tells what became of it. */
const context = { name: 'child', log: silentLog, signal: new AbortController().signal, folder: '/', concurrency: 1, late };
const connection = await http.connect(
  resolveSettings(http.connection, JSON.parse(process.argv[2] ?? '{}'), { folder: '/' }) as never,
  context,
);
const target = resolveSettings(http.send?.endpoint as never, {}, { folder: '/' });
const sender = (await http.send?.open(connection, target as never, context)) as Sender;
const message = { id: 'm-1', body: Buffer.from('<A/>'), createdAt: 1_000, properties: {} };
const outcome = await sender.send(message, context).then(
  () => 'sent',
  (error: unknown) => String(error),
);
process.stdout.write(outcome);
await sender.close();
await http.disconnect?.(connection);
