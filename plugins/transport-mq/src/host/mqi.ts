import type { MQMD, MQObject, MQOD, MQQueueManager } from 'ibmmq';
import type { ConnectOptions, MqAddress } from '../handle/handle.ts';
import { MqFailure, type MqVerb } from '../handle/mq-failure.ts';
import { connectTo } from './connecting.ts';
import { text } from './descriptors.ts';
import type { Library } from './library.ts';

/** What `get` brings: the descriptor, and the bytes as far as there is room for them. */
export interface Got {
  readonly md: MQMD;
  readonly bytes: Buffer;
  readonly length: number;
}

export interface GetFrom {
  readonly from: MQObject;
  readonly maxBytes: number;
  readonly correlId?: Buffer | undefined;
  /** Waits here, inside the call; without it the call comes back at once. */
  readonly waitMs?: number | undefined;
}

/** With how many bytes of room a message is asked for first. */
const usualRoom = 64 * 1024;

/** What stands in place of an attribute that an object does not have. */
const notApplicable = /^(?:\*+|-1)$/;

/** The synchronous calls of the package, one after the other, with failures of our own. */
export class Mqi {
  readonly #mq: Library;
  readonly #queueManager: MQQueueManager;
  readonly #outputs = new Map<string, MQObject>();
  #room = Buffer.allocUnsafe(usualRoom);

  constructor(mq: Library, options: ConnectOptions) {
    this.#mq = mq;
    this.#queueManager = told('connect', () => connectTo(mq, options));
  }

  /** Opens a queue; tells its name, which is made by this where it is a model. */
  open({ queue, manager }: MqAddress, options: number): { readonly object: MQObject; readonly name: string } {
    const od = new this.#mq.MQOD();
    od.ObjectName = queue;
    if (manager !== '') od.ObjectQMgrName = manager;
    return { object: this.#open(od, options | this.#mq.MQC.MQOO_FAIL_IF_QUIESCING), name: text(od.ObjectName) };
  }

  /** Opens what has the attributes of the queue manager. */
  openQueueManager(): MQObject {
    const od = new this.#mq.MQOD();
    od.ObjectType = this.#mq.MQC.MQOT_Q_MGR;
    return this.#open(od, this.#mq.MQC.MQOO_INQUIRE);
  }

  #open(od: MQOD, options: number): MQObject {
    return told('open', () => {
      let opened: MQObject | undefined;
      this.#mq.OpenSync(this.#queueManager, od, options, (error, object) => {
        if (error) throw error;
        opened = object;
      });
      if (!opened) throw new Error('there was no answer to the attempt to open a queue');
      return opened;
    });
  }

  close(object: MQObject): void {
    this.#mq.CloseSync(object, 0);
  }

  /** A handle for output is kept: opening costs as much as putting. */
  output(to: MqAddress, options: number = this.#mq.MQC.MQOO_OUTPUT): MQObject {
    const key = `${to.queue}\n${to.manager}\n${options}`;
    const known = this.#outputs.get(key);
    if (known) return known;
    // Replies go to any number of queues that come and go.
    for (const [other, object] of this.#outputs) {
      if (this.#outputs.size < 16) break;
      this.#outputs.delete(other);
      this.close(object);
    }
    const { object } = this.open(to, options);
    this.#outputs.set(key, object);
    return object;
  }

  put(to: MQObject, md: MQMD, bytes: Buffer, options = 0): void {
    const pmo = new this.#mq.MQPMO();
    pmo.Options = this.#mq.MQC.MQPMO_SYNCPOINT | options;
    told('put', () => this.#mq.PutSync(to, md, pmo, bytes));
  }

  /** Gets the next message under the unit; of one that is larger than `maxBytes`, the bytes stay in `held` only. */
  get({ from, maxBytes, correlId, waitMs }: GetFrom): Got | undefined {
    const { MQC } = this.#mq;
    const wait = waitMs === undefined ? MQC.MQGMO_NO_WAIT : MQC.MQGMO_WAIT;
    for (let room = this.#room; ; ) {
      const md = new this.#mq.MQMD();
      const gmo = new this.#mq.MQGMO();
      gmo.Options = MQC.MQGMO_SYNCPOINT | wait | MQC.MQGMO_PROPERTIES_FORCE_MQRFH2;
      gmo.WaitInterval = waitMs ?? 0;
      gmo.MatchOptions = correlId ? MQC.MQMO_MATCH_CORREL_ID : MQC.MQMO_NONE;
      if (correlId) md.CorrelId = Buffer.from(correlId);
      const { reason, length } = this.#getInto(from, md, gmo, room);
      if (reason === MQC.MQRC_NO_MSG_AVAILABLE) return undefined;
      if (reason === MQC.MQRC_NONE) return { md, bytes: this.#taken(room, length), length };
      if (reason !== MQC.MQRC_TRUNCATED_MSG_FAILED || length <= room.length)
        throw new MqFailure('get', reason, `a get ended with ${reason}`);
      room = Buffer.allocUnsafe(length);
      if (length <= maxBytes && length <= 16 * usualRoom) this.#room = room;
    }
  }

  /** Waits until there is a message, and takes nothing. */
  browse(from: MQObject, waitMs: number): boolean {
    const { MQC } = this.#mq;
    const gmo = new this.#mq.MQGMO();
    gmo.Options = MQC.MQGMO_BROWSE_FIRST | MQC.MQGMO_WAIT | MQC.MQGMO_ACCEPT_TRUNCATED_MSG | MQC.MQGMO_PROPERTIES_FORCE_MQRFH2;
    gmo.WaitInterval = waitMs;
    gmo.MatchOptions = MQC.MQMO_NONE;
    const { reason } = this.#getInto(from, new this.#mq.MQMD(), gmo, Buffer.alloc(0));
    if (reason === MQC.MQRC_NO_MSG_AVAILABLE) return false;
    if (reason === MQC.MQRC_NONE || reason === MQC.MQRC_TRUNCATED_MSG_ACCEPTED) return true;
    throw new MqFailure('get', reason, `looking for a message ended with ${reason}`);
  }

  #getInto(
    from: MQObject,
    md: MQMD,
    gmo: InstanceType<Library['MQGMO']>,
    room: Buffer,
  ): { readonly reason: number; readonly length: number } {
    let answer = { reason: this.#mq.MQC.MQRC_NONE as number, length: 0 };
    this.#mq.GetSync(from, md, gmo, room, (error, length) => {
      answer = { reason: error ? error.mqrc : this.#mq.MQC.MQRC_NONE, length: length ?? 0 };
    });
    return answer;
  }

  /** The next call writes into the same room; a large one is not used again and goes along as it is. */
  #taken(room: Buffer, length: number): Buffer {
    return room === this.#room ? Buffer.from(room.subarray(0, length)) : room.subarray(0, length);
  }

  commit(): void {
    told('commit', () => this.#mq.Cmit(this.#queueManager));
  }

  backout(): void {
    told('backout', () => this.#mq.Back(this.#queueManager));
  }

  /** The attributes of an open object, as far as they could be had. */
  attributes(of: MQObject, selectors: readonly number[]): readonly (string | number | undefined)[] {
    const asked = selectors.map((selector) => new this.#mq.MQAttr(selector as never));
    told('inquire', () =>
      this.#mq.Inq(of, asked, (error) => {
        // An alias has no attributes of a queue with messages; those that it has are there all the same.
        if (error && error.mqrc !== this.#mq.MQC.MQRC_SELECTOR_NOT_FOR_TYPE) throw error;
      }),
    );
    return asked.map(({ value }) => (notApplicable.test(String(value)) ? undefined : value));
  }

  disconnect(): void {
    this.#mq.DiscSync(this.#queueManager);
  }
}

/** Runs a call of the package, and tells of its failure in our way. */
function told<T>(verb: MqVerb, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof MqFailure) throw error;
    const { mqrc, message } = error as { mqrc?: number; message?: string };
    throw new MqFailure(verb, mqrc ?? 0, message ?? String(error));
  }
}
