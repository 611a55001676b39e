import { type Markup, markup } from '@waybill/markup';
import type { CaughtMail } from '../../mails/caught-mail.ts';
import { count, shortPeople, sizeText, timeOf, timeText } from './words.ts';

/** What the links of the list carry on: which mail is shown, how, and what was searched for. */
export interface Place {
  readonly current: string | undefined;
  readonly query: string;
  readonly view: string | undefined;
}

/** The list, newest first. */
export function mailList(mails: readonly CaughtMail[], place: Place): Markup {
  return markup`<div class="columns" aria-hidden="true"><span>Time</span><span>From</span><span>To</span><span>Subject</span><span></span><span>Size</span></div>
<ol reversed>${mails.toReversed().map((mail) => row(mail, place))}</ol>`;
}

function row(mail: CaughtMail, place: Place): Markup {
  const { id, receivedAt, from, to, envelope, subject, attachments, source, problem } = mail;
  const recipients = envelope.to.map(({ address }) => ({ name: '', address }));
  return markup`<li><a href="${linkTo(id, place)}" data-id="${id}" ${id === place.current && markup`aria-current="true"`}>
${timeOf(receivedAt, timeText(receivedAt))}
<span class="from"><bdi>${shortPeople(from, envelope.from || 'nobody')}</bdi></span>
<span class="to"><bdi>${shortPeople(to, shortPeople(recipients, 'nobody'))}</bdi></span>
<span class="subject">${subject === '' ? markup`<i>no subject</i>` : markup`<bdi>${subject}</bdi>`}</span>
<span class="marks">${problem !== undefined && markup`<span class="mark bad">damaged</span>`}${
    attachments.length > 0 && markup`<span class="mark">${count(attachments.length, 'file')}</span>`
  }</span>
<span class="size">${sizeText(source.byteLength)}</span>
</a></li>
`;
}

function linkTo(id: string, { query, view }: Place): string {
  const parameters = new URLSearchParams();
  if (query !== '') parameters.set('q', query);
  if (view !== undefined) parameters.set('view', view);
  return parameters.size > 0 ? `/mails/${id}?${parameters.toString()}` : `/mails/${id}`;
}
