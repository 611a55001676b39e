import { addressesIn } from '../incoming/addresses.ts';
import { autoSubmitted, isFromDaemon, isReport } from '../incoming/automatic.ts';
import { documentsIn } from '../incoming/documents.ts';
import { fieldOf, fieldsOf, type Part } from '../incoming/mail-tree.ts';
import type { Reported } from './classified.ts';
import { wordsOf } from './parts/words.ts';

/**
 * A machine's answer for somebody who is away, or that keeps mails back until a person confirms. Undefined for all else: an automatic mail that
 * answers nothing, and one that carries a document, which systems of partners send as an answer, too, are messages.
 */
export function readAutomaticAnswer(mail: Part): Reported | undefined {
  if (isReport(mail) || isFromDaemon(mail) || !answersByItself(mail) || documentsIn(mail, false).some(isBusiness)) return undefined;
  const from = fieldsOf(mail, 'from').flatMap(({ value }) => addressesIn(value))[0];
  const diagnostic = fieldOf(mail, 'subject')?.text;
  return {
    address: from?.address ?? '',
    kind: 'auto-reply',
    ...(diagnostic && { diagnostic }),
    ...(asksToConfirm(mail) && { challenge: true }),
  };
}

/** It has a mark of automatic answers. Many bounces have one, too. */
export function answersByItself(mail: Part): boolean {
  const answers = fieldOf(mail, 'in-reply-to') !== undefined || fieldOf(mail, 'references') !== undefined;
  const submitted = autoSubmitted(mail);
  if (submitted === 'auto-replied' || mail.fields.some(saysSo)) return true;
  if (fieldsOf(mail, 'precedence').some(({ value }) => /^\s*(junk|auto_?reply)\b/i.test(value))) return true;
  const suppresses = fieldsOf(mail, 'x-auto-response-suppress').some(({ value }) => /\b(all|oof|autoreply)\b/i.test(value));
  if (answers && (suppresses || submitted === 'auto-generated')) return true;
  const subject = fieldOf(mail, 'subject')?.text ?? '';
  return sureSubject.test(subject) || ((answers || submitted !== undefined) && likelySubject.test(subject));
}

function saysSo({ name, value }: { readonly name: string; readonly value: string }): boolean {
  return /^x-(mail-)?(autoreply|autorespond|autoresponder|auto-reply)(-from)?$/.test(name) && !/^\s*(no|false)?\s*$/i.test(value);
}

/** What mail programs put in front of the subject that they answer. */
const sureSubject =
  /^\s*(automatic reply|auto-?reply|out of office (autoreply|reply)|automatische antwort|réponse automatique|respuesta automática|risposta automatica|resposta automática|automatisch antwoord|automatiskt svar|autosvar|odpowiedź automatyczna|自動応答|自动答复)\s*[:：]/i;
/** What people may write, too. */
const likelySubject =
  /\b(out of (the )?office|on vacation|abwesenheitsnotiz|abwesend|absence du bureau|fuera de la oficina|fuori sede|afwezig)/i;

/** Pictures, cards and calendars come with many a signature. */
function isBusiness({ type }: Part): boolean {
  return !/^(image\/|text\/(calendar|html|(x-)?vcard)$|message\/)/.test(type);
}

function asksToConfirm(mail: Part): boolean {
  const text = `${fieldOf(mail, 'subject')?.text ?? ''}\n${wordsOf(mail).slice(0, 5_000)}`;
  const held =
    /\b(is|are|was|has been|being) (being )?(held|quarantined|blocked|kept)\b|to (release|deliver|complete) (it|your|the|this)|wird zurückgehalten|whitelist/i;
  const confirm = /\b(confirm|verif(y|ication)|prove|challenge|bestätigen|captcha)\b/i;
  return held.test(text) && confirm.test(text);
}
