import type { CaughtMail } from '../mails/caught-mail.ts';
import type { KeptMails } from '../mails/kept-mails.ts';
import { type Answer, answer, json, notThere, type PageRequest, plain } from './answer.ts';
import { attachmentOf, sourceOf } from './downloads.ts';
import { found } from './search.ts';

/** `/api/…`: for tests in any language. The README tells what there is. */
export function answerPrograms({ method, path, query }: PageRequest, kept: KeptMails): Answer {
  const [what, id, part, number, ...more] = path;
  if (what !== 'mails' || more.length > 0) return json({ error: 'There is no such address.' }, 404);
  if (id === undefined) return answerToAll(method, query, kept);
  const mail = kept.get(id);
  if (mail === undefined) return json({ error: 'There is no such mail, or not any more.' }, 404);
  if (part === undefined && method === 'DELETE') {
    kept.delete(id);
    return done;
  }
  if (method !== 'GET') return notAllowed(part === undefined ? 'GET, HEAD, DELETE' : 'GET, HEAD');
  if (part === undefined) return json({ ...summaryOf(mail), ...contentOf(mail) });
  if (part === 'source' && number === undefined) return sourceOf(mail);
  return part === 'attachments' ? attachmentOf(mail, number) : notThere;
}

function answerToAll(method: string, query: URLSearchParams, kept: KeptMails): Answer {
  switch (method) {
    case 'GET':
      return json({ received: kept.received, mails: found(kept.all(), query.get('q') ?? '').map(summaryOf) });
    case 'DELETE':
      kept.clear();
      return done;
    default:
      return notAllowed('GET, HEAD, DELETE');
  }
}

const done = answer(204, 'text/plain', '');

export function notAllowed(allow: string): Answer {
  return plain(405, `Only ${allow} can be used here.`, { Allow: allow });
}

function summaryOf(mail: CaughtMail): object {
  const { id, receivedAt, envelope, from, to, cc, replyTo, subject, date, messageId, attachments, source, problem } = mail;
  return {
    id,
    receivedAt: new Date(receivedAt).toISOString(),
    envelope,
    from,
    to,
    cc,
    replyTo,
    subject,
    date: date === undefined ? undefined : new Date(date).toISOString(),
    messageId,
    size: source.byteLength,
    attachments: attachments.map(({ name, contentType, contentId, content }) => ({
      name,
      contentType,
      contentId,
      size: content.byteLength,
    })),
    problem,
  };
}

function contentOf({ headers, text, html }: CaughtMail): object {
  return { headers, text, html };
}
