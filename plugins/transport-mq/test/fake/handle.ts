import type {
  GetOptions,
  MqAddress,
  MqCopy,
  MqHandle,
  MqMessage,
  MqPut,
  NextGet,
  OpenHandle,
  QueueFacts,
} from '../../src/handle/handle.ts';
import { MqFailure } from '../../src/handle/mq-failure.ts';
import { undeliveredFormat, writeUndeliveredHeader } from '../../src/headers/mqdlh.ts';
import { type FakeQueueManager, reason, type Stored } from './queue-manager.ts';

const forEver = (): Promise<never> => Promise.withResolvers<never>().promise;

/** Handles of the fake, and all that were opened so far. */
export function fakeHandles(manager: FakeQueueManager): { readonly open: OpenHandle; readonly opened: readonly FakeHandle[] } {
  const opened: FakeHandle[] = [];
  const open: OpenHandle = async (_options, signal) => {
    if (manager.isHanging) await aborted(signal);
    if (signal.aborted) throw new MqFailure('connect', 0, 'no time');
    if (!manager.isReachable) throw new MqFailure('connect', reason.notThere, 'not there');
    if (manager.isFull) throw new MqFailure('connect', reason.tooManyConnections, 'too many connections');
    const handle = new FakeHandle(manager);
    opened.push(handle);
    return handle;
  };
  return { open, opened };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

export class FakeHandle implements MqHandle {
  readonly gone: Promise<void>;
  readonly #manager: FakeQueueManager;
  readonly #over = new AbortController();
  #input = '';
  #got: Stored | undefined;
  /** Got behind a commit, and not asked for yet. */
  #next: MqMessage | undefined;
  #puts: { readonly put: MqPut; readonly more: Partial<Stored> }[] = [];
  #isBusy = false;
  #isCommitting = false;

  constructor(manager: FakeQueueManager) {
    this.#manager = manager;
    this.gone = aborted(this.#over.signal);
  }

  open(queue: string, how: 'shared' | 'exclusive'): Promise<string> {
    return this.#call('open', async () => {
      const opened = this.#manager.queue(queue);
      if (opened.alone || (how === 'exclusive' && opened.openBy.size > 0)) throw new MqFailure('open', reason.inUse, 'in use');
      opened.openBy.add(this);
      if (how === 'exclusive') opened.alone = this;
      this.#input = queue;
      return queue;
    });
  }

  get({ maxBytes, waitMs, signal, correlId }: GetOptions): Promise<MqMessage | undefined> {
    return this.#call('get', async () => {
      const before = this.#next;
      this.#next = undefined;
      if (before) return before;
      const end = AbortSignal.any([AbortSignal.timeout(waitMs), this.#over.signal, ...(signal ? [signal] : [])]);
      for (;;) {
        this.#refuseBroken('get');
        if (this.#manager.queue(this.#input, 'get').isGetInhibited) throw new MqFailure('get', reason.getInhibited, 'inhibited');
        const next = signal?.aborted ? undefined : this.#manager.next(this.#input, correlId);
        if (next) return this.#take(next, maxBytes);
        if (end.aborted || waitMs === 0) return undefined;
        await this.#manager.changed(end);
      }
    });
  }

  #take(next: Stored, maxBytes: number): MqMessage {
    next.holder = this;
    this.#got = next;
    const expiry = next.expiresAt === undefined ? undefined : Math.max(100, next.expiresAt - Date.now());
    return { ...next, expiry, bytes: next.length > maxBytes ? Buffer.alloc(0) : next.bytes };
  }

  commit(puts: readonly (MqPut | MqCopy)[] = [], next?: NextGet): Promise<readonly Buffer[]> {
    return this.#call('commit', async () => {
      const trouble = this.#manager.commitTrouble;
      const ids = puts.map((put, place) => this.#put('copyTo' in put ? this.#copy(put) : { put, more: {} }, place));
      this.#isCommitting = true;
      if (trouble === 'silent-before') await forEver();
      if (trouble === 'cut-before') this.#cut();
      if (trouble === 'backed-out') {
        this.#undo();
        throw new MqFailure('commit', reason.backedOut, 'backed out');
      }
      this.#refuseBroken('commit');
      this.#apply();
      if (trouble === 'silent-after') await forEver();
      if (trouble === 'cut-after') this.#cut();
      this.#refuseBroken('commit');
      this.#isCommitting = false;
      const behind = next && !this.#manager.queue(this.#input).isGetInhibited ? this.#manager.next(this.#input, undefined) : undefined;
      this.#next = next && behind && this.#take(behind, next.maxBytes);
      return ids;
    });
  }

  #put(one: { readonly put: MqPut; readonly more: Partial<Stored> }, place: number): Buffer {
    const { to, msgId } = one.put;
    const queue = this.#manager.queues.get(to.queue);
    const refusal = this.#manager.refusesPuts ?? (queue ? undefined : reason.unknownQueue);
    if (refusal !== undefined) throw new MqFailure('put', refusal, 'refused', place);
    if (queue && queue.messages.length >= queue.maxDepth) throw new MqFailure('put', reason.full, 'full', place);
    this.#puts.push(one);
    return msgId ?? Buffer.alloc(24, 1);
  }

  #copy({ copyTo, withHeader, from }: MqCopy): { readonly put: MqPut; readonly more: Partial<Stored> } {
    const got = this.#got;
    if (!got) throw new MqFailure('put', 0, 'nothing in hand');
    const { encoding, ccsid, format } = got;
    const header = {
      reason: 2362,
      queue: from,
      manager: '',
      encoding,
      ccsid,
      format,
      applicationType: 6,
      application: 'test',
      at: new Date(),
    };
    const bytes = withHeader ? Buffer.concat([writeUndeliveredHeader({ ...header, isLittleEndian: true }), got.bytes]) : got.bytes;
    const put = { ...got, to: { queue: copyTo, manager: '' }, expiry: undefined, reports: [], bytes };
    const { kind, backouts, putAt, feedback } = got;
    return { put: withHeader ? { ...put, format: undeliveredFormat } : put, more: { kind, backouts, putAt, feedback } };
  }

  backout(): Promise<void> {
    return this.#call('backout', async () => {
      this.#refuseBroken('backout');
      this.#undo();
    });
  }

  inquire(queue: string): Promise<QueueFacts | undefined> {
    return this.#call('inquire', async () => {
      if (!this.#manager.mayInquire) return undefined;
      const { backoutThreshold, backoutQueue } = this.#manager.queue(queue, 'inquire');
      return { backoutThreshold, backoutQueue, deadLetterQueue: this.#manager.deadLetterQueue };
    });
  }

  check({ queue }: MqAddress): Promise<void> {
    return this.#call('open', async () => void this.#manager.queue(queue));
  }

  ping(): Promise<void> {
    return this.#call('get', async () => undefined);
  }

  async close(): Promise<void> {
    this.kill();
  }

  kill(): void {
    this.#undo();
    const opened = this.#manager.queues.get(this.#input);
    opened?.openBy.delete(this);
    if (opened?.alone === this) opened.alone = undefined;
    this.#over.abort();
    this.#manager.wake();
  }

  /** The connection breaks, whatever is under way. */
  breakNow(): void {
    this.#isBroken = true;
    this.#undo();
    this.#manager.wake();
  }

  #isBroken = false;

  #cut(): void {
    this.#isBroken = true;
    this.#undo();
  }

  #apply(): void {
    const got = this.#got;
    if (got) {
      const queue = this.#manager.queue(this.#input);
      queue.messages = queue.messages.filter((message) => message !== got);
    }
    const puts = this.#puts;
    this.#got = undefined;
    this.#puts = [];
    for (const { put, more } of puts) this.#manager.store(put, more);
  }

  #undo(): void {
    if (this.#got) {
      this.#got.holder = undefined;
      this.#got.backouts += 1;
    }
    this.#got = undefined;
    this.#next = undefined;
    this.#puts = [];
    this.#manager.wake();
  }

  #refuseBroken(verb: 'open' | 'get' | 'put' | 'commit' | 'backout' | 'inquire'): void {
    if (this.#over.signal.aborted) throw new MqFailure(verb === 'commit' && this.#isCommitting ? 'commit' : 'host', 0, 'killed');
    if (this.#isBroken || !this.#manager.isReachable) throw new MqFailure(verb, reason.broken, 'broken');
  }

  /** Calls never overlap; one that is under way ends with the handle. */
  async #call<T>(verb: 'open' | 'get' | 'put' | 'commit' | 'backout' | 'inquire', work: () => Promise<T>): Promise<T> {
    if (this.#isBusy) throw new Error('two calls overlap');
    this.#isBusy = true;
    try {
      // No answer comes in the turn in which it was asked for.
      await new Promise((resolve) => setImmediate(resolve));
      this.#refuseBroken(verb);
      const killed = this.gone.then((): never => {
        throw new MqFailure(this.#isCommitting ? 'commit' : 'host', 0, 'killed');
      });
      killed.catch(() => undefined);
      return await Promise.race([work(), killed]);
    } finally {
      this.#isBusy = false;
    }
  }
}
