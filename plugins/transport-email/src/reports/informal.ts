import { addressesIn } from '../incoming/addresses.ts';
import { hasEmptySender, isFromDaemon } from '../incoming/automatic.ts';
import { fieldOf, fieldsOf, type Part } from '../incoming/mail-tree.ts';
import { readMail } from '../incoming/read-mail.ts';
import { referenceIn } from '../reference.ts';
import { answersByItself } from './automatic-answer.ts';
import type { Reported } from './classified.ts';
import { onlyRecipient, returnedWith } from './original.ts';
import { codesIn } from './parts/codes.ts';
import { hardnessOf } from './parts/hardness.ts';
import { type Paragraph, paragraphsByAddress, paragraphsIn, wordsOf } from './parts/words.ts';

/** A bounce that no machine-readable part describes. */
export interface Informal {
  readonly recipients: readonly Reported[];
  readonly returned: Part | undefined;
}

/**
 * A report of a system that writes text only. It is one when both hold: a machine sent it (nobody is its sender and it is no automatic answer, a
 * mailer daemon or a postmaster is, it lists failed recipients in its header, or a mail of ours came back with it), and its text has a form that
 * such systems write and names a recipient. Codes alone are no sign. Where only the mail that came back speaks for it, the form has to begin the
 * text and to tell a reason, and the mail has to have gone to those whom it names: people forward bounces.
 */
export function readInformal(mail: Part): Informal | undefined {
  const { told, copy } = withoutCopy(wordsOf(mail));
  const returned = returnedWith(mail) ?? (copy === undefined ? undefined : readMail(Buffer.from(copy, 'utf8')));
  const listed = fieldsOf(mail, 'x-failed-recipients').flatMap(({ value }) => addressesIn(value));
  const isStrong = isFromDaemon(mail) || listed.length > 0 || (hasEmptySender(mail) && (isOurs(returned) || !answersByItself(mail)));
  if (!isStrong && (!isOurs(returned) || isForwarded(mail, told) || !beginsWithForm(told))) return undefined;
  if (!hasForm(told) && listed.length === 0) return undefined;
  const paragraphs = paragraphsFor(
    told,
    listed.map(({ address }) => address),
    isStrong ? onlyRecipient(returned) : undefined,
  );
  if (paragraphs.length === 0 || (!isStrong && !paragraphs.every((each) => tellsReason(each) && wentTo(returned, each)))) return undefined;
  const delayed = isWarning(told);
  return { recipients: paragraphs.map((each) => reportedIn(each, delayed)), returned };
}

/** The lines behind which systems put the mail that they could not deliver. */
const copyLine =
  /^-{2,}[ \t]*(?:below this line is a copy|this is a copy of|original message follows|returned message|unsent message|message headers? follows?|undelivered message|the (?:body|headers?) of the (?:original )?message)[^\n]*$/im;

function withoutCopy(text: string): { readonly told: string; readonly copy: string | undefined } {
  const line = copyLine.exec(text);
  if (!line) return { told: text, copy: undefined };
  return { told: text.slice(0, line.index), copy: text.slice(line.index + line[0].length).trimStart() };
}

/** How such texts begin, by system: qmail, Exim, Postfix, Sendmail, Exchange and Outlook, Domino, gateways. */
const forms = [
  String.raw`hi\. this is the qmail-send program`,
  String.raw`this message was created automatically by (mail delivery software|the mail system)`,
  String.raw`this is the (mail system|postfix program|mail delivery agent) at `,
  String.raw`-{3,} the following addresses had (permanent|transient)`,
  String.raw`(your message\s.{0,600}?)?did not reach (some or all of )?the (following|intended) recipient`,
  String.raw`was not delivered to:`,
  String.raw`delivery (has failed )?to (these|the following) recipients?( or groups?| has been delayed| failed)?`,
  String.raw`(your|a|the) (message|mail|e-?mail)( that you sent)?( to .{1,200}?)? (could not|couldn't|cannot|can't|was not|has not yet been|has not been) (be )?(delivered|sent)`,
  String.raw`(i'm|i am|we are|we're) (sorry|afraid)[^\n]{0,100}(deliver|returned)`,
  String.raw`the following (message|address|recipient)[^\n]{0,100}(fail|undeliver|not be delivered|rejected)`,
  String.raw`(this is an automatically generated )?(delivery status notification|non-delivery report)`,
  String.raw`(ihre|die|eine) (nachricht|e-?mail|mail)[^\n]{0,200}(nicht zugestellt|unzustellbar)|fehler bei der nachrichtenzustellung`,
  String.raw`(votre|le) message[^\n]{0,200}(n'a pas pu être|non remis)`,
].join('|');
const form = new RegExp(String.raw`^[ \t*]{0,8}(?:${forms})`, 'ims');
const formAtStart = new RegExp(String.raw`^(?:[^\n]{0,200}\n){0,3}?[ \t*]{0,8}(?:${forms})`, 'is');

function hasForm(text: string): boolean {
  return form.test(text.slice(0, 20_000));
}

function beginsWithForm(text: string): boolean {
  return formAtStart.test(text.trimStart().slice(0, 2_000));
}

function isOurs(returned: Part | undefined): boolean {
  return returned !== undefined && referenceIn(fieldOf(returned, 'message-id')?.value ?? '') !== undefined;
}

/** As people's programs mark it. */
function isForwarded(mail: Part, told: string): boolean {
  const subject = fieldOf(mail, 'subject')?.text ?? '';
  return (
    /^\s*(fwd?|wg|tr|rv|i|re|aw|sv|antw)\s*:/i.test(subject) ||
    /^[ \t]*(>|-{2,}[ \t]*(original|forwarded|ursprüngliche|weitergeleitete)|begin forwarded)/im.test(told)
  );
}

function paragraphsFor(told: string, listed: readonly string[], only: string | undefined): readonly Paragraph[] {
  if (listed.length > 0) {
    const paragraphOf = paragraphsByAddress(told);
    return listed.map((address) => paragraphOf(address) ?? { address, words: listed.length === 1 ? told : '' });
  }
  const named = paragraphsIn(told);
  if (named.length > 0) return named.length > 1 ? named : named.map((each) => inWholeText(each, told));
  return only === undefined ? [] : [{ address: only, words: told }];
}

/** Of a lone recipient all that is told, where the lines below it give no code: some systems tell the reason further down. */
function inWholeText(paragraph: Paragraph, told: string): Paragraph {
  const { words } = paragraph;
  const { basic, enhanced } = codesIn(words);
  return { ...paragraph, words: (basic ?? enhanced) ? words : `${words} ${told.replaceAll(/\s+/g, ' ')}`.trim() };
}

function tellsReason({ words }: Paragraph): boolean {
  const { basic, enhanced } = codesIn(words);
  return (
    basic !== undefined ||
    enhanced !== undefined ||
    hardnessOf({ diagnostic: words, status: undefined, words: undefined }).kind === 'bounce-hard'
  );
}

/** Nothing is decided: the system says that it goes on trying. */
function isWarning(told: string): boolean {
  const text = told.slice(0, 20_000);
  if (/permanent (error|failure|fatal)|giv(en|ing) up|gave up/i.test(text)) return false;
  return /warning( message)? only|has not yet been delivered|still (being )?(retried|undelivered|trying)|will (be retried|(continue|keep|go on)( to)?( be)? (try|retry|retried))|delivery attempts will continue|no action is required|has been delayed/i.test(
    text,
  );
}

function wentTo(returned: Part | undefined, { address }: Paragraph): boolean {
  const recipients = ['to', 'cc'].flatMap((name) => (returned ? fieldsOf(returned, name).flatMap(({ value }) => addressesIn(value)) : []));
  return recipients.some((each) => each.address.toLowerCase() === address.toLowerCase());
}

function reportedIn({ address, final, words }: Paragraph, delayed: boolean): Reported {
  const diagnostic = words.slice(0, 2_000);
  const { basic, enhanced } = codesIn(diagnostic);
  const code = enhanced ?? basic;
  const told = { ...(final !== undefined && { final }), ...(diagnostic !== '' && { diagnostic }) };
  if (delayed) return { address, kind: 'delayed', ...(code !== undefined && { status: code }), ...told };
  const { status, ...hardness } = hardnessOf({ diagnostic, status: undefined, words: undefined });
  return { address, ...hardness, ...(status !== undefined && { status }), ...told };
}
