import { type Log, type Order, type ReceiveContext } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import file from '../src/index.ts';

/**
 * A process that listens on a folder: it tells its parent of each delivery, and then holds or accepts it; or it accepts one, or gives
 * one up, stops its listener and has nothing more to do.
 */
const [, , path = '', inbound = '{}', mode = 'hold', order = 'parallel'] = process.argv;
const log: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => log };
const context: ReceiveContext = {
  name: 'child',
  log,
  signal: new AbortController().signal,
  folder: path,
  concurrency: 3,
  order: order as Order,
  stateOf: async () => undefined,
  tell: () => undefined,
  report: () => Promise.reject(new Error('files report nothing')),
  undeliverable: () => Promise.reject(new Error('files answer nobody')),
};
const options = { folder: path };
const connection = await file.connect(resolveSettings(file.connection, { path }, options) as never, context);
const source = resolveSettings(file.receive?.endpoint as never, JSON.parse(inbound), options);
const stop = new AbortController();
const listener = await file.receive?.open(connection, source as never, context);
await listener?.run(async ({ message }) => {
  // The parent has to know before the file is gone for good.
  await new Promise((resolve) => process.send?.(message.properties['file-name'], resolve));
  if (mode === 'give-one-up') {
    stop.abort();
    process.disconnect();
  }
  if (mode !== 'accept' && mode !== 'accept-one') return Promise.withResolvers<never>().promise;
  if (mode === 'accept-one') stop.abort();
  return { outcome: 'accepted' };
}, stop.signal);
process.disconnect();
