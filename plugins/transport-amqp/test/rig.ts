import { setTimeout as pause } from 'node:timers/promises';
import { type SendContext, TransportError } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import type { Manifest } from '@waybill/kernel';
import { silentLog } from '@waybill/testing';
import type { Artemis } from '../../../test/vehicles/artemis.ts';
import transport from '../src/index.ts';
import type { Cable } from './cable.ts';

/** A message that is fed: its id, and its body as JSON. */
export interface Fed {
  readonly id: string;
  readonly body: object;
}

/** A process that is ended many times while it has the same message in hand does not spend the attempts of it. */
const patientRetry = { attempts: 50, first: '5ms', most: '20ms' };

export function connectionTo({ port }: Cable): object {
  return { transport: 'amqp', broker: 'artemis', hosts: [`127.0.0.1:${port}`], auth: 'anonymous' };
}

/** One inbound entry over the cable, and a journal in the folder. */
export function manifestFor(cable: Cable, journal: string, entry: object): Manifest {
  return {
    name: 'rig',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-amqp'],
    journal: { use: 'sqlite', path: journal, busyTimeout: '20s' },
    connections: { source: connectionTo(cable) },
    inbound: { marks: { connection: 'source', retry: patientRetry, credentials: 'ignore', ...entry } },
  } as unknown as Manifest;
}

/** What happens to the broker and on the way to it. */
export interface Breaks {
  readonly cuts: number;
  readonly brokerKills: number;
  /** In milliseconds, before each. */
  readonly pause: number;
}

/** Cuts and kills in turn. A broker that was killed is started again. */
export async function breakThings({ cuts, brokerKills, pause: between }: Breaks, broker: Artemis, cable: Cable): Promise<void> {
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

/** Puts messages by the transport's own sender. What is in doubt is sent again under its id, as a kernel does it where the entry allows that. */
export async function feed(all: readonly Fed[], cable: Cable, address: string, atOnce: number): Promise<void> {
  const settings = resolveSettings(transport.connection, connectionTo(cable), { folder: '/' });
  const target = resolveSettings(transport.send?.endpoint as never, { queue: address }, { folder: '/' });
  const open = async () => {
    const connection = await transport.connect(settings as never, context);
    return { connection, sender: await transport.send?.open(connection, target as never, context) };
  };
  let current: ReturnType<typeof open> | undefined;
  const send = async ({ id, body }: Fed): Promise<void> => {
    for (;;) {
      current ??= open();
      const mine = current;
      try {
        const bytes = new TextEncoder().encode(JSON.stringify(body));
        return void (await (await mine).sender?.send({ id, body: bytes, createdAt: Date.now(), properties: {} }, context));
      } catch (error) {
        if (!(error instanceof TransportError) || !error.retryable) throw error;
        if (current === mine) current = undefined;
        await pause(50);
      }
    }
  };
  const left = [...all].toReversed();
  const feeding = Array.from({ length: atOnce }, async () => {
    for (let one = left.pop(); one; one = left.pop()) await send(one);
  });
  await Promise.all(feeding);
  const last = await current;
  await last?.sender?.close();
  if (last) await transport.disconnect?.(last.connection);
}
