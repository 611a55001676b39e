import { addressesIn } from '../incoming/addresses.ts';
import { autoSubmitted, hasEmptySender, isFromDaemon } from '../incoming/automatic.ts';
import { type Field, fieldOf, type MailTree, type Part, partsOf } from '../incoming/mail-tree.ts';
import { readAutomaticAnswer } from './automatic-answer.ts';
import { type Classified, onceEach, type Reported, type ReportedKind, worstOf } from './classified.ts';
import { isDeliveryStatus, readDeliveryStatus } from './delivery-status.ts';
import { readInformal } from './informal.ts';
import { onlyRecipient, originalOf, returnedWith } from './original.ts';
import { readComplaint, readDisposition } from './other-reports.ts';
import { isLikely } from './parts/typed-address.ts';
import { paragraphsByAddress, wordsOf } from './parts/words.ts';

const message: Classified = { kind: 'message', recipients: [], original: {} };

/**
 * What a mail is, of whom, and about which mail of ours (reference/email.md, section 8). Structure decides first: the parts that only reports have.
 * Then the forms of systems that write text, then the marks of automatic answers. All else is a message, also what a person quotes or
 * forwards: attached mails are not looked into.
 */
export function classify(mail: MailTree): Classified {
  return structured(mail) ?? informal(mail) ?? automatic(mail) ?? message;
}

function structured(mail: MailTree): Classified | undefined {
  if (!isSentAsReport(mail)) return undefined;
  const parts = partsOf(mail);
  const returned = returnedWith(mail);
  const complaint = parts.filter(({ type }) => type === 'message/feedback-report').flatMap((part) => readComplaint(part) ?? [])[0];
  if (complaint) return classified(mail, complaint.fields, complaint.recipients, returned, complaint.kind);
  const read = parts.find(({ type }) => /^message\/(global-)?disposition-notification$/.test(type));
  if (read) {
    const { fields, recipients, kind } = readDisposition(read, addressesIn(fieldOf(mail, 'from')?.value ?? '')[0]?.address);
    return classified(mail, fields, recipients, returned, kind);
  }
  const paragraphOf = paragraphsByAddress(wordsOf(mail));
  const statuses = parts.filter(isDeliveryStatus).map((part) => readDeliveryStatus(part, (address) => paragraphOf(address)?.words));
  const recipients = statuses.flatMap((status) => status.recipients);
  if (recipients.length === 0) return undefined;
  return classified(
    mail,
    statuses.flatMap(({ fields }) => fields),
    recipients,
    returned,
  );
}

/**
 * A person's program can put the parts of a bounce that is forwarded into a mail of its own. So such parts count in a multipart/report, and
 * elsewhere when a machine has sent the mail.
 */
function isSentAsReport(mail: MailTree): boolean {
  if (mail.type === 'multipart/report' || hasEmptySender(mail) || fieldOf(mail, 'x-failed-recipients') !== undefined) return true;
  const submitted = autoSubmitted(mail);
  return (submitted !== undefined && submitted !== 'no') || isFromDaemon(mail);
}

function informal(mail: MailTree): Classified | undefined {
  const found = readInformal(mail);
  return found && classified(mail, [], found.recipients, found.returned);
}

function automatic(mail: MailTree): Classified | undefined {
  const answer = readAutomaticAnswer(mail);
  return answer && classified(mail, [], [answer], undefined, 'auto-reply');
}

/** Where nobody is named by an address, it is the only recipient of the mail that came back. */
function classified(
  mail: MailTree,
  told: readonly Field[],
  reported: readonly Reported[],
  returned: Part | undefined,
  kind?: ReportedKind,
): Classified {
  const worst = kind ?? worstOf(reported.map((each) => each.kind)) ?? 'bounce-soft';
  const named = onceEach(reported.filter(({ address }) => isLikely(address)));
  const only = named.length === 0 ? onlyRecipient(returned) : undefined;
  const recipients = only === undefined || /redacted/i.test(only) ? named : [{ kind: worst, ...reported[0], address: only }];
  return { kind: worst, recipients, original: originalOf(mail, told, returned) };
}
