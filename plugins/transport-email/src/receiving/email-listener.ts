import type { Deliver, Listener, ReceiveContext } from '@waybill/contract';
import type { Post } from '../settings/connection.ts';
import type { Source } from '../settings/source.ts';
import { MailRun } from './mail-run.ts';
import { Mailbox } from './mailbox.ts';
import type { MailboxAccess } from './opening-options.ts';
import { marksOf, prepareSettling, type Treatments, treatmentsOf } from './settling.ts';

/** How soon something is looked for that was given back, in milliseconds. */
const soon = 1_000;
/** Of how many mails the sizes are asked for at once: each question costs the way to the server and back. */
const portion = 50;
/** What is asked for of a mail that is larger than the limit, and what stands around it. */
const slack = 512 * 1024;

/** Takes mails out of the folders of a mailbox, each over a session of its own. */
export class EmailListener implements Listener {
  readonly #mailboxes: readonly Mailbox[];
  readonly #treatments: Treatments;
  readonly #source: Source;
  readonly #post: Post;
  readonly #context: ReceiveContext;

  private constructor(mailboxes: readonly Mailbox[], treatments: Treatments, { post, source, context }: Parts) {
    this.#mailboxes = mailboxes;
    this.#treatments = treatments;
    this.#source = source;
    this.#post = post;
    this.#context = context;
  }

  /** Throws as `Mailbox.open` does, WB_EMAIL_KEYWORDS, or WB_EMAIL_FOLDER_LOOPS. */
  static async open(parts: Parts): Promise<EmailListener> {
    const treatments = treatmentsOf(parts.source);
    const mailboxes = await openAll(parts.access, parts.source, treatments, parts.context.signal);
    return new EmailListener(mailboxes, treatments, parts);
  }

  /** Sees whether mails could be taken, and takes none. Throws as `open` does. */
  static async probe(access: MailboxAccess, source: Source): Promise<void> {
    const mailboxes = await openAll(access, source, treatmentsOf(source), new AbortController().signal);
    for (const mailbox of mailboxes) mailbox.close();
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    const lost = AbortSignal.any(this.#mailboxes.map((mailbox) => mailbox.lost));
    const run = new MailRun({
      source: this.#source,
      post: this.#post,
      context: this.#context,
      treatments: this.#treatments,
      deliver,
      end: AbortSignal.any([stop, lost]),
    });
    const watching = this.#mailboxes.map((mailbox) => this.#watch(mailbox, run, stop));
    try {
      await Promise.race([Promise.all(watching).then(() => run.idle()), run.failed, whenAborted(lost)]);
    } finally {
      run.giveUp();
      for (const mailbox of this.#mailboxes) mailbox.close();
      await Promise.allSettled(watching);
    }
  }

  /** Bells tell of new mails, and only that: what is there is looked for. Everything that is not done with is looked for every so often. */
  async #watch(mailbox: Mailbox, run: MailRun, stop: AbortSignal): Promise<void> {
    const marks = marksOf(this.#treatments);
    const { every } = this.#source;
    let [highest, lookedAt] = [0, Number.NEGATIVE_INFINITY];
    while (!run.isOver) {
      const isFull = performance.now() - lookedAt >= every || run.hasGivenBack(mailbox);
      if (isFull) lookedAt = performance.now();
      const found = await mailbox.look(isFull ? 1 : highest + 1, marks);
      if (isFull) run.forgetAllBut(mailbox, found);
      // Seen at once: what is done with meanwhile would be taken for new later.
      const fresh = found.filter((uid) => !run.has(mailbox, uid));
      for (let from = 0; from < fresh.length && !run.isOver; from += portion) {
        await takeAll(mailbox, fresh.slice(from, from + portion), run);
      }
      highest = Math.max(highest, ...fresh.slice(-1));
      const rest = every - (performance.now() - lookedAt);
      await mailbox.wait(Math.max(0, run.hasGivenBack(mailbox) ? Math.min(soon, rest) : rest), stop);
    }
  }
}

interface Parts {
  readonly access: MailboxAccess;
  readonly post: Post;
  readonly source: Source;
  readonly context: ReceiveContext;
}

async function openAll(access: MailboxAccess, source: Source, treatments: Treatments, signal: AbortSignal): Promise<readonly Mailbox[]> {
  const opened: Mailbox[] = [];
  try {
    // One after the other: servers count who comes at the same time.
    for (const folder of source.folders) {
      const mailbox = await Mailbox.open(access, folder, source.limit + slack, signal);
      opened.push(mailbox);
      await prepareSettling(mailbox, treatments);
    }
    return opened;
  } catch (error) {
    for (const mailbox of opened) mailbox.close();
    throw error;
  }
}

/** Rejects with the reason of the signal. */
function whenAborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

async function takeAll(mailbox: Mailbox, uids: readonly number[], run: MailRun): Promise<void> {
  const known = await mailbox.about(uids);
  for (const uid of uids) {
    const about = known.get(uid);
    if (!about) continue;
    await mailbox.meanwhile(run.place());
    if (run.isOver) return;
    run.take(mailbox, uid, about);
  }
}
