import type { Deliver, Listener, ListenerState, Log, ReceiveContext, Settlement } from '@waybill/contract';
import { errors, failureOf } from '../errors.ts';
import type { Folder } from '../folder.ts';
import type { Source } from '../settings.ts';
import { Arrivals } from './arrivals.ts';
import type { Claim } from './claim.ts';
import { type Reading, readClaimed } from './claimed-file.ts';
import { Claims } from './claims.ts';
import { Recovery } from './recovery.ts';
import { Wakeup } from './wakeup.ts';
import { watchFolder } from './watch-folder.ts';

/** How often a listener shows that it is alive at least, in milliseconds, however long its lease is. */
const signOfLife = 1_000;

/** The folders of one source, absolute. */
interface Places {
  readonly source: string;
  readonly claims: string;
  readonly done: string | undefined;
  readonly rejected: string;
}

/** Hands over the files of a folder, one after the other or several at a time. */
export class FolderListener implements Listener {
  readonly #places: Places;
  readonly #source: Source;
  readonly #concurrency: number;
  readonly #inOrder: boolean;
  readonly #log: Log;
  readonly #tell: ReceiveContext['tell'];
  readonly #wakeup = new Wakeup();
  readonly #arrivals: Arrivals;
  readonly #recovery: Recovery;
  readonly #renewEvery: number;
  readonly #inHand = new Set<Promise<void>>();
  /** Files that stay claimed and are handed over again, with the time of `performance.now()` when that is due. */
  readonly #waiting = new Map<Claim, number>();
  #state: ListenerState = 'receiving';
  #sweptAt = Number.NEGATIVE_INFINITY;
  /** Another listener has files in hand, and what comes after them waits: files come in order. */
  #othersHold = false;
  /** What ends `run`. */
  #failure: unknown;
  readonly #failed = Promise.withResolvers<void>();

  private constructor(places: Places, source: Source, { concurrency, order, log, tell }: ReceiveContext) {
    this.#places = places;
    this.#source = source;
    // A file that is to be tried again holds up those after it, which is impossible once they were handed over.
    this.#concurrency = order === 'serial' ? 1 : concurrency;
    this.#inOrder = order !== 'parallel' || concurrency === 1;
    this.#log = log;
    this.#tell = tell;
    this.#arrivals = new Arrivals(places.source, source, this.#inOrder);
    this.#recovery = new Recovery(places.source, places.claims, order !== 'parallel');
    this.#renewEvery = Math.min(Math.max(10, source.lease / 3), signOfLife);
  }

  /** Throws WB_FILE_NO_FOLDER, WB_FILE_OUTSIDE or WB_FILE_SAME_FOLDER. */
  static async open(folder: Folder, source: Source, context: ReceiveContext): Promise<FolderListener> {
    const from = await folder.inner(source.folder);
    const done = source.done === undefined ? undefined : await folder.inner(source.done, from);
    const rejected = await folder.inner(source.rejected, from);
    if (done === from || rejected === from) {
      throw errors.WB_FILE_SAME_FOLDER(`Files that are done with would stay in ${from} and be read again.`, { at: from });
    }
    return new FolderListener({ source: from, claims: await folder.hidden(from, 'claims'), done, rejected }, source, context);
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    const wake = (): void => this.#wakeup.wake();
    const claims = await this.#openClaims();
    const endWatch = watchFolder(this.#places.source, wake, this.#log);
    const renewing = setInterval(() => void claims.renew().catch((error: unknown) => this.#fail(error)), this.#renewEvery);
    stop.addEventListener('abort', wake);
    try {
      await this.#receive(claims, deliver, stop);
    } catch (error) {
      this.#fail(error);
    }
    stop.removeEventListener('abort', wake);
    endWatch();
    // When receiving cannot go on, the files in hand are given back; each is settled under its next delivery.
    await Promise.race([Promise.all(this.#inHand), this.#failed.promise]);
    clearInterval(renewing);
    await claims.close().catch((error: unknown) => this.#fail(error));
    if (this.#failure !== undefined) throw failureOf(this.#failure, `read files from ${this.#places.source}`);
  }

  async #openClaims(): Promise<Claims> {
    try {
      return await Claims.open(this.#places.source, this.#places.claims, this.#source.lease);
    } catch (error) {
      throw failureOf(error, `read files from ${this.#places.source}`);
    }
  }

  async #receive(claims: Claims, deliver: Deliver, stop: AbortSignal): Promise<void> {
    while (!stop.aborted && this.#failure === undefined) {
      const claim = this.#inHand.size < this.#concurrency ? await this.#next(claims) : undefined;
      this.#tellState();
      if (claim === undefined) await this.#wakeup.wait(this.#pause());
      else await this.#take(claims, claim, deliver, stop);
    }
  }

  /** The next file to hand over, claimed. */
  async #next(claims: Claims): Promise<Claim | undefined> {
    const [claim, due] = this.#firstWaiting() ?? [];
    if (claim !== undefined && due !== undefined) {
      if (due <= performance.now()) {
        this.#waiting.delete(claim);
        return claim;
      }
      // One at a time means in order: what comes later waits, too.
      if (this.#concurrency === 1) return undefined;
    }
    await this.#recover(claims);
    if (this.#othersHold) return undefined;
    for (;;) {
      const name = await this.#arrivals.next((candidate) => !claims.holds(candidate));
      const taken = name === undefined ? undefined : await claims.take(name);
      if (name === undefined || taken) return taken;
    }
  }

  #firstWaiting(): readonly [claim: Claim, due: number] | undefined {
    let first: readonly [Claim, number] | undefined;
    for (const entry of this.#waiting) {
      if (entry[0].lost.aborted) this.#waiting.delete(entry[0]);
      else if (first === undefined || entry[1] < first[1]) first = entry;
    }
    return first;
  }

  async #recover(claims: Claims): Promise<void> {
    if (performance.now() - this.#sweptAt < this.#lookEvery) return;
    this.#sweptAt = performance.now();
    const { returned: files, othersHold } = await this.#recovery.sweep(claims.name);
    // What they gave back themselves comes before what was listed.
    if (files > 0 || (this.#othersHold && !othersHold)) this.#arrivals.forgetListing();
    this.#othersHold = othersHold;
    if (files === 0) return;
    this.#log.warn({ files, folder: this.#places.source }, 'files that another listener had left unsettled were taken back');
  }

  /** Tells what keeps files waiting, another listener or one that is written to for long: the folder would seem empty otherwise. */
  #tellState(): void {
    const { blocking } = this.#arrivals;
    const isLong = blocking !== undefined && blocking.for > Math.max(1_000, 10 * this.#source.settle);
    const state = this.#othersHold ? 'standing-by' : isLong ? 'paused' : 'receiving';
    if (state === this.#state) return;
    this.#state = state;
    if (state === 'standing-by') this.#tell(state, 'Another listener has files in hand, and those after them wait for them.');
    else this.#tell(state, isLong ? `The file ${blocking.name} is still being written, and those after it wait for it.` : undefined);
  }

  /** How long the loop may wait before it has to look again, unless something wakes it. */
  #pause(): number {
    const look = this.#lookEvery;
    if (this.#inHand.size >= this.#concurrency) return look;
    const due = this.#firstWaiting()?.[1];
    const retry = due === undefined ? look : due - performance.now();
    if ((this.#concurrency === 1 && due !== undefined) || this.#othersHold) return retry;
    return Math.min(look, retry, Math.max(10, this.#arrivals.readyIn));
  }

  /** At most the lease, because every look also checks whether other listeners are alive. */
  get #lookEvery(): number {
    return Math.min(this.#source.every, this.#source.lease);
  }

  /** Reads a claimed file and hands it over. Files that have to come in order are read one by one, all others side by side. */
  async #take(claims: Claims, claim: Claim, deliver: Deliver, stop: AbortSignal): Promise<void> {
    const reading = readClaimed(claims.at(claim.name), claim.name, this.#source.limit);
    if (this.#inOrder) await reading;
    const work = reading
      .then((read) => this.#handOver(claims, claim, read, deliver, stop))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#inHand.delete(work);
        this.#wakeup.wake();
      });
    this.#inHand.add(work);
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#failed.resolve();
    this.#wakeup.wake();
  }

  async #handOver(claims: Claims, claim: Claim, reading: Reading, deliver: Deliver, stop: AbortSignal): Promise<void> {
    // A file that is claimed but not handed over goes back with the claims.
    if (stop.aborted || this.#failure !== undefined) return;
    switch (reading.kind) {
      case 'gone':
        claims.forget(claim);
        return;
      case 'unfinished':
        this.#waiting.set(claim, performance.now() + Math.max(100, this.#source.settle));
        return;
      case 'read': {
        const { message, defect } = reading;
        await this.#apply(claims, claim, await deliver({ message, defect, lost: claim.lost }));
      }
    }
  }

  async #apply(claims: Claims, claim: Claim, settlement: Settlement): Promise<void> {
    const { done, rejected } = this.#places;
    switch (settlement.outcome) {
      case 'accepted':
        return this.#finish(claims, claim, done);
      case 'rejected':
        return this.#finish(claims, claim, rejected);
      case 'retry':
        this.#waiting.set(claim, performance.now() + settlement.after);
        return;
      case 'released':
        this.#waiting.set(claim, performance.now());
    }
  }

  /** Moves a file to `folder`, or removes it. */
  async #finish(claims: Claims, claim: Claim, folder: string | undefined): Promise<void> {
    const isOurs = folder === undefined ? await claims.remove(claim) : await claims.move(claim, folder);
    if (isOurs) return;
    const { name } = claim;
    this.#log.warn({ file: name }, 'file was taken back before it was settled, it is handed over again');
  }
}
