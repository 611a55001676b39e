import { setTimeout as pause } from 'node:timers/promises';
import type { AnyTransport } from '@waybill/contract';
import amqpPlugin from '@waybill/transport-amqp';
import mqPlugin from '@waybill/transport-mq';
import { startQueueManager } from '../../plugins/transport-mq/test/stand-in/queue-manager.ts';
import { Artemis } from '../vehicles/artemis.ts';
import { Proxy } from './faults/proxy.ts';
import type { Source } from './rig.ts';
import { feedBy, manifestWith, type Order } from './sources.ts';

/** A source whose messages lie with a server of its own. */
export interface BrokerSource extends Source {
  readonly broker: NonNullable<Source['broker']>;
  /** Ends the server. */
  end(): Promise<void>;
}

export interface BrokerOptions {
  readonly order: Order;
  readonly accept?: 'processed' | 'stored';
  readonly concurrency?: number;
  /** Milliseconds between two messages. */
  readonly pace?: number;
}

function entryOf({ order, accept = 'processed', concurrency = 4 }: BrokerOptions): object {
  return { order, accept, ...(order === 'serial' ? {} : { concurrency }) };
}

/** Messages on a queue of a queue manager: a stand-in of ours, behind the real package for IBM MQ. */
export async function mqSource(folder: string, options: BrokerOptions): Promise<BrokerSource> {
  const manager = await startQueueManager({ queues: { MARKS: { type: 'local', maxDepth: 100_000 } } });
  // The loader looks there when a process is started, which the processes of the rig do for themselves.
  const before = { ...process.env };
  Object.assign(process.env, manager.env);
  const connection = {
    transport: 'mq' as const,
    queueManager: manager.name,
    server: { hosts: ['localhost(1414)'], channel: 'WAYBILL.SVRCONN' },
  };
  const { transport: _, ...settings } = connection;
  return {
    manifest: manifestWith(connection, { queue: 'MARKS', ...entryOf(options) }),
    feed: feedBy(mqPlugin as AnyTransport, { settings, endpoint: { queue: 'MARKS' }, folder, pace: options.pace ?? 0 }),
    broker: {
      cut: () => manager.cut(),
      async crash(ms) {
        await manager.kill();
        await pause(ms);
        await manager.restart();
      },
    },
    async end() {
      process.env = before;
      await manager.close();
    },
  };
}

/** Messages on a queue of ActiveMQ Artemis. */
export async function amqpSource(folder: string, options: BrokerOptions): Promise<BrokerSource> {
  // A message that is in hand while processes are ended over and over is not to be moved away.
  const artemis = await Artemis.start({ MARKS: { 'max-delivery-attempts': -1 } });
  const way = new Proxy(() => artemis.port);
  await way.start();
  const connection = { transport: 'amqp' as const, broker: 'artemis', hosts: [`127.0.0.1:${way.port}`], auth: 'anonymous' };
  const { transport: _, ...settings } = connection;
  const queue = { queue: 'MARKS' };
  return {
    manifest: manifestWith(connection, { ...queue, ...entryOf(options) }),
    feed: feedBy(amqpPlugin as AnyTransport, { settings, endpoint: queue, folder, pace: options.pace ?? 0 }),
    broker: {
      cut: async () => way.cut(),
      async crash(ms) {
        await artemis.kill();
        way.cut();
        await pause(ms);
        await artemis.restart();
      },
    },
    async end() {
      await way.stop();
      await artemis.end();
    },
  };
}
