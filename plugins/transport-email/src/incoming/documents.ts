import { isReportPart } from './automatic.ts';
import type { Part } from './mail-tree.ts';

/**
 * The documents in a mail, in their order: what a business sends. The text that people read first is none, nor are the pictures in it, its other
 * forms, signatures, and what belongs to a report. With `forwarded` those of attached mails are among them.
 */
export function documentsIn(part: Part, forwarded: boolean): readonly Part[] {
  if (part.mail) return forwarded ? documentsIn(part.mail, forwarded) : [];
  switch (part.type) {
    case 'multipart/alternative':
      return alternativeDocuments(part, forwarded);
    case 'multipart/related':
      return relatedDocuments(part, forwarded);
    case 'multipart/signed':
      return part.parts.slice(0, 1).flatMap((each) => documentsIn(each, forwarded));
    case 'multipart/report':
      return [];
  }
  if (part.type.startsWith('multipart/')) return part.parts.flatMap((each) => documentsIn(each, forwarded));
  return isDocument(part) ? [part] : [];
}

/** All of them say the same; some programs put what is attached into the richest one. */
function alternativeDocuments({ parts }: Part, forwarded: boolean): readonly Part[] {
  return parts.flatMap((each) => (each.type.startsWith('multipart/') || isAttached(each) ? documentsIn(each, forwarded) : []));
}

/** What belongs to the first: its pictures and styles. What is said to be an attachment is one all the same, unless it is a picture. */
function relatedDocuments({ parts }: Part, forwarded: boolean): readonly Part[] {
  return parts.flatMap((each, index) => {
    const belongs = index > 0 && (!isAttached(each) || each.type.startsWith('image/'));
    return belongs ? [] : documentsIn(each, forwarded);
  });
}

function isDocument(part: Part): boolean {
  if (isSignature(part.type) || part.type === 'application/applefile' || isReportPart(part)) return false;
  if (isRichText(part) || isAttached(part)) return true;
  if (/^text\/(plain|html|enriched|richtext|calendar)$/.test(part.type))
    return part.fileName !== undefined && part.type !== 'text/calendar';
  // A picture without a word of how to treat it stands below many a letter.
  return !part.type.startsWith('image/');
}

function isAttached(part: Part): boolean {
  return part.disposition === 'attachment';
}

function isSignature(type: string): boolean {
  return /^application\/(pgp-signature|(x-)?pkcs7-signature)$/.test(type);
}

/** Outlook's own form, which only Outlook can open. */
export function isRichText(part: Part): boolean {
  return /^application\/(vnd\.)?ms-tnef$/.test(part.type) || part.fileName?.toLowerCase() === 'winmail.dat';
}

/**
 * What is to be read first: of several forms plain text, else the first that is neither attached nor a picture. What a mail consists of alone
 * is its body, whatever it says of itself.
 */
export function mainBody(mail: Part): Part | undefined {
  return mail.type.startsWith('multipart/') ? bodyOf(mail) : mail;
}

function bodyOf(part: Part): Part | undefined {
  if (part.type === 'multipart/alternative') {
    const forms = part.parts.flatMap((each) => bodyOf(each) ?? []);
    return forms.find(({ type }) => type === 'text/plain') ?? forms[0];
  }
  if (!part.type.startsWith('multipart/')) return isBody(part) ? part : undefined;
  for (const each of part.parts) {
    const found = bodyOf(each);
    if (found) return found;
  }
  return undefined;
}

function isBody(part: Part): boolean {
  return !part.mail && !isAttached(part) && !part.type.startsWith('image/');
}
