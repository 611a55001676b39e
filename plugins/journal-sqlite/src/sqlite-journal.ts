import type { EntryLease, Journal } from '@waybill/contract';
import { SqliteControl } from './control.ts';
import { SqliteDesk } from './desk.ts';
import { SqliteInbox } from './inbox.ts';
import type { JournalLink } from './link.ts';
import { SqliteOutbox } from './outbox.ts';
import { SqliteReplays } from './replays.ts';

/** How long a watch rests after it has failed, in milliseconds. */
const lookAgain = 1_000;

/** The journal as the kernel sees it. */
export class SqliteJournal implements Journal {
  readonly inbox: SqliteInbox;
  readonly outbox: SqliteOutbox;
  readonly desk: SqliteDesk;
  readonly replays: SqliteReplays;
  readonly control: SqliteControl;
  readonly followsCrash: boolean;
  readonly #writer: JournalLink;
  readonly #viewer: JournalLink;
  readonly #watch: Watch;

  constructor(writer: JournalLink, viewer: JournalLink, followsCrash: boolean) {
    this.inbox = new SqliteInbox(writer);
    this.outbox = new SqliteOutbox(writer);
    this.desk = new SqliteDesk(writer, viewer);
    this.replays = new SqliteReplays(writer, viewer);
    this.control = new SqliteControl(writer, viewer);
    this.followsCrash = followsCrash;
    this.#writer = writer;
    this.#viewer = viewer;
    this.#watch = new Watch(writer);
  }

  async lease(entry: string): Promise<EntryLease | undefined> {
    const held = await this.#writer.call('takeLease', [entry]);
    if (held === null) return undefined;
    const lost = new AbortController();
    const watching = this.#writer.wait('lost', [held], { isIdle: true });
    // Without its thread nobody can tell whether the lease is still there.
    watching.answer.then(
      (isLost) => isLost && lost.abort(),
      () => lost.abort(),
    );
    const [, owner, version] = held;
    const release = async (): Promise<void> => {
      watching.cancel();
      await this.#writer.call('releaseLease', [held]);
    };
    return { token: { entry, owner, version }, lost: lost.signal, release };
  }

  watch(wake: () => void): () => void {
    return this.#watch.add(wake);
  }

  async close(): Promise<void> {
    this.#watch.end();
    await Promise.all([this.#writer.close(), this.#viewer.close()]);
  }
}

/**
 * Calls all who watch when another process has put work into the journal. From the first of them on, there is one look at a time
 * until the journal is closed: of two looks, or of one that is called off on its way, one would take the news from the other.
 */
class Watch {
  readonly #link: JournalLink;
  readonly #wakes = new Set<() => void>();
  #isEnded = false;
  #endLook: (() => void) | undefined;

  constructor(link: JournalLink) {
    this.#link = link;
  }

  add(wake: () => void): () => void {
    // A function of its own: one that is given twice is called twice, and ends twice.
    const own = (): void => wake();
    this.#wakes.add(own);
    if (this.#endLook === undefined) void this.#run();
    return () => void this.#wakes.delete(own);
  }

  end(): void {
    this.#isEnded = true;
    this.#endLook?.();
  }

  async #run(): Promise<void> {
    while (!this.#isEnded) {
      const { answer, cancel } = this.#link.wait('changed', [], { isIdle: true });
      this.#endLook = cancel;
      const found = await answer.catch(() => 'failed' as const);
      if (this.#isEnded) return;
      // The thread has ended, or the journal is closed: a later look starts another one, or is refused.
      if (found === 'failed') await new Promise((resolve) => void setTimeout(resolve, lookAgain).unref());
      else if (found) for (const wake of this.#wakes) wake();
    }
  }
}
