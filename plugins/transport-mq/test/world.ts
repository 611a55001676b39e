import type { Deliver, Delivery, Message, Receipt, ReceiveContext, Sender, Settlement } from '@waybill/contract';
import { recordingLog, settled } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import { MqConnection } from '../src/connection.ts';
import type { MqPut } from '../src/handle/handle.ts';
import { idOfText } from '../src/headers/ids.ts';
import { MqListener } from '../src/receiving/mq-listener.ts';
import { MqSender } from '../src/sending/mq-sender.ts';
import type { Source, Target } from '../src/settings.ts';
import { type FakeHandle, fakeHandles } from './fake/handle.ts';
import { FakeQueueManager } from './fake/queue-manager.ts';

export const fault = { kind: 'invalid', code: 'WB_TEST', reason: 'It is wrong.' } as const;
export const rejected: Settlement = { outcome: 'rejected', fault };
export const accepted: Settlement = { outcome: 'accepted' };
export const retry = (after: number): Settlement => ({ outcome: 'retry', after, fault });

let made = 0;

export function newMessage(text = '<Order/>', more: Partial<Message> = {}): Message {
  return { id: `message-${++made}`, body: Buffer.from(text), createdAt: 1_000, contentType: 'text/xml', properties: {}, ...more };
}

/** A message of a program that knows no headers. */
export function plain(queue: string, text: string, more: Partial<MqPut> = {}): MqPut {
  return {
    to: { queue, manager: '' },
    kind: 'datagram',
    msgId: idOfText(`plain-${++made}`),
    correlId: undefined,
    format: 'MQSTR',
    ccsid: 1208,
    expiry: undefined,
    priority: 4,
    persistent: true,
    replyTo: undefined,
    reports: [],
    bytes: Buffer.from(text),
    ...more,
  };
}

/** A queue manager with the queues IN, OUT, OUT.REPLY, ANSWERS and IN.BACKOUT, and what a listener and a sender have told. */
export class TestWorld {
  readonly manager = new FakeQueueManager();
  readonly handles: readonly FakeHandle[];
  readonly connection: MqConnection;
  readonly told: string[] = [];
  readonly undelivered: string[] = [];
  readonly lines: readonly { readonly text: string }[];
  readonly #log: ReturnType<typeof recordingLog>;

  constructor() {
    for (const name of ['IN', 'OUT', 'OUT.REPLY', 'ANSWERS', 'IN.BACKOUT', 'DEAD']) this.manager.define(name);
    const { open, opened } = fakeHandles(this.manager);
    this.handles = opened;
    const settings = { queueManager: 'QM1', server: 'environment', application: 'test', heartbeat: 30_000, patience: 60_000 } as const;
    this.connection = new MqConnection(settings, open);
    this.#log = recordingLog();
    this.lines = this.#log.lines;
    onTestFinished(() => this.connection.close());
  }

  texts(queue: string): readonly string[] {
    return this.manager.queue(queue).messages.map(({ bytes }) => bytes.toString('latin1'));
  }

  /** A listener to IN. */
  listener(source: Partial<Source> = {}, more: Partial<ReceiveContext> = {}): Promise<MqListener> {
    const defaults = { queue: 'IN', limit: 1_000, identity: 'message-id', trustCcsid: true, rejected: 'backout-queue' } as const;
    return MqListener.open(this.connection, { ...defaults, ...source }, this.#context(more));
  }

  /** Lets a listener run until the test ends, or until it fails. */
  async receive(deliver: Deliver, source: Partial<Source> = {}, more: Partial<ReceiveContext> = {}): Promise<Running> {
    const listener = await this.listener(source, more);
    const stop = new AbortController();
    const over = listener.run(deliver, stop.signal);
    over.catch(() => undefined);
    const running = { listener, over, stop: () => stop.abort() };
    onTestFinished(async () => {
      stop.abort();
      await settled(over, { what: 'the listener to end' }).catch(() => undefined);
    });
    return running;
  }

  /** A sender to OUT. */
  async sender(target: Partial<Target> = {}, late: (reply: Message) => void = () => undefined, concurrency = 4): Promise<Sender> {
    const context = { ...this.#context({}), concurrency, late };
    const sender = await MqSender.open(this.connection, { queue: 'OUT', limit: 1_000, properties: false, ...target }, context);
    onTestFinished(() => sender.close());
    return sender;
  }

  #context(more: Partial<ReceiveContext>): ReceiveContext {
    return {
      name: 'test',
      log: this.#log.log,
      signal: new AbortController().signal,
      folder: '/',
      concurrency: 1,
      order: 'parallel',
      stateOf: async () => undefined,
      tell: (state) => void this.told.push(state),
      report: async () => undefined,
      undeliverable: async (_reply, to, error) => void this.undelivered.push(`${to} ${error.code}`),
      ...more,
    };
  }
}

export interface Running {
  readonly listener: MqListener;
  readonly over: Promise<void>;
  readonly stop: () => void;
}

export const textOf = ({ message }: Delivery): string => Buffer.from(message.body).toString();

export function send(sender: Sender, message: Message, signal = new AbortController().signal): Promise<Receipt> {
  return sender.send(message, { signal });
}
