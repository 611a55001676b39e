import { setTimeout as pause } from 'node:timers/promises';
import { type SendContext, TransportError } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { silentLog } from '@waybill/testing';
import { idOf, type Mark } from '../../../test/order-rig/mark.ts';
import type { Source } from '../../../test/order-rig/rig.ts';
import { journalFile } from '../../../test/order-rig/sources.ts';
import type { Artemis } from '../../../test/vehicles/artemis.ts';
import transport from '../src/index.ts';
import type { Cable } from './cable.ts';

/** What happens to the broker and on the way to it while the rig kills processes. */
export interface Breaks {
  readonly cuts: number;
  readonly brokerKills: number;
  /** In milliseconds, between two of them. */
  readonly pause: number;
}

interface AmqpSourceOptions {
  readonly broker: Artemis;
  readonly cable: Cable;
  readonly address: string;
  readonly order: 'serial' | 'parallel';
  readonly concurrency: number;
  readonly breaks: Breaks;
}

/** A process that is ended many times while it has the same message in hand does not spend the attempts of it. */
const retry = { attempts: 50, first: '5ms', most: '20ms' } as const;

/** Messages at a broker, put there by the transport's own sender, and read over a way that breaks. */
export function amqpSource({ broker, cable, address, order, concurrency, breaks }: AmqpSourceOptions): Source {
  const connection = { transport: 'amqp', broker: 'artemis', hosts: [`127.0.0.1:${cable.port}`], auth: 'anonymous' } as const;
  return {
    manifest: {
      name: 'rig',
      plugins: ['@waybill/journal-sqlite', '@waybill/transport-amqp'],
      journal: { use: 'sqlite', path: journalFile, busyTimeout: '20s' },
      connections: { source: connection },
      inbound: {
        marks: { connection: 'source', address, order, retry, credentials: 'ignore' as const, ...(order === 'parallel' ? { concurrency } : {}) },
      },
    } as Source['manifest'],
    async feed(all) {
      await Promise.all([feed(all, { connection, address, atOnce: order === 'serial' ? 1 : 20 }), happen(breaks, broker, cable)]);
    },
  };
}

/** Cuts and kills in turn. Who is killed is started again. */
async function happen({ cuts, brokerKills, pause: between }: Breaks, broker: Artemis, cable: Cable): Promise<void> {
  const all = [...Array.from({ length: cuts }, () => 'cut'), ...Array.from({ length: brokerKills }, () => 'kill')];
  // Mixed, and the same each time.
  const mixed = all.map((what, place) => ({ what, place: (place * 7) % all.length })).toSorted((one, other) => one.place - other.place);
  for (const { what } of mixed) {
    await pause(between);
    if (what === 'cut') cable.cut();
    else await broker.kill().then(() => broker.restart());
  }
}

const context: SendContext = {
  name: 'rig',
  log: silentLog,
  folder: '/',
  signal: new AbortController().signal,
  concurrency: 20,
  late: () => undefined,
};

interface Feeding {
  readonly connection: object;
  readonly address: string;
  readonly atOnce: number;
}

/** What is in doubt is sent again under its id, as a kernel does it where the entry allows that. */
async function feed(all: readonly Mark[], { connection, address, atOnce }: Feeding): Promise<void> {
  const settings = resolveSettings(transport.connection, connection, { folder: '/' });
  const target = resolveSettings(transport.send?.endpoint as never, { address }, { folder: '/' });
  const open = async () => {
    const opened = await transport.connect(settings as never, context);
    const sender = await transport.send?.open(opened, target as never, context);
    return { opened, sender };
  };
  let current: ReturnType<typeof open> | undefined;
  const send = async (mark: Mark): Promise<void> => {
    for (;;) {
      current ??= open();
      const mine = current;
      try {
        const body = new TextEncoder().encode(JSON.stringify(mark));
        await (await mine).sender?.send({ id: idOf(mark), body, createdAt: Date.now(), properties: {} }, context);
        return;
      } catch (error) {
        if (!(error instanceof TransportError) || !error.retryable) throw error;
        if (current === mine) current = undefined;
        await pause(50);
      }
    }
  };
  const left = [...all].toReversed();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let mark = left.pop(); mark; mark = left.pop()) await send(mark);
    }),
  );
  const last = await current;
  await last?.sender?.close();
  if (last) await transport.disconnect?.(last.opened);
}
