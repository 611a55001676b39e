import type { CaughtMail } from '../mails/caught-mail.ts';
import { type Answer, answer, notThere } from './answer.ts';
import { asDownload, safeContentType, safeFileName } from './file-name.ts';

/** Nothing that came with a mail is shown as a page of ours; should a browser do so, it can do nothing there. */
const asNothing = { 'Content-Security-Policy': "default-src 'none'; sandbox" };

/** An attachment, by its place among them from `1` on, to be saved. */
export function attachmentOf({ attachments }: CaughtMail, number: string | undefined): Answer {
  const place = /^\d{1,6}$/.test(number ?? '') ? Number(number) : 0;
  const attachment = attachments[place - 1];
  if (attachment === undefined) return notThere;
  const { name, contentType, content } = attachment;
  const headers = { 'Content-Disposition': asDownload(safeFileName(name, place)), ...asNothing };
  return answer(200, safeContentType(contentType), content, headers);
}

/** The bytes of the whole mail, to be saved. */
export function sourceOf({ id, source }: CaughtMail): Answer {
  return answer(200, 'message/rfc822', source, { 'Content-Disposition': asDownload(`mail-${id}.eml`), ...asNothing });
}
