import type { Deliver, Listener, Message, Receipt, ReceiveContext } from '@waybill/contract';
import type { MqConnection } from '../connection.ts';
import { errorOf } from '../handle/error-of.ts';
import type { MqHandle } from '../handle/handle.ts';
import { MqFailure } from '../handle/mq-failure.ts';
import { headerRoom } from '../headers/room.ts';
import { HandlePool } from '../sending/handle-pool.ts';
import { givenUp, placeOf, putThrough } from '../sending/putting.ts';
import type { Source } from '../settings.ts';
import { type Input, openInput } from './input.ts';
import { Place, type PlaceServices } from './place.ts';
import { replyPut } from './reply-put.ts';
import { Settling } from './settling.ts';
import { openWhenFree } from './standby.ts';

/** How long no further place is opened after one could not be, in milliseconds. */
const noMoreFor = 30_000;

/** Gets messages from a queue, each under a unit of work of its own. */
export class MqListener implements Listener {
  readonly #connection: MqConnection;
  readonly #source: Source;
  readonly #context: ReceiveContext;
  readonly #first: Input;
  readonly #replies: HandlePool;
  readonly #leave: () => void;
  readonly #handles = new Set<MqHandle>();
  readonly #places = new Set<Place>();
  /** Resolves with the end of every place. */
  readonly #working = new Set<Promise<void>>();
  #isGrowing = false;
  #mayGrowAt = 0;

  private constructor(connection: MqConnection, source: Source, context: ReceiveContext, first: Input) {
    this.#connection = connection;
    this.#source = source;
    this.#context = context;
    this.#first = first;
    this.#handles.add(first.handle);
    this.#leave = connection.use(source.queue, 'listening');
    this.#replies = new HandlePool((signal) => connection.open(source.limit + headerRoom, signal), 1);
  }

  /** Connects, and sees whether the queue can be got from. Throws a `TransportError`. */
  static async open(connection: MqConnection, source: Source, context: ReceiveContext): Promise<MqListener> {
    const input = await openInput(connection, source.queue, howOf(context), context.signal);
    try {
      return new MqListener(connection, source, context, input);
    } catch (error) {
      await input.handle.close();
      throw error;
    }
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const { promise: failure, reject } = Promise.withResolvers<never>();
    failure.catch(() => undefined);
    const fail = (error: unknown): void => {
      failed.abort(error);
      reject(error);
    };
    const end = AbortSignal.any([stop, failed.signal]);
    const services = this.#services(deliver, end, () => this.#grow(services, fail));
    try {
      if (this.#first.isOpen || (await this.#isFree(this.#first.handle, end))) this.#add(this.#first.handle, services, fail);
      while (this.#working.size > 0) await Promise.race([failure, ...this.#working]);
      failed.signal.throwIfAborted();
    } catch (error) {
      // What others have in hand goes back: it is settled under its next delivery.
      failed.abort(error);
      throw errorOf(error, `Queue ${this.#source.queue} cannot be got from`);
    } finally {
      await Promise.all([...this.#handles].map((handle) => handle.close()));
      await this.#replies.close();
      this.#leave();
    }
  }

  async reply(reply: Message, to: string, { signal }: { readonly signal: AbortSignal }): Promise<Receipt> {
    const put = replyPut(reply, to, this.#source);
    if (signal.aborted) throw givenUp(placeOf(put));
    return putThrough(this.#replies, put, signal);
  }

  #services(deliver: Deliver, end: AbortSignal, busy: () => void): PlaceServices {
    const { identity, trustCcsid, limit } = this.#source;
    const { facts } = this.#first;
    return {
      reading: { identity, trustCcsid, limit, queueManager: this.#connection.queueManager },
      facts,
      settling: new Settling(this.#source, facts, this.#context),
      context: this.#context,
      deliver,
      end,
      busy,
    };
  }

  #isFree(handle: MqHandle, end: AbortSignal): Promise<boolean> {
    return openWhenFree(handle, { queue: this.#source.queue, how: howOf(this.#context) }, this.#context, end);
  }

  #add(handle: MqHandle, services: PlaceServices, fail: (failure: unknown) => void): void {
    const working = this.#work(handle, services)
      .catch(fail)
      .finally(() => this.#working.delete(working));
    this.#working.add(working);
  }

  /** Lets a place work. One whose host has ended gets another one: only its own message comes again. */
  async #work(handle: MqHandle, services: PlaceServices): Promise<void> {
    for (let own: MqHandle | undefined = handle; own; ) {
      const place = new Place(own, services);
      this.#places.add(place);
      try {
        return await place.run();
      } catch (failure) {
        // A host that ends before it has brought anything would end again.
        if (!isHostEnd(failure) || !place.hasWorked || services.end.aborted) throw failure;
        this.#context.log.warn(
          { queue: this.#source.queue, reason: failure.message },
          'a process that gets messages has ended; another one is started',
        );
      } finally {
        this.#places.delete(place);
      }
      own = await this.#opened(services.end);
    }
  }

  /** Undefined when `end` aborts first. */
  async #opened(end: AbortSignal): Promise<MqHandle | undefined> {
    const handle = await this.#connection.open(this.#first.maxMessage, end);
    this.#handles.add(handle);
    void handle.gone.then(() => this.#handles.delete(handle));
    if (await this.#isFree(handle, end)) return handle;
    await handle.close();
    return undefined;
  }

  /** Opens a further place when all are busy. Where that fails, those that are there go on. */
  #grow(services: PlaceServices, fail: (failure: unknown) => void): void {
    const { concurrency, order } = this.#context;
    const isEnough = order !== 'parallel' || this.#working.size >= concurrency || [...this.#places].some((place) => place.isWaiting);
    if (isEnough || this.#isGrowing || performance.now() < this.#mayGrowAt || services.end.aborted) return;
    this.#isGrowing = true;
    const growing = this.#opened(services.end)
      .then(
        (handle) => handle && this.#add(handle, services, fail),
        (error: unknown) => this.#cannotGrow(error, services.end),
      )
      .finally(() => {
        this.#isGrowing = false;
        this.#working.delete(growing);
      });
    // A run that ends waits for it: nothing may be opened afterwards.
    this.#working.add(growing);
  }

  #cannotGrow(error: unknown, end: AbortSignal): void {
    if (end.aborted) return;
    this.#mayGrowAt = performance.now() + noMoreFor;
    const fields = { queue: this.#source.queue, places: this.#working.size - 1, reason: errorOf(error, 'No further connection').message };
    this.#context.log.warn(fields, 'messages are worked on with fewer connections than the concurrency allows');
  }
}

/** With an order, one process holds the queue alone, over one handle. */
function howOf({ order }: Pick<ReceiveContext, 'order'>): 'shared' | 'exclusive' {
  return order === 'parallel' ? 'shared' : 'exclusive';
}

function isHostEnd(failure: unknown): failure is MqFailure {
  return failure instanceof MqFailure && failure.reason === 0 && (failure.verb === 'host' || failure.verb === 'commit');
}
