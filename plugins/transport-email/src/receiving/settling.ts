import { mailboxErrors as errors } from '../errors.ts';
import type { Source, Treatment } from '../settings/source.ts';
import { seen } from './flags.ts';
import type { Mailbox } from './mailbox.ts';

/** How mails leave this side. */
export interface Treatments {
  readonly accepted: Treatment;
  readonly rejected: Treatment;
}

/** Throws WB_EMAIL_FOLDER_LOOPS. */
export function treatmentsOf({ done, rejected = done, folders }: Source): Treatments {
  const looping = foldersOf({ accepted: done, rejected }).find((folder) => folders.some((each) => isSameFolder(each, folder)));
  if (looping === undefined) return { accepted: done, rejected };
  throw errors.WB_EMAIL_FOLDER_LOOPS(`Mails of the folder ${looping} would be moved to it again.`);
}

/** The flags that a mail has which is done with and still in its folder. */
export function marksOf({ accepted, rejected }: Treatments): readonly string[] {
  return [...new Set([accepted, rejected].flatMap((each) => markOf(each) ?? []))];
}

/** Sees that mails can be settled so in this folder. Throws WB_EMAIL_KEYWORDS or WB_EMAIL_FOLDER. */
export async function prepareSettling(mailbox: Mailbox, treatments: Treatments): Promise<void> {
  const lost = marksOf(treatments).find((flag) => !mailbox.keeps(flag));
  if (lost !== undefined) throw errors.WB_EMAIL_KEYWORDS(`The folder ${mailbox.folder} does not keep ${lost}.`);
  for (const folder of foldersOf(treatments)) await mailbox.make(folder);
}

/** Mails that are to be treated alike, with one command. */
interface Batch {
  readonly uids: number[];
  readonly done: Promise<void>;
}

/** Settles the mails of one folder. What comes while the server is still busy with the last ones is settled together: its answers take time. */
export class Settler {
  readonly #mailbox: Mailbox;
  readonly #waiting = new Map<string, Batch>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(mailbox: Mailbox) {
    this.#mailbox = mailbox;
  }

  /** Resolves when the server has done it. Throws WB_EMAIL_NOT_SETTLED, or what the mailbox throws. */
  settle(uid: number, treatment: Treatment): Promise<void> {
    const key = JSON.stringify(treatment);
    const batch = this.#waiting.get(key) ?? this.#begin(key, treatment);
    batch.uids.push(uid);
    return batch.done;
  }

  #begin(key: string, treatment: Treatment): Batch {
    const uids: number[] = [];
    const done = this.#last.then(() => {
      this.#waiting.delete(key);
      return apply(this.#mailbox, uids, treatment);
    });
    this.#last = done.catch(() => undefined);
    const batch = { uids, done };
    this.#waiting.set(key, batch);
    return batch;
  }
}

async function apply(mailbox: Mailbox, uids: readonly number[], treatment: Treatment): Promise<void> {
  const mails = `mail ${uids.join(', ')}`;
  const flag = markOf(treatment);
  if (flag !== undefined) return expectDone(await mailbox.mark(uids, flag), mailbox, `mark ${mails} with ${flag}`);
  if (typeof treatment === 'object' && 'folder' in treatment)
    return expectDone(await mailbox.move(uids, treatment.folder), mailbox, `move ${mails} to ${treatment.folder}`);
  expectDone(await mailbox.remove(uids), mailbox, `delete ${mails}`);
}

function expectDone(isDone: boolean, { folder }: Mailbox, what: string): void {
  if (!isDone) throw errors.WB_EMAIL_NOT_SETTLED(`The server does not ${what} in the folder ${folder}.`);
}

function markOf(treatment: Treatment): string | undefined {
  if (treatment === 'seen') return seen;
  return typeof treatment === 'object' && 'keyword' in treatment ? treatment.keyword : undefined;
}

function foldersOf({ accepted, rejected }: Treatments): readonly string[] {
  return [...new Set([accepted, rejected].flatMap((each) => (typeof each === 'object' && 'folder' in each ? [each.folder] : [])))];
}

/** Of all names only that of the inbox has no case (RFC 9051, 5.1). */
function isSameFolder(one: string, other: string): boolean {
  return one === other || [one, other].every((each) => each.toUpperCase() === 'INBOX');
}
