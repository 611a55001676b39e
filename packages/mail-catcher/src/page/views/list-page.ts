import { type Markup, markup } from '@waybill/markup';
import type { KeptMails } from '../../mails/kept-mails.ts';
import { found } from '../search.ts';
import { layout } from './layout.ts';
import { mailList } from './mail-list.ts';

/** All mails, or those that were searched for. `at` and `view` are what the script asks with, for the list beside a mail. */
export function listPage(kept: KeptMails, parameters: URLSearchParams, smtpPort: number): Markup {
  const query = parameters.get('q') ?? '';
  const mails = found(kept.all(), query);
  const place = { query, current: parameters.get('at') ?? undefined, view: parameters.get('view') ?? undefined };
  const list = mails.length > 0 ? mailList(mails, place) : nothing(query, smtpPort);
  return layout({ title: query === '' ? 'Mail catcher' : `${query} – Mail catcher`, mode: 'listing', query, kept, list });
}

function nothing(query: string, smtpPort: number): Markup {
  if (query !== '') return markup`<div class="nothing"><p>No mail fits <b>${query}</b>.</p><p><a href="/">Show all mails</a></p></div>`;
  return markup`<div class="nothing"><img src="/icon.svg" alt="" width="72" height="72">
<p><b>No mails yet.</b></p>
<p>What is sent by SMTP to port <code>${smtpPort}</code> of this machine appears here, and is delivered to nobody.</p>
</div>`;
}
