import type {
  Claimed,
  ClaimRequest,
  InboundFacts,
  InboxEnding,
  InboxJob,
  InboxState,
  InboxStep,
  Journal,
  JournalEntry,
  JournalState,
  Leg,
  OutboxEnding,
  OutboxJob,
  Recorded,
} from '@waybill/contract';
import { describe, it } from 'vitest';
import { eventually, settled, stays } from '../tools/eventually.ts';
import { factsOf, inbound, keptOf, legOf, outbound } from './fixtures.ts';
import type { JournalSubject } from './subject.ts';

/** What is asked depends on what the subject can do; these names say that it is not a test file that decides so. */
export const group = describe;
const question = it;

/** Asks one question of a journal of its own, which is closed and disposed of afterwards. */
export type Ask = (fact: string, answer: (bench: Bench) => Promise<void>) => void;

export function asker(open: () => Promise<JournalSubject>, patience = 10_000): Ask {
  return (fact, answer) => {
    question(fact, { timeout: 6 * patience }, async () => {
      const bench = new Bench(await open(), patience);
      try {
        await answer(bench);
      } finally {
        await bench.dispose();
      }
    });
  };
}

/** One opening of a journal, with the calls that most questions make, for the entries `orders` and `erp`. */
export class Opened {
  readonly journal: Journal;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  store(id: string, facts: Partial<InboundFacts> = {}, entry: string = inbound, body?: Uint8Array): Promise<InboxState | undefined> {
    return this.journal.inbox.store({ entry, id, ...factsOf(id, facts), ...keptOf(id, body) });
  }

  claim(request: Partial<ClaimRequest> = {}): Promise<Claimed<InboxJob>> {
    return this.journal.inbox.claim({ entry: inbound, limit: 10, ...request });
  }

  async find(id: string, orderKey?: string): Promise<InboxState> {
    return (await this.journal.inbox.find({ entry: inbound, id }, orderKey)).known;
  }

  async isBlocked(id: string, orderKey: string): Promise<boolean> {
    return (await this.journal.inbox.find({ entry: inbound, id }, orderKey)).blocked;
  }

  settle(id: string, ending: InboxEnding, more: Partial<InboxStep> = {}): Promise<Recorded<InboxState>> {
    return this.journal.inbox.settle({ entry: inbound, id, ...factsOf(id), ending, ...more });
  }

  /** Ends a claim as its holder does. */
  end(job: InboxJob, ending: InboxEnding): Promise<Recorded<InboxState>> {
    const { entry, id, digest, trace, type, store, orderKey, businessKeys, token } = job;
    return this.journal.inbox.settle({ entry, id, digest, trace, type, store, orderKey, businessKeys, token, ending });
  }

  publish(ids: readonly string[], more: Partial<Leg> = {}, entry: string = outbound): Promise<boolean> {
    return this.journal.outbox.publish(ids.map((id) => legOf(entry, id, more)));
  }

  claimLegs(request: Partial<ClaimRequest> = {}): Promise<Claimed<OutboxJob>> {
    return this.journal.outbox.claim({ entry: outbound, limit: 10, ...request });
  }

  endLeg({ leg, token }: OutboxJob, ending: OutboxEnding): Promise<Recorded<JournalState>> {
    return this.journal.outbox.settle({ entry: leg.entry, id: leg.message.id, token, ending });
  }

  show(id: string, entry: string = inbound): Promise<JournalEntry | undefined> {
    return this.journal.desk.show({ direction: 'in', entry, id });
  }

  showLeg(id: string, entry: string = outbound): Promise<JournalEntry | undefined> {
    return this.journal.desk.show({ direction: 'out', entry, id });
  }
}

/** A journal for one question, and everything that can happen to it. */
export class Bench extends Opened {
  readonly #subject: JournalSubject;
  readonly #opened: Journal[] = [];
  readonly #patience: number;

  constructor(subject: JournalSubject, patience: number) {
    super(subject.journal);
    this.#patience = patience;
    this.#subject = subject;
    this.#opened.push(subject.journal);
  }

  pass(ms: number): Promise<void> {
    return this.#subject.advance(ms);
  }

  async reopen(): Promise<Opened> {
    const journal = await this.#means('reopen')();
    this.#opened.push(journal);
    return new Opened(journal);
  }

  /** Ends an opening without closing it. */
  async crash({ journal }: Opened = this): Promise<void> {
    await this.#means('crash')(journal);
    this.#opened.splice(this.#opened.indexOf(journal), 1);
  }

  async suspend({ journal }: Opened = this): Promise<void> {
    await this.#means('suspend')(journal);
  }

  async resume({ journal }: Opened = this): Promise<void> {
    await this.#means('resume')(journal);
  }

  within<T>(promise: Promise<T>, what: string): Promise<T> {
    return settled(promise, { what, within: this.#patience });
  }

  /** Watches for a moment of real time that `check` stays true. */
  stays(check: () => boolean, what: string): Promise<void> {
    return stays(check, { what });
  }

  /** Asks until the answer is truthy, while the journal's clock goes on: an owner that ended is found within its own time. */
  eventually<T>(check: () => Promise<T>, what: string) {
    return eventually(
      async () => {
        const answer = await check();
        if (!answer) await this.pass(100);
        return answer;
      },
      { what, within: this.#patience },
    );
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#opened.map((journal) => journal.close()));
    await this.#subject.dispose();
  }

  #means<Name extends 'reopen' | 'crash' | 'suspend' | 'resume'>(name: Name): NonNullable<JournalSubject[Name]> {
    const means = this.#subject[name];
    if (!means) throw new TypeError(`The subject has to give \`${name}\`.`);
    return means;
  }
}
