import type { Deliver, Listener, Log, ReceiveContext, Settlement } from '@waybill/contract';
import { errors, failureOf } from '../errors.ts';
import type { Folder } from '../folder.ts';
import type { Source } from '../settings.ts';
import { Arrivals } from './arrivals.ts';
import type { Claim } from './claiming/claim.ts';
import { type Reading, readClaimed } from './claiming/claimed-file.ts';
import { Claims } from './claiming/claims.ts';
import { claimNext } from './claiming/next-claim.ts';
import { Recovery, suspendedAfter } from './claiming/recovery.ts';
import { type EndingPlaces, Endings, type Handed } from './endings.ts';
import { Notices } from './notices.ts';
import { keyOfName, matcher } from './pattern.ts';
import { Room } from './room.ts';
import { Telling } from './telling.ts';
import { Waiting } from './waiting.ts';
import { Wakeup } from './wakeup.ts';
import { watchFolder } from './watch-folder.ts';

/** How often a listener shows that it is alive at least, in milliseconds, however long its lease is. */
const signOfLife = 1_000;

/** The folders of one source, absolute. */
interface Places extends EndingPlaces {
  readonly source: string;
  readonly claims: string;
  /** Whether names that differ only in case are one name there. */
  readonly ignoreCase: boolean;
}

/** Hands over the files of a folder, one after the other or several at a time. */
export class FolderListener implements Listener {
  readonly #places: Places;
  readonly #source: Source;
  readonly #concurrency: number;
  readonly #inOrder: boolean;
  readonly #isOrdered: boolean;
  readonly #log: Log;
  readonly #telling: Telling;
  readonly #wakeup = new Wakeup();
  readonly #matches: (name: string) => boolean;
  readonly #notices: Notices;
  readonly #arrivals: Arrivals;
  readonly #recovery: Recovery;
  readonly #endings: Endings;
  readonly #renewEvery: number;
  readonly #inHand = new Set<Promise<void>>();
  readonly #waiting = new Waiting();
  readonly #room: Room;
  #sweptAt = Number.NEGATIVE_INFINITY;
  /** Another listener has files in hand, and what comes after them waits: files come in order. */
  #othersHold = false;
  /** This process has stood still, and does not know what others did meanwhile. */
  #unsure = false;
  /** What ends `run`. */
  #failure: unknown;
  readonly #failed = Promise.withResolvers<void>();

  private constructor(places: Places, source: Source, { concurrency, order, log, tell }: ReceiveContext) {
    this.#places = places;
    this.#source = source;
    // A file that is to be tried again holds up those after it, which is impossible once they were handed over.
    this.#concurrency = order === 'serial' ? 1 : concurrency;
    this.#room = new Room(source.inHandBytes);
    this.#inOrder = order !== 'parallel' || concurrency === 1;
    this.#log = log;
    const isOrdered = order !== 'parallel';
    this.#isOrdered = isOrdered;
    const matches = matcher(source.pattern, places.ignoreCase);
    const notices = new Notices(log);
    this.#matches = matches;
    this.#notices = notices;
    this.#arrivals = new Arrivals({ folder: places.source, source, matches, inOrder: this.#inOrder, strictly: isOrdered, notices });
    this.#recovery = new Recovery({ root: places.claims, matches, isOrdered, log });
    this.#endings = new Endings(places, log);
    this.#telling = new Telling({ folder: places.source, after: Math.max(1_000, 2 * source.settle), tell, notices });
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
    const claims = await folder.hidden(from, 'claims');
    return new FolderListener({ source: from, claims, done, rejected, ignoreCase: await folder.ignoresCase(from) }, source, context);
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    const wake = (): void => this.#wakeup.wake();
    const claims = await this.#openClaims();
    const endWatch = watchFolder(this.#places.source, this.#matches, wake, this.#log);
    const renewing = setInterval(() => void claims.renew().catch((error: unknown) => this.#fail(error)), this.#renewEvery);
    // A delivery that its kernel has given up at its end keeps no process alive.
    renewing.unref();
    stop.addEventListener('abort', wake);
    try {
      await this.#receive(claims, deliver, stop);
    } catch (error) {
      this.#fail(error);
    }
    stop.removeEventListener('abort', wake);
    endWatch();
    // When receiving cannot go on, the files in hand are given up; each is settled under its next delivery.
    await Promise.race([Promise.all(this.#inHand), this.#failed.promise]);
    clearInterval(renewing);
    await this.#giveUp(claims).catch((error: unknown) => this.#fail(error));
    if (this.#failure !== undefined) throw failureOf(this.#failure, `read files from ${this.#places.source}`);
  }

  async #openClaims(): Promise<Claims> {
    try {
      const { source, claims, ignoreCase } = this.#places;
      return await Claims.open(source, claims, this.#source.lease, keyOfName(ignoreCase));
    } catch (error) {
      throw failureOf(error, `read files from ${this.#places.source}`);
    }
  }

  async #receive(claims: Claims, deliver: Deliver, stop: AbortSignal): Promise<void> {
    while (!stop.aborted && this.#failure === undefined) {
      const claim = this.#inHand.size < this.#concurrency ? await this.#next(claims) : undefined;
      this.#telling.look(this.#othersHold, this.#arrivals.blocking);
      if (claim === undefined) await this.#wakeup.wait(this.#pause());
      else await this.#take(claims, claim, deliver, stop);
    }
  }

  async #giveUp(claims: Claims): Promise<void> {
    const files = await claims.close();
    if (files > 0) this.#log.info({ files, folder: this.#places.claims }, 'files in hand are kept for the next listener');
  }

  /** The next file to hand over, claimed. */
  async #next(claims: Claims): Promise<Claim | undefined> {
    await this.#recover(claims);
    if (this.#isUnsure(claims)) return undefined;
    const waited = this.#waiting.take();
    // One at a time means in order: what comes later waits, too.
    if (waited || (this.#concurrency === 1 && this.#waiting.dueIn !== undefined)) return waited;
    if (this.#othersHold) return undefined;
    return claimNext(this.#arrivals, claims, { folder: this.#places.source, isUnsure: () => this.#isUnsure(claims) });
  }

  /**
   * Where files come in order, another process may have gone on while this one stood still. Its kernel needs a moment to find out that it
   * receives no more; until then nothing is claimed, and what was listed is out of date.
   */
  #isUnsure(claims: Claims): boolean {
    this.#unsure = this.#isOrdered && claims.backFor < suspendedAfter;
    if (this.#unsure) this.#arrivals.forgetListing();
    return this.#unsure;
  }

  async #recover(claims: Claims): Promise<void> {
    if (performance.now() - this.#sweptAt < this.#lookEvery) return;
    this.#sweptAt = performance.now();
    const { taken, othersHold } = await this.#recovery.sweep(claims);
    // What they have finished meanwhile came before what was listed.
    if (this.#othersHold && !othersHold) this.#arrivals.forgetListing();
    this.#othersHold = othersHold;
    for (const claim of taken) this.#waiting.add(claim, 0);
    if (taken.length === 0) return;
    this.#log.warn({ files: taken.length, folder: this.#places.source }, 'files that another listener had left unsettled were taken back');
  }

  /** How long the loop may wait before it has to look again, unless something wakes it. */
  #pause(): number {
    const look = this.#lookEvery;
    if (this.#unsure || this.#inHand.size >= this.#concurrency) return look;
    const dueIn = this.#waiting.dueIn;
    const retry = dueIn ?? look;
    if ((this.#concurrency === 1 && dueIn !== undefined) || this.#othersHold) return retry;
    return Math.min(look, retry, Math.max(10, this.#arrivals.readyIn));
  }

  /** At most the lease, because every look also checks whether other listeners are alive. */
  get #lookEvery(): number {
    return Math.min(this.#source.every, this.#source.lease);
  }

  /** Reads a claimed file and hands it over. Files that have to come in order are read one by one, all others side by side. */
  async #take(claims: Claims, claim: Claim, deliver: Deliver, stop: AbortSignal): Promise<void> {
    const reading = readClaimed(claims.at(claim), claim, { limit: this.#source.limit, room: this.#room });
    if (this.#inOrder) await reading;
    const work = reading
      .then((read) => this.#handOver(claims, claim, read, deliver, stop))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#inHand.delete(work);
        this.#room.leave(claim);
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
    // A file that is claimed but not handed over is given up with the claims.
    if (stop.aborted || this.#failure !== undefined) return;
    switch (reading.kind) {
      case 'gone':
        return claims.forget(claim);
      case 'unfinished':
        this.#notices.warn(claim.name, 'file was written to while it was read, it is read again', { folder: this.#places.source });
        this.#waiting.add(claim, Math.max(100, this.#source.settle));
        return;
      case 'read':
        return this.#apply(claims, claim, reading, await deliver({ message: reading.message, lost: claim.lost }));
      case 'defective': {
        const { message, defect } = reading;
        return this.#apply(claims, claim, reading, await deliver({ message, defect, lost: claim.lost }));
      }
    }
  }

  async #apply(claims: Claims, claim: Claim, handed: Handed, settlement: Settlement): Promise<void> {
    switch (settlement.outcome) {
      case 'accepted':
        return this.#endings.accept(claims, claim, handed);
      case 'rejected':
        return this.#endings.reject(claims, claim, handed);
      case 'retry':
        this.#waiting.add(claim, settlement.after);
        return;
      case 'released':
        this.#waiting.add(claim, 0);
    }
  }
}
