import { isWaybillError } from '@waybill/contract';
import { ImapFlow } from 'imapflow';
import { mailboxErrors as errors } from '../errors.ts';
import type { MailboxSettings } from '../settings/imap.ts';
import { Bell } from './bell.ts';
import { endingFailure, openingFailure, reasonOf } from './failure.ts';
import { lacking } from './flags.ts';
import { type MailboxAccess, openingOptions, placeOf } from './opening-options.ts';

/** What is asked of a mail before it is fetched. */
export interface About {
  /** In bytes, as the server says. */
  readonly size: number;
  /** When the mailbox got it, in milliseconds since 1970. */
  readonly arrivedAt: number | undefined;
}

/** After so long the session is kept awake, in milliseconds. */
const soon = 1_000;

/**
 * One session with one folder of a mailbox: all that we ask of the IMAP library, whose traps end here (reference/email.md, section 4).
 * Mails are named by their UIDs only, since sequence numbers shift. Every method throws WB_EMAIL_MAILBOX_GONE when the session ends: the library
 * does not answer what it was asked before.
 */
export class Mailbox {
  readonly folder: string;
  readonly #flow: ImapFlow;
  readonly #place: string;
  readonly #lost = new AbortController();
  /** Aborts when the session has ended, with the error that says why. */
  readonly lost: AbortSignal = this.#lost.signal;
  readonly #bell = new Bell();
  #why: unknown;
  #isIdling = false;
  #waiting = 0;

  private constructor(flow: ImapFlow, place: string, folder: string) {
    this.#flow = flow;
    this.#place = place;
    this.folder = folder;
    // Without somebody who listens before it connects, an error would end the process.
    flow.on('error', (error: unknown) => (this.#why ??= error));
    flow.on('exists', () => this.#bell.ring());
    flow.once('close', () => this.#end());
  }

  /**
   * Opens a session and the folder. `largest`: the most bytes of a mail that are asked for. Throws WB_EMAIL_MAILBOX_UNREACHABLE (also when
   * `signal` aborts), WB_EMAIL_MAILBOX_LOGIN, WB_EMAIL_MAILBOX_TLS or WB_EMAIL_FOLDER, and what `openingOptions` and `AccessToken` throw.
   */
  static async open({ settings, token }: MailboxAccess, folder: string, largest: number, signal: AbortSignal): Promise<Mailbox> {
    const first = await token?.text();
    const opened = Mailbox.#open(settings, first, folder, largest, signal);
    if (!token) return opened;
    return opened.catch(async (error: unknown) => {
      if (!isWaybillError(error) || error.code !== errors.WB_EMAIL_MAILBOX_LOGIN.code || signal.aborted) throw error;
      // It may have been taken back before its time. Another refusal is final.
      return Mailbox.#open(settings, await token.text(first), folder, largest, signal);
    });
  }

  static async #open(
    settings: MailboxSettings,
    token: string | undefined,
    folder: string,
    largest: number,
    signal: AbortSignal,
  ): Promise<Mailbox> {
    const place = placeOf(settings);
    const flow = new ImapFlow(await openingOptions(settings, token, largest));
    const mailbox = new Mailbox(flow, place, folder);
    const abort = (): void => flow.close();
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (signal.aborted) throw new Error('the time for opening it was over');
      await mailbox.#unlessLost(flow.connect());
      await mailbox.#select();
      return mailbox;
    } catch (cause) {
      flow.close();
      const why = cause === mailbox.lost.reason ? mailbox.#why : cause;
      throw openingFailure(signal.aborted ? new Error('the time for opening it was over') : why, place);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Whether the folder keeps a flag of this name. */
  keeps(flag: string): boolean {
    const { permanentFlags } = this.#flow.mailbox || {};
    return permanentFlags === undefined || permanentFlags.has('\\*') || permanentFlags.has(flag);
  }

  /** Makes a folder where it is missing. Throws WB_EMAIL_FOLDER when the server does not want to. */
  async make(folder: string): Promise<void> {
    try {
      await this.#unlessLost(this.#flow.mailboxCreate(folder));
    } catch (cause) {
      if (this.lost.aborted) throw this.lost.reason;
      throw this.#refused(`does not make the folder ${folder}`, cause);
    }
  }

  /** The UIDs of the mails from this one on that have none of the flags and are not deleted, in their order. */
  async look(from: number, without: readonly string[]): Promise<readonly number[]> {
    const found = await this.#ask(this.#flow.search({ uid: `${from}:*`, ...lacking(without) }, { uid: true }));
    if (!Array.isArray(found)) throw this.#refused(`does not search the folder ${this.folder}`, undefined);
    // The range names the last mail even if its UID is smaller (RFC 9051, 6.4.8).
    return found.filter((uid) => uid >= from).toSorted((one, other) => one - other);
  }

  /** Of mails that are there: others are left out. */
  async about(uids: readonly number[]): Promise<ReadonlyMap<number, About>> {
    if (uids.length === 0) return new Map();
    // Collected first: whatever else was asked while answers are read one by one would wait for ever.
    const found = await this.#ask(this.#flow.fetchAll(uids.join(','), { uid: true, size: true, internalDate: true }, { uid: true }));
    return new Map(
      found.flatMap((each) => (each.size === undefined ? [] : [[each.uid, { size: each.size, arrivedAt: timeOf(each.internalDate) }]])),
    );
  }

  /** The first `most` bytes of a mail. Undefined when the server does not give them: the mail was just removed. It is no empty mail. */
  async bytesOf(uid: number, most: number): Promise<Uint8Array | undefined> {
    const found = await this.#ask(this.#flow.fetchOne(String(uid), { source: { maxLength: most } }, { uid: true }));
    const source: unknown = found ? found.source : undefined;
    return source instanceof Uint8Array ? source.subarray(0, most) : undefined;
  }

  /** False when the server does not want to. */
  async mark(uids: readonly number[], flag: string): Promise<boolean> {
    return this.#ask(this.#flow.messageFlagsAdd(uids.join(','), [flag], { uid: true, silent: true }));
  }

  /** False when the server does not want to. Mails that are not there any more are left out. */
  async move(uids: readonly number[], folder: string): Promise<boolean> {
    if (this.#can('MOVE')) return Boolean(await this.#ask(this.#flow.messageMove(uids.join(','), folder, { uid: true })));
    const copied = await this.#ask(this.#flow.messageCopy(uids.join(','), folder, { uid: true }));
    return Boolean(copied) && this.remove(uids);
  }

  /**
   * False when the server does not want to. Without UIDPLUS mails are marked as deleted, and stay until somebody expunges: a plain EXPUNGE,
   * which the library would use, removes what others have marked, too.
   */
  async remove(uids: readonly number[]): Promise<boolean> {
    if (!this.#can('UIDPLUS')) return this.mark(uids, '\\Deleted');
    return this.#ask(this.#flow.messageDelete(uids.join(','), { uid: true }));
  }

  /** Waits until the server tells of something new, for `most` milliseconds at most, or until `stop` aborts or the session ends. */
  wait(most: number, stop: AbortSignal): Promise<void> {
    return this.#idling(this.#bell.wait(most, AbortSignal.any([stop, this.lost])));
  }

  /** Waits for something that has nothing to do with the server, and keeps the session awake when that takes long. */
  async meanwhile(waiting: Promise<void>): Promise<void> {
    const long = Promise.withResolvers<void>();
    // Most of the time it takes no time, and to begin and to end IDLE is the way to the server and back.
    const timer = setTimeout(long.resolve, soon);
    await Promise.race([waiting, long.promise]);
    clearTimeout(timer);
    await this.#idling(waiting);
  }

  close(): void {
    this.#flow.close();
  }

  async #idling(waiting: Promise<void>): Promise<void> {
    this.#waiting += 1;
    void this.#idle();
    await waiting;
    this.#waiting -= 1;
  }

  /**
   * The server tells of new mails in IDLE only, and ends a session that is silent; where it has no IDLE, the library asks for news now and then.
   * Whatever else it is asked ends IDLE, so that it begins again until nobody waits any more.
   */
  async #idle(): Promise<void> {
    if (this.#isIdling) return;
    this.#isIdling = true;
    let refusals = 0;
    // A server that refuses once is asked for news from then on.
    while (this.#waiting > 0 && refusals < 2 && !this.lost.aborted) {
      const answer: unknown = await this.#flow.idle({ whenFree: true }).catch(() => false);
      refusals = answer === false ? refusals + 1 : 0;
    }
    this.#isIdling = false;
  }

  async #select(): Promise<void> {
    try {
      const opened = await this.#unlessLost(this.#flow.mailboxOpen(this.folder));
      if (opened.readOnly !== true) return;
    } catch (cause) {
      if (this.lost.aborted) throw this.lost.reason;
      throw this.#refused(`does not open the folder ${this.folder}`, cause);
    }
    throw this.#refused(`does not let this user change anything in the folder ${this.folder}`, undefined);
  }

  #refused(what: string, cause: unknown): Error {
    const why = cause === undefined ? '' : `: ${reasonOf(cause)}`;
    return errors.WB_EMAIL_FOLDER(`${this.#place} ${what}${why}.`, { cause });
  }

  #can(capability: string): boolean {
    const { capabilities, enabled } = this.#flow;
    return capabilities.has(capability) || enabled.has('IMAP4REV2');
  }

  async #ask<T>(answer: Promise<T>): Promise<T> {
    try {
      return await this.#unlessLost(answer);
    } catch (cause) {
      if (this.lost.aborted) throw this.lost.reason;
      this.#why ??= cause;
      this.#flow.close();
      throw endingFailure(cause, this.#place);
    }
  }

  async #unlessLost<T>(answer: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const onLost = (): void => reject(this.lost.reason);
    if (this.lost.aborted) onLost();
    this.lost.addEventListener('abort', onLost, { once: true });
    try {
      return await Promise.race([answer, promise]);
    } finally {
      this.lost.removeEventListener('abort', onLost);
      // What comes too late is nobody's business.
      promise.catch(() => undefined);
      answer.catch(() => undefined);
    }
  }

  #end(): void {
    const { byeReason } = this.#flow;
    this.#why ??= new Error(byeReason ? `the server says: ${byeReason}` : 'the connection was closed');
    this.#lost.abort(endingFailure(this.#why, this.#place));
  }
}

function timeOf(date: Date | string | undefined): number | undefined {
  const time = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isFinite(time) ? time : undefined;
}
