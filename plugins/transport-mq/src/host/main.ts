import { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { NextGet } from '../handle/handle.ts';
import { MqFailure } from '../handle/mq-failure.ts';
import { factsOf } from './descriptors.ts';
import { type Frame, FrameReader, sendFrame } from './frames.ts';
import { type Library, loadLibrary } from './library.ts';
import type { Got } from './mqi.ts';
import { type Answer, type Order, pipe } from './protocol.ts';
import { Work } from './work.ts';

/** What goes to the parent, with the body of the message that it tells of. */
interface Answered {
  readonly answer: Answer;
  readonly bytes?: Buffer | undefined;
}

/**
 * A process that owns one connection to a queue manager. It does what its parent asks, one thing after the other, by calls that block: a
 * network that is silent stops nobody else, and a crash of IBM's library costs this connection only.
 */
class Host {
  readonly #parent = new Socket({ fd: pipe, readable: true, writable: true });
  readonly #waiting: Frame<Order>[] = [];
  #library: Library | undefined;
  #work: Work | undefined;
  #isBusy = false;
  #isCancelled = false;

  start(): void {
    const reader = new FrameReader<Order>();
    this.#parent.on('data', (chunk: Buffer) => {
      for (const frame of reader.read(chunk)) this.#take(frame);
    });
    // Without a parent nobody wants what this process has in hand. Only the end of the process is no orderly disconnect, which would commit.
    this.#parent.on('close', () => process.kill(process.pid, 'SIGKILL'));
    this.#parent.on('error', () => undefined);
  }

  #take(frame: Frame<Order>): void {
    // The parent asks for one thing at a time, so that this is about the get that came last.
    this.#isCancelled = frame.facts.do === 'cancel';
    if (!this.#isCancelled) this.#waiting.push(frame);
    if (!this.#isBusy) void this.#workOff();
  }

  /** The package gives memory back when the event loop turns, which it does before each order: the parent waits for the answer to the one before. */
  async #workOff(): Promise<void> {
    this.#isBusy = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { answer, bytes } = await this.#answer(next);
      sendFrame(this.#parent, answer, bytes ? [bytes] : []);
    }
    this.#isBusy = false;
  }

  async #answer({ facts: order, parts }: Frame<Order>): Promise<Answered> {
    try {
      if (order.do === 'get') return await this.#get(order);
      if (order.do === 'commit') return this.#commit(order, parts);
      return { answer: this.#do(order) };
    } catch (error) {
      const { verb, reason, message, place } = error instanceof MqFailure ? error : new MqFailure('host', 0, String(error));
      return { answer: { failed: { verb, reason, detail: message, place } } };
    }
  }

  #do(order: Exclude<Order, { do: 'get' | 'commit' }>): Answer {
    switch (order.do) {
      case 'connect':
        this.#library = loadLibrary();
        this.#work = new Work(this.#library, order.options);
        return {};
      case 'open':
        return { name: this.#open.open(order.queue, order.how) };
      case 'backout':
        this.#open.backout();
        return {};
      case 'inquire':
        return { facts: this.#open.inquire(order.queue) };
      case 'check':
        this.#open.check(order.to);
        return {};
      case 'ping':
        this.#open.ping();
        return {};
      case 'close':
        this.#work?.close();
        return {};
      case 'cancel':
        return {};
    }
  }

  #commit({ puts, next }: Extract<Order, { do: 'commit' }>, parts: readonly Buffer[]): Answered {
    const ids = this.#open.commit(puts, parts, () => this.#begins(puts.length));
    const got = next && this.#gotBehind(next);
    if (!got) return { answer: { ids } };
    const { answer, bytes } = this.#handOver(got, next.maxBytes);
    return { answer: { ...answer, ids }, bytes };
  }

  /** What is wrong with getting is met again by the next get. */
  #gotBehind({ maxBytes }: NextGet): Got | undefined {
    try {
      return this.#open.get({ maxBytes, waitMs: 0 });
    } catch {
      return undefined;
    }
  }

  /** Where nothing was put there is nothing in doubt: the message comes again, and its end is recorded elsewhere. */
  #begins(puts: number): void {
    if (puts > 0) sendFrame(this.#parent, { begins: 'commit' } satisfies Answer);
  }

  async #get({ maxBytes, waitMs, correlId }: Extract<Order, { do: 'get' }>): Promise<Answered> {
    const end = performance.now() + waitMs;
    const wanted = correlId === undefined ? undefined : Buffer.from(correlId, 'hex');
    for (let slice = firstSlice; ; slice = Math.min(2 * slice, longestSlice)) {
      const left = Math.max(0, end - performance.now());
      const got = this.#open.get({ maxBytes, correlId: wanted, waitMs: Math.ceil(Math.min(slice, left)) });
      if (got) return this.#handOver(got, maxBytes);
      // What the parent has written meanwhile is read before the next message is taken.
      await turn();
      await turn();
      if (this.#isCancelled || performance.now() >= end) return { answer: {} };
    }
  }

  #handOver({ md, bytes, length }: Got, maxBytes: number): Answered {
    const message = factsOf(this.#library as Library, md, length);
    return length > maxBytes ? { answer: { message } } : { answer: { message }, bytes };
  }

  get #open(): Work {
    if (!this.#work) throw new MqFailure('connect', 0, 'there is no connection');
    return this.#work;
  }
}

/** How long a call waits for a message before the parent is heard again, in milliseconds: longer, the longer nothing has come. */
const firstSlice = 50;
const longestSlice = 250;

new Host().start();
