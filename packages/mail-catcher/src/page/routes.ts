import type { CaughtMail } from '../mails/caught-mail.ts';
import type { KeptMails } from '../mails/kept-mails.ts';
import { type Answer, answer, elsewhere, notThere, type PageRequest, page } from './answer.ts';
import { answerPrograms, notAllowed } from './api.ts';
import { attachmentOf, sourceOf } from './downloads.ts';
import { frameOf } from './frame.ts';
import { icon } from './views/icon.ts';
import { listPage } from './views/list-page.ts';
import { gonePage, mailPage } from './views/mail-page.ts';
import { script } from './views/script.ts';
import { style } from './views/style.ts';

/** Answers everything but the live part. */
export function answerPage(request: PageRequest, kept: KeptMails, smtpPort: number): Answer {
  const [first, ...rest] = request.path;
  switch (first) {
    case undefined:
      return onlyGet(request, () => page(listPage(kept, request.query, smtpPort)));
    case 'api':
      return answerPrograms({ ...request, path: rest }, kept);
    case 'mails':
      return answerMail({ ...request, path: rest }, kept);
    case 'delete':
      return onlyPost(request, () => {
        kept.clear();
        return elsewhere('/');
      });
    default:
      return file(request) ?? notThere;
  }
}

function answerMail(request: PageRequest, kept: KeptMails): Answer {
  const [id = '', part, number, ...more] = request.path;
  const mail = kept.get(id);
  if (mail === undefined || more.length > 0) return page(gonePage(kept, request.query), 404);
  if (part === 'delete')
    return onlyPost(request, () => {
      kept.delete(id);
      return elsewhere('/');
    });
  return onlyGet(request, () => partOf(mail, part, number, request.query, kept));
}

function partOf(mail: CaughtMail, part: string | undefined, number: string | undefined, query: URLSearchParams, kept: KeptMails): Answer {
  if (part === 'attachments') return attachmentOf(mail, number);
  if (number !== undefined) return notThere;
  switch (part) {
    case undefined:
      return page(mailPage(mail, kept, query));
    case 'html':
      return frameOf(mail, query.has('remote'));
    case 'source':
      return sourceOf(mail);
    default:
      return notThere;
  }
}

/** What the page is made of beside itself. */
function file(request: PageRequest): Answer | undefined {
  if (request.path.length > 1) return undefined;
  const files: Readonly<Record<string, readonly [contentType: string, body: string]>> = {
    'style.css': ['text/css; charset=utf-8', style],
    'script.js': ['text/javascript; charset=utf-8', script],
    'icon.svg': ['image/svg+xml', icon],
  };
  const [name = ''] = request.path;
  const known = Object.hasOwn(files, name) ? files[name] : undefined;
  return known && onlyGet(request, () => answer(200, ...known));
}

function onlyGet({ method }: PageRequest, make: () => Answer): Answer {
  return method === 'GET' ? make() : notAllowed('GET, HEAD');
}

function onlyPost({ method }: PageRequest, make: () => Answer): Answer {
  return method === 'POST' ? make() : notAllowed('POST');
}
