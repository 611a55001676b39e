import type { Deliver, ReceiveContext, Report } from '@waybill/contract';
import type { Post } from '../settings/connection.ts';
import type { Source } from '../settings/source.ts';
import { fetchMail } from './fetching.ts';
import { incomingMail, type MailDelivery } from './incoming-mail.ts';
import type { About, Mailbox } from './mailbox.ts';
import { Settler, type Treatments } from './settling.ts';

/** How one message of a mail ended; what was given back comes again. */
type Outcome = 'accepted' | 'rejected' | 'given back';

interface Parts {
  readonly source: Source;
  readonly post: Post;
  readonly context: ReceiveContext;
  readonly treatments: Treatments;
  readonly deliver: Deliver;
  /** Aborts when nothing more is to be handed over: a stop, or a session that has ended. */
  readonly end: AbortSignal;
}

/** What is in hand while a listener runs. */
export class MailRun {
  readonly #parts: Parts;
  readonly #places: number;
  readonly #inHand = new Map<string, Promise<void>>();
  readonly #settlers = new Map<Mailbox, Settler>();
  /** Of mails that were given back: how those of their messages ended that are done with. */
  readonly #partly = new Map<string, Map<string, Outcome>>();
  readonly #failure = Promise.withResolvers<never>();
  readonly #over = new AbortController();
  /** Nothing more is handed over. */
  readonly #end: AbortSignal;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#places = parts.context.order === 'serial' ? 1 : parts.context.concurrency;
    this.#end = AbortSignal.any([parts.end, this.#over.signal]);
    // Whoever runs hears of it; before that nobody need.
    this.#failure.promise.catch(() => undefined);
  }

  /** Rejects when mails cannot be settled, or a session ends. */
  get failed(): Promise<never> {
    return this.#failure.promise;
  }

  /** Nothing more is to be handed over. */
  get isOver(): boolean {
    return this.#end.aborted;
  }

  /** What is in hand means nothing any more: it comes again. */
  giveUp(): void {
    this.#over.abort();
  }

  has(mailbox: Mailbox, uid: number): boolean {
    return this.#inHand.has(keyOf(mailbox, uid));
  }

  /** These are all that are not done with in the folder: of others nothing need be known. */
  forgetAllBut(mailbox: Mailbox, uids: readonly number[]): void {
    const there = new Set(uids.map((uid) => keyOf(mailbox, uid)));
    for (const key of this.#partly.keys()) if (key.startsWith(keyOf(mailbox, '')) && !there.has(key)) this.#partly.delete(key);
  }

  /** Whether there is something in the folder that has to be looked for again soon. */
  hasGivenBack(mailbox: Mailbox): boolean {
    return [...this.#partly.keys()].some((key) => key.startsWith(keyOf(mailbox, '')));
  }

  /** Resolves when one more may be in hand, or when nothing more is to be handed over: whoever works on the others may take long. */
  async place(): Promise<void> {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const onEnd = (): void => resolve();
    this.#end.addEventListener('abort', onEnd, { once: true });
    while (this.#inHand.size >= this.#places && !this.#end.aborted) await Promise.race([ended, ...this.#inHand.values()]);
    this.#end.removeEventListener('abort', onEnd);
  }

  /** Resolves when nothing is in hand. */
  async idle(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.all(this.#inHand.values());
  }

  /** Takes a mail in hand until it is settled or given back. */
  take(mailbox: Mailbox, uid: number, about: About): void {
    const key = keyOf(mailbox, uid);
    const work = this.#work(mailbox, uid, about)
      .catch((error: unknown) => {
        this.#failure.reject(error);
        this.giveUp();
      })
      .finally(() => this.#inHand.delete(key));
    this.#inHand.set(key, work);
  }

  async #work(mailbox: Mailbox, uid: number, about: About): Promise<void> {
    const { source, post, treatments, context } = this.#parts;
    const mail = await fetchMail(mailbox, uid, about, source.limit);
    if (!mail) return context.log.debug({ folder: mailbox.folder, uid }, 'a mail has gone before it could be taken');
    const incoming = incomingMail(mail, source, post);
    const key = keyOf(mailbox, uid);
    const outcome = incoming.kind === 'reports' ? await this.#report(incoming.reports) : await this.#deliverAll(key, incoming.deliveries);
    if (outcome === 'given back') {
      if (!this.#partly.has(key)) this.#partly.set(key, new Map());
      return;
    }
    // What was decided is in the journal by now; a mail that cannot be settled comes again, and is known there.
    await this.#settlerOf(mailbox).settle(uid, treatments[outcome]);
    this.#partly.delete(key);
  }

  #settlerOf(mailbox: Mailbox): Settler {
    const settler = this.#settlers.get(mailbox) ?? new Settler(mailbox);
    this.#settlers.set(mailbox, settler);
    return settler;
  }

  async #report(reports: readonly Report[]): Promise<Outcome> {
    const { context } = this.#parts;
    for (const report of reports) {
      if (this.#end.aborted) return 'given back';
      try {
        await context.report(report);
      } catch (error) {
        context.log.warn({ about: report.about, cause: String(error) }, 'a report could not be recorded; its mail comes again');
        return 'given back';
      }
    }
    return 'accepted';
  }

  /** One after the other: a mail has one place. What of it was done with in this run is not handed over again. */
  async #deliverAll(key: string, deliveries: readonly MailDelivery[]): Promise<Outcome> {
    const outcomes = this.#partly.get(key) ?? new Map<string, Outcome>();
    for (const { part, delivery } of deliveries) {
      if (outcomes.has(part)) continue;
      const outcome = await this.#deliver(delivery);
      if (outcome === 'given back') {
        this.#partly.set(key, outcomes);
        return outcome;
      }
      outcomes.set(part, outcome);
    }
    return [...outcomes.values()].includes('rejected') ? 'rejected' : 'accepted';
  }

  /** Hands a message over until it is done with. What is tried again keeps its place meanwhile. */
  async #deliver(delivery: MailDelivery['delivery']): Promise<Outcome> {
    const { deliver } = this.#parts;
    while (!this.#end.aborted) {
      const settlement = await deliver(delivery);
      switch (settlement.outcome) {
        case 'accepted':
        case 'rejected':
          return settlement.outcome;
        case 'retry':
          await passed(settlement.after, this.#end);
          break;
        case 'released':
          return 'given back';
      }
    }
    return 'given back';
  }
}

/** UIDs hold within one folder only. */
function keyOf({ folder }: Mailbox, uid: number | ''): string {
  return `${folder}\n${uid}`;
}

/** Resolves after so many milliseconds, or when `end` aborts. */
async function passed(ms: number, end: AbortSignal): Promise<void> {
  if (end.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const onAbort = (): void => resolve();
  end.addEventListener('abort', onAbort, { once: true });
  await promise;
  clearTimeout(timer);
  end.removeEventListener('abort', onAbort);
}
