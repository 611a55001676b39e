import type { MQObject } from 'ibmmq';
import type { ConnectOptions, MqAddress, MqCopy, QueueFacts } from '../handle/handle.ts';
import { MqFailure } from '../handle/mq-failure.ts';
import { copyOf } from './copy.ts';
import { mqmdFor, text } from './descriptors.ts';
import type { Library } from './library.ts';
import { type Got, Mqi } from './mqi.ts';
import type { PutFacts } from './protocol.ts';

/** One connection with its unit of work: what a host does for its parent. */
export class Work {
  readonly #mq: Library;
  readonly #mqi: Mqi;
  #input: MQObject | undefined;
  /** Whether the input queue may be looked at without taking from it. */
  #mayBrowse = false;
  /** What the unit has got: it is copied from here when it is rejected. */
  #held: Got | undefined;

  constructor(mq: Library, options: ConnectOptions) {
    this.#mq = mq;
    this.#mqi = new Mqi(mq, options);
  }

  open(queue: string, how: 'shared' | 'exclusive'): string {
    const { MQC } = this.#mq;
    const input = how === 'exclusive' ? MQC.MQOO_INPUT_EXCLUSIVE : MQC.MQOO_INPUT_SHARED;
    this.#mayBrowse = true;
    const { object, name } = this.#withRights(
      () => this.#mqi.open(here(queue), input | MQC.MQOO_BROWSE),
      () => {
        this.#mayBrowse = false;
        return this.#mqi.open(here(queue), input);
      },
    );
    this.#input = object;
    return name;
  }

  /** Does it in the first way, or in the second where this user may not. */
  #withRights<T>(first: () => T, second: () => T): T {
    try {
      return first();
    } catch (error) {
      if (!(error instanceof MqFailure) || error.reason !== this.#mq.MQC.MQRC_NOT_AUTHORIZED) throw error;
      return second();
    }
  }

  /** One look at the queue. `waitMs`: how long this call may wait when there is nothing. */
  get(options: { readonly maxBytes: number; readonly correlId?: Buffer | undefined; readonly waitMs: number }): Got | undefined {
    const { maxBytes, correlId, waitMs } = options;
    const from = this.#input;
    if (!from) throw new MqFailure('get', 0, 'no queue is open');
    this.#held = this.#mqi.get({ from, maxBytes, correlId });
    if (this.#held || waitMs === 0) return this.#held;
    // A message that is only looked at can be left where it is when the parent stops meanwhile: nobody counts it as backed out.
    if (this.#mayBrowse && !correlId) {
      this.#mqi.browse(from, waitMs);
      return undefined;
    }
    this.#held = this.#mqi.get({ from, maxBytes, correlId, waitMs });
    return this.#held;
  }

  /** Tells the message ids. After a put that fails, those before it are in the unit. `begins` is called in front of the commit. */
  commit(puts: readonly (PutFacts | MqCopy)[], bodies: readonly Buffer[], begins: () => void): readonly string[] {
    const ids: string[] = [];
    let body = 0;
    for (const [place, put] of puts.entries()) {
      try {
        ids.push('copyTo' in put ? this.#copy(put) : this.#put(put, bodies[body++] ?? Buffer.alloc(0)));
      } catch (error) {
        throw error instanceof MqFailure ? new MqFailure('put', error.reason, error.message, place) : error;
      }
    }
    begins();
    this.#mqi.commit();
    this.#held = undefined;
    return ids;
  }

  #put(put: PutFacts, bytes: Buffer): string {
    const md = mqmdFor(this.#mq, put);
    this.#mqi.put(this.#mqi.output(put.to), md, bytes, put.msgId === undefined ? this.#mq.MQC.MQPMO_NEW_MSG_ID : 0);
    return md.MsgId.toString('hex');
  }

  #copy({ copyTo, withHeader, from }: MqCopy): string {
    const { MQC } = this.#mq;
    const held = this.#held;
    if (!held) throw new MqFailure('put', 0, 'there is no message in hand');
    const { md, bytes } = copyOf(this.#mq, held, { withHeader, from });
    this.#withRights(
      () => this.#mqi.put(this.#mqi.output(here(copyTo), MQC.MQOO_OUTPUT | MQC.MQOO_SET_ALL_CONTEXT), md, bytes, MQC.MQPMO_SET_ALL_CONTEXT),
      () => this.#mqi.put(this.#mqi.output(here(copyTo)), md, bytes),
    );
    return md.MsgId.toString('hex');
  }

  backout(): void {
    this.#held = undefined;
    this.#mqi.backout();
  }

  inquire(queue: string): QueueFacts | undefined {
    return this.#withRights(
      () => this.#facts(queue),
      () => undefined,
    );
  }

  #facts(queue: string): QueueFacts {
    const { MQC } = this.#mq;
    const { object } = this.#mqi.open(here(queue), MQC.MQOO_INQUIRE);
    const [base, threshold, backoutQueue] = this.#mqi.attributes(object, [
      MQC.MQCA_BASE_Q_NAME,
      MQC.MQIA_BACKOUT_THRESHOLD,
      MQC.MQCA_BACKOUT_REQ_Q_NAME,
    ]);
    this.#mqi.close(object);
    const target = text(String(base ?? ''));
    if (target !== '' && target !== queue) return this.#facts(target);
    return {
      backoutThreshold: Number(threshold ?? 0),
      backoutQueue: text(String(backoutQueue ?? '')),
      deadLetterQueue: this.#undelivered(),
    };
  }

  /** The queue of the queue manager for undelivered messages; empty where there is none, or where this user may not ask. */
  #undelivered(): string {
    const ask = (): string => {
      const object = this.#mqi.openQueueManager();
      const [name] = this.#mqi.attributes(object, [this.#mq.MQC.MQCA_DEAD_LETTER_Q_NAME]);
      this.#mqi.close(object);
      return text(String(name ?? ''));
    };
    return this.#withRights(ask, () => '');
  }

  check(to: MqAddress): void {
    this.#mqi.output(to);
  }

  ping(): void {
    if (this.#input && this.#mayBrowse) this.#mqi.browse(this.#input, 0);
  }

  /** The end of a connection that is in order would commit what is open. */
  close(): void {
    this.#mqi.backout();
    this.#mqi.disconnect();
  }
}

function here(queue: string): MqAddress {
  return { queue, manager: '' };
}
