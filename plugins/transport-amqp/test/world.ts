import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Outside, OutsideMessage, TransportHarness } from '@waybill/testing';
import { Artemis } from '../../../test/vehicles/artemis.ts';
import { Cable } from './cable.ts';
import { OutsideProgram } from './outside.ts';

export interface World extends Outside {
  readonly broker: Artemis;
  readonly outside: OutsideProgram;
  readonly cable: Cable;
  readonly replyTo: string;
}

/** One broker for a test file, started by the first question. */
export class Shared {
  #broker: Promise<Artemis> | undefined;

  get broker(): Promise<Artemis> {
    this.#broker ??= Artemis.start({
      // Of several listeners one receives: what the order of several processes needs.
      'exclusive.#': { 'default-exclusive-queue': true },
      // Nothing comes into being here by being named.
      'closed.#': { 'auto-create-queues': false, 'auto-create-addresses': false },
      'full.#': { 'max-size-bytes': 40_000, 'address-full-policy': 'FAIL' },
      'blocked.#': { 'max-size-bytes': 40_000, 'address-full-policy': 'BLOCK' },
    });
    return this.#broker;
  }

  async end(): Promise<void> {
    await (await this.#broker)?.end();
  }
}

let worlds = 0;

export async function prepareWorld(shared: Shared, profile: string): Promise<World> {
  const broker = await shared.broker;
  const outside = await OutsideProgram.connect(broker.port);
  const cable = await Cable.to(broker.port);
  const name = `${process.pid}.${++worlds}`;
  const [inbound, outbound, replyTo] = [`exclusive.${name}.in`, `out.${name}`, `closed.${name}.replies`];
  const queue = { name: replyTo, address: replyTo, 'routing-type': 'ANYCAST', durable: true, 'auto-create-address': true };
  await outside.manage('createQueue', JSON.stringify(queue));
  return {
    broker,
    outside,
    cable,
    connection: { broker: profile, hosts: [`127.0.0.1:${cable.port}`], auth: 'anonymous', connectTimeout: '5s' },
    inbound: { queue: inbound, limit: '2MB' },
    outbound: { queue: outbound },
    replyTo,
    put: async (message) => {
      await outside.put(inbound, message);
      return undefined;
    },
    taken: () => outside.browse(outbound),
    replies: () => outside.browse(replyTo),
    answer: async (reply) => outside.answer(outbound, reply),
    close: async () => {
      await outside.end();
      await cable.end();
    },
  };
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const silent = createServer(() => undefined).unref();

/** A port where connections are taken, and nothing is ever said. */
async function silentPort(): Promise<number> {
  if (!silent.listening) await once(silent.listen(0, '127.0.0.1'), 'listening');
  const address = silent.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const big: OutsideMessage = { body: new Uint8Array(2 * 1024 ** 2 + 1) };

/** What holds for every kind of broker. */
export const common = {
  card: new URL('../waybill.plugin.json', import.meta.url),
  carries: ['id', 'type', 'contentType', 'correlationId', 'replyTo', 'properties', 'createdAt', 'priority', 'expiresAt', 'persistent'],
  lateReplies: true,
  putOversized: ({ outside, inbound }) => outside.put(String(inbound?.['queue']), big),
  breakConnection: async ({ cable }) => cable.cut(),
  failSettlements: async ({ cable }) => cable.cut(),
  silence: async ({ cable }) => cable.mute(),
  speak: async ({ cable }) => cable.unmute(),
  loseAnswer: async ({ cable }) => cable.loseAnswer(),
  // With its address, which does not come into being again by being named.
  refuseReplies: async ({ outside, replyTo }) => void (await outside.manage('destroyQueue', replyTo, true, true)),
  unreachable: async ({ connection, outbound = {} }) => ({
    connection: { ...connection, hosts: [`127.0.0.1:${await closedPort()}`] },
    outbound,
  }),
  hanging: async ({ connection }) => ({ ...connection, hosts: [`127.0.0.1:${await silentPort()}`] }),
} satisfies Partial<TransportHarness<World>>;
