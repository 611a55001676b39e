import type { Draft } from '@waybill/contract';
import type { NotificationSpec, Person } from '../declaration.ts';
import { errors } from '../errors.ts';
import type { AttachedFile } from './attachments.ts';
import type { InlineImage } from './images.ts';
import type { Writing } from './writing.ts';

/** A notification that is done. */
export interface Composed {
  readonly from: Person | undefined;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly replyTo: readonly Person[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
  readonly images: readonly InlineImage[];
  readonly attachments: readonly AttachedFile[];
  readonly language: string;
  readonly thread: string | undefined;
}

/** The media type of a whole mail as JSON; the email transport describes it. */
export const mailType = 'application/vnd.waybill.mail+json';

export function draftOf(spec: NotificationSpec, composed: Composed, as: Writing['as']): Draft {
  switch (as) {
    case 'mail':
      return { type: spec.name, contentType: mailType, body: JSON.stringify(documentOf(composed)) };
    case 'text':
      return { type: spec.name, contentType: 'text/plain; charset=utf-8', body: composed.text, properties: propertiesOf(composed) };
    case 'html': {
      const body = composed.html;
      if (body === undefined) throw errors.WB_TEMPLATES_FAILED(`${spec.name} has no page of HTML; the entry asks for one.`);
      return { type: spec.name, contentType: 'text/html; charset=utf-8', body, properties: propertiesOf(composed) };
    }
  }
}

/** The keys stand in the order in which people look at mails. What is empty is left out. */
function documentOf({ from, to, cc, bcc, replyTo, subject, text, html, images, attachments, language, thread }: Composed): object {
  const some = <Item>(list: readonly Item[]) => (list.length > 0 ? list : undefined);
  return {
    from,
    to: some(to),
    cc: some(cc),
    bcc: some(bcc),
    replyTo: some(replyTo),
    subject,
    language,
    thread,
    text,
    html,
    images: some(images),
    attachments: some(attachments),
  };
}

function propertiesOf({ from, to, cc, bcc, replyTo, subject, language, thread = '' }: Composed): Readonly<Record<string, string>> {
  const list = (people: readonly Person[]) => people.map(({ address }) => address).join(', ');
  const all = {
    from: from?.address ?? '',
    to: list(to),
    cc: list(cc),
    bcc: list(bcc),
    'reply-to': list(replyTo),
    subject,
    language,
    thread,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
