import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type AnyTransport, type Message, type SendContext, type Sender, TransportError } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import type { Manifest } from '@waybill/kernel';
import { silentLog } from '@waybill/testing';
import queuePlugin from '@waybill/transport-queue';
import { idOf, type Mark } from './mark.ts';
import type { Source } from './rig.ts';

/** Of the rig, in its folder. */
export const journalFile = 'journal/journal.db';
export const queueFile = 'queues.db';

export type Order = 'serial' | 'parallel' | { readonly by: 'key' };

/** A process that is ended many times while it has the same message in hand does not spend the attempts of it. */
const retry = { attempts: 25, first: '5ms', most: '20ms' } as const;

export function manifestWith(connection: { readonly transport: string; readonly [setting: string]: unknown }, entry: object): Manifest {
  const plugins = ['@waybill/journal-sqlite', `@waybill/transport-${connection.transport}`];
  const inbound = { marks: { connection: 'source', retry, credentials: 'ignore' as const, ...entry } };
  return {
    name: 'rig',
    plugins,
    journal: { use: 'sqlite', path: journalFile, busyTimeout: '20s' },
    connections: { source: connection },
    inbound,
  };
}

const bodyOf = (mark: Mark): Uint8Array => new TextEncoder().encode(JSON.stringify(mark));

/** Messages on a local queue, put there by the transport's own sender, `pace` milliseconds apart. */
export function queueSource(folder: string, order: Order, accept: 'processed' | 'stored', pace = 0): Source {
  const settings = { path: `./${queueFile}` };
  return {
    manifest: manifestWith({ transport: 'queue' as const, ...settings }, { queue: 'MARKS', order, accept }),
    feed: feedBy(queuePlugin, { settings, endpoint: { queue: 'MARKS' }, folder, pace }),
  };
}

interface Feeding {
  /** Of the connection. */
  readonly settings: object;
  readonly endpoint: object;
  readonly folder: string;
  /** Milliseconds between two messages. */
  readonly pace: number;
}

/** Sends each message by a sender of the transport, once the one before is there. */
export function feedBy(transport: AnyTransport, { settings, endpoint, folder, pace }: Feeding): Source['feed'] {
  const context: SendContext = {
    name: 'rig',
    log: silentLog,
    folder,
    signal: new AbortController().signal,
    concurrency: 1,
    late: () => undefined,
  };
  const { send } = transport;
  if (!send) throw new Error(`the transport ${transport.name} does not send`);
  let open: { readonly connection: unknown; readonly sender: Sender } | undefined;
  const opened = async () => {
    const connection: unknown = await transport.connect(resolveSettings(transport.connection, settings, { folder }), context);
    return { connection, sender: await send.open(connection, resolveSettings(send.endpoint, endpoint, { folder }), context) };
  };
  const close = async (): Promise<void> => {
    const { connection, sender } = open ?? {};
    open = undefined;
    await sender?.close().catch(() => undefined);
    if (connection !== undefined) await transport.disconnect?.(connection);
  };
  const put = async (message: Message): Promise<void> => {
    open ??= await opened();
    await open.sender.send(message, { signal: AbortSignal.timeout(10_000) });
  };
  return async (all) => {
    for (const mark of all) {
      const message = { id: idOf(mark), body: bodyOf(mark), createdAt: Date.now(), properties: {} };
      await untilTaken(() => put(message), close);
      if (pace > 0) await pause(pace);
    }
    await close();
  };
}

/** What was perhaps not sent is sent again, as a kernel does it: it has the same id. A process that is suspended in a step keeps a file locked, too. */
async function untilTaken(send: () => Promise<void>, close: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof TransportError) || !(error.retryable || error.outcome === 'unknown')) throw error;
      await close();
      await pause(50);
    }
  }
}

/** Messages in files, each moved into the folder whole, one after the other. */
export function fileSource(folder: string, order: Order, pace = 0): Source {
  return {
    manifest: manifestWith({ transport: 'file', path: './inbox' }, { pattern: '*.json', every: '20ms', settle: '0ms', order }),
    async feed(all) {
      await mkdir(join(folder, 'inbox'), { recursive: true });
      await mkdir(join(folder, 'outside'), { recursive: true });
      for (const [place, mark] of all.entries()) {
        const name = `${String(place).padStart(7, '0')}.json`;
        await writeFile(join(folder, 'outside', name), bodyOf(mark));
        await rename(join(folder, 'outside', name), join(folder, 'inbox', name));
        if (pace > 0) await pause(pace);
      }
    },
  };
}

/** Messages over HTTP to all processes in turn: each is sent when the one before it was stored, and again until it is. */
export function httpSource(_folder: string, order: Order): Source {
  return {
    manifest: manifestWith(
      { transport: 'http', listen: { port: 0, host: '127.0.0.1' } },
      { path: '/marks', auth: 'none', order, accept: 'stored' },
    ),
    async feed(all, portOf) {
      for (const [place, mark] of all.entries()) {
        for (let turn = place; !(await post(portOf(turn % 2), mark)); turn++) await pause(20);
      }
    },
  };
}

async function post(port: number, mark: Mark): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json', 'idempotency-key': idOf(mark) };
    const body = Buffer.from(bodyOf(mark));
    const answer = await fetch(`http://127.0.0.1:${port}/marks`, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
