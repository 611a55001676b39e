import { mailboxErrors as errors } from '../errors.ts';
import type { Source, Treatment } from '../settings/source.ts';
import { type Mailbox, seen } from './mailbox.ts';

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

/** Throws WB_EMAIL_NOT_SETTLED, or what the mailbox throws. */
export async function settle(mailbox: Mailbox, uid: number, treatment: Treatment): Promise<void> {
  const flag = markOf(treatment);
  if (flag !== undefined) return expectDone(await mailbox.mark(uid, flag), mailbox, `mark mail ${uid} with ${flag}`);
  if (typeof treatment === 'object' && 'folder' in treatment)
    return expectDone(await mailbox.move(uid, treatment.folder), mailbox, `move mail ${uid} to ${treatment.folder}`);
  expectDone(await mailbox.remove(uid), mailbox, `delete mail ${uid}`);
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
