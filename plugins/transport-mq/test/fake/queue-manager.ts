import type { MqAddress, MqMessage, MqPut } from '../../src/handle/handle.ts';
import { MqFailure } from '../../src/handle/mq-failure.ts';

/** Reasons of MQ that the fake gives. */
export const reason = {
  broken: 2009,
  backedOut: 2003,
  notThere: 2059,
  unknownQueue: 2085,
  inUse: 2042,
  full: 2053,
  getInhibited: 2016,
  tooLarge: 2030,
  notAuthorized: 2035,
  tooManyConnections: 2025,
} as const;

/** A message on a queue of the fake. */
export interface Stored extends MqMessage {
  readonly number: number;
  /** When it expires, in milliseconds since 1970. */
  readonly expiresAt: number | undefined;
  /** The handle that has it in its unit. */
  holder: object | undefined;
  backouts: number;
}

export interface FakeQueue {
  readonly name: string;
  messages: Stored[];
  backoutThreshold: number;
  backoutQueue: string;
  maxDepth: number;
  isGetInhibited: boolean;
  /** How many have it open to get from, and who has it alone. */
  readonly openBy: Set<object>;
  alone: object | undefined;
}

/** How a commit ends: in order, with a failure before or after it took effect, or never. */
export type CommitTrouble = 'none' | 'backed-out' | 'cut-before' | 'cut-after' | 'silent-before' | 'silent-after';

/** A queue manager in memory: what queues do, without a network. */
export class FakeQueueManager {
  readonly name = 'QM1';
  readonly queues = new Map<string, FakeQueue>();
  deadLetterQueue = '';
  isReachable = true;
  /** It has as many connections as it may have. */
  isFull = false;
  /** Nobody answers to an attempt to connect. */
  isHanging = false;
  mayInquire = true;
  commitTrouble: CommitTrouble = 'none';
  /** What is put by handles is refused for this reason. */
  refusesPuts: number | undefined;
  #number = 0;
  readonly #waiting = new Set<() => void>();

  define(name: string, attributes: Partial<FakeQueue> = {}): FakeQueue {
    const queue: FakeQueue = {
      name,
      messages: [],
      backoutThreshold: 0,
      backoutQueue: '',
      maxDepth: 100_000,
      isGetInhibited: false,
      openBy: new Set(),
      alone: undefined,
      ...attributes,
    };
    this.queues.set(name, queue);
    return queue;
  }

  queue(name: string, verb: 'open' | 'put' | 'get' | 'inquire' = 'open'): FakeQueue {
    const found = this.queues.get(name);
    if (!found) throw new MqFailure(verb, reason.unknownQueue, `no queue ${name}`);
    return found;
  }

  store(
    { to, kind, msgId, correlId, format, ccsid, expiry, priority = 0, persistent, replyTo, bytes }: MqPut,
    more: Partial<Stored> = {},
  ): void {
    const number = ++this.#number;
    const id = msgId ?? Buffer.from(`AMQ QM1 ${number}`.padEnd(24, '\0'));
    const empty = Buffer.alloc(24);
    this.queue(to.queue, 'put').messages.push({
      number,
      kind,
      msgId: id,
      correlId: correlId ?? empty,
      format,
      ccsid,
      encoding: 546,
      expiry,
      expiresAt: expiry === undefined ? undefined : Date.now() + expiry,
      priority,
      persistent,
      replyTo: replyTo && managed(replyTo, this.name),
      passes: { msgId: false, correlId: false },
      feedback: 0,
      backouts: 0,
      putAt: Date.now(),
      bytes: Buffer.from(bytes),
      length: bytes.byteLength,
      holder: undefined,
      ...more,
    });
    this.wake();
  }

  /** The next message that a handle may get: by priority, then in the order in which they came. */
  next(name: string, correlId?: Buffer): Stored | undefined {
    const queue = this.queue(name, 'get');
    queue.messages = queue.messages.filter(
      ({ expiresAt, holder }) => holder !== undefined || expiresAt === undefined || expiresAt > Date.now(),
    );
    return queue.messages
      .filter((message) => message.holder === undefined && (correlId === undefined || message.correlId.equals(correlId)))
      .toSorted((one, other) => other.priority - one.priority || one.number - other.number)[0];
  }

  /** Resolves when something has changed on any queue. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  wake(): void {
    for (const wake of this.#waiting) wake();
  }
}

/** The queue manager fills in its own name. */
function managed({ queue, manager }: MqAddress, own: string): MqAddress {
  return { queue, manager: manager === '' ? own : manager };
}
