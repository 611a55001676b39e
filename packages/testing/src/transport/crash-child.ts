import { type AnyTransport, type ReceiveContext } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { silentLog } from '../tools/log.ts';
import type { RawSettings } from './harness.ts';

/** What the child process is told: where to listen. */
export interface CrashOrder {
  readonly module: string;
  readonly connection: RawSettings;
  readonly inbound: RawSettings;
  readonly folder: string;
}

export type CrashReport = { readonly id: string | undefined; readonly attempt: number | undefined } | { readonly failed: string };

/** Takes messages and never settles them, until it is killed. */
async function listen(order: CrashOrder): Promise<void> {
  const { default: transport } = (await import(order.module)) as { default: AnyTransport };
  const { receive } = transport;
  if (!receive) throw new Error('the transport does not receive');
  const { folder } = order;
  const context: ReceiveContext = {
    name: 'suite',
    log: silentLog,
    signal: new AbortController().signal,
    folder,
    concurrency: 1,
    order: 'serial',
    stateOf: async () => undefined,
    tell: () => undefined,
    report: async () => undefined,
    undeliverable: async () => undefined,
  };
  const connection: unknown = await transport.connect(resolveSettings(transport.connection, order.connection, { folder }), context);
  const listener = await receive.open(connection, resolveSettings(receive.endpoint, order.inbound, { folder }), context);
  await listener.run(({ message, attempt }) => {
    report({ id: message.id, attempt });
    return Promise.withResolvers<never>().promise;
  }, context.signal);
}

function report(news: CrashReport): void {
  process.send?.(news);
}

process.once('message', (order: CrashOrder) => {
  listen(order).catch((error: unknown) => report({ failed: String(error) }));
});
