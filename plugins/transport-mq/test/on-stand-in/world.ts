import type { Deliver } from '@waybill/contract';
import { eventually, settled, silentLog } from '@waybill/testing';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { MqConnection } from '../../src/connection.ts';
import { openHostHandle } from '../../src/handle/host-handle.ts';
import type { MqListener } from '../../src/receiving/mq-listener.ts';
import type { MqSettings, Source } from '../../src/settings.ts';
import { hasStandIn } from '../stand-in/library.ts';
import { type QueueManager, startQueueManager } from '../stand-in/queue-manager.ts';

export const isHere = hasStandIn('the processes that hold connections to IBM MQ were not tried');
export const forever = new AbortController().signal;
export const client = { hosts: ['elsewhere(1414)', 'localhost(1414)'], channel: 'WAYBILL.SVRCONN' };

/** For listeners and senders. */
export const context = {
  name: 'test',
  log: silentLog,
  signal: forever,
  folder: '/',
  concurrency: 1,
  order: 'parallel' as const,
  stateOf: async () => undefined,
  tell: () => undefined,
  report: async () => undefined,
  undeliverable: async () => undefined,
  late: () => undefined,
};

export const source = (name: string, more: Partial<Source> = {}): Source => ({
  queue: name,
  limit: 1_000_000,
  identity: 'message-id',
  trustCcsid: true,
  rejected: 'backout-queue',
  ...more,
});

/** A queue manager for the tests of one file, and connections to it by real processes. */
export class World {
  #qm: QueueManager | undefined;
  #number = 0;

  /** Starts it before the tests of the file, and ends it after them. */
  static forThisFile(): World {
    const world = new World();
    beforeAll(async () => {
      if (isHere) await world.#start();
    });
    afterAll(() => world.#qm?.close());
    return world;
  }

  get qm(): QueueManager {
    if (!this.#qm) throw new Error('there is no queue manager yet');
    return this.#qm;
  }

  async #start(): Promise<void> {
    this.#qm = await startQueueManager({
      sync: false,
      users: { anna: 'secret', bert: 'other' },
      tokens: ['a.token'],
      channels: ['WAYBILL.SVRCONN'],
      deadLetterQueue: 'DEAD',
      queues: { DEAD: { type: 'local' } },
    });
    Object.assign(process.env, this.#qm.env);
  }

  /** A queue of its own for each test. */
  async queue(attributes = {}): Promise<string> {
    const name = `HOST.${++this.#number}`;
    await this.qm.define(name, { type: 'local', ...attributes });
    return name;
  }

  connect(more: Partial<MqSettings> = {}): MqConnection {
    const credentials = { user: 'anna', password: 'secret' };
    const application = `test-${++this.#number}`;
    const defaults = { queueManager: 'QM1', server: client, credentials, application, heartbeat: 30_000, patience: 60_000 };
    const connection = new MqConnection({ ...defaults, ...more }, openHostHandle);
    onTestFinished(() => connection.close());
    return connection;
  }

  async receive(listener: MqListener, deliver: Deliver): Promise<{ readonly over: Promise<void>; readonly stop: () => void }> {
    const stop = new AbortController();
    const over = listener.run(deliver, stop.signal);
    over.catch(() => undefined);
    onTestFinished(async () => {
      stop.abort();
      await settled(over, { what: 'the end' }).catch(() => undefined);
    });
    return { over, stop: () => stop.abort() };
  }

  /** Waits until nothing is on a queue. A message in an open unit is not on its queue any more either. */
  empty(name: string): Promise<true> {
    const isEmpty = async () => (await this.qm.depth(name)) === 0 && (await this.qm.connections()).every(({ unit }) => unit.got === 0);
    return eventually(isEmpty, { what: `nothing on ${name}` });
  }
}
