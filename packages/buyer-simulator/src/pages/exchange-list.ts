import { type Markup, markup } from '@waybill/markup';
import type { Exchange } from '../exchanges/exchange.ts';
import { timeOf } from './words.ts';

/** Documents, newest first, with what became of each. */
export function exchangeList(exchanges: readonly Exchange[]): Markup {
  if (exchanges.length === 0) return markup`<p class="hint">No document was exchanged yet.</p>`;
  return markup`<div class="exchanges">${exchanges.toReversed().map(row)}</div>`;
}

function row({ id, at, direction, by, what, url, took, status, problem, answer, requisition, notes }: Exchange): Markup {
  const way = direction === 'sent' ? '→' : '←';
  const facts = [
    answer && by === 'http' ? `HTTP ${answer.status}` : '',
    took === undefined ? '' : `${took} ms`,
    by === 'browser' ? 'by browser' : '',
  ];
  const place = [requisition, url, ...facts].filter(Boolean).join(' · ');
  return markup`<a href="/exchanges/${id}" data-id="${id}">${timeOf(at)}<span class="way" title="${direction}">${way}</span><b>${what}</b>${markOf({ status, problem, notes })}
<small>${place}</small>${problem !== undefined && markup`<small>${problem}</small>`}</a>`;
}

export function markOf({ status, problem, notes }: Pick<Exchange, 'status' | 'problem' | 'notes'>): Markup {
  const kind = problem !== undefined ? 'bad' : notes.length > 0 ? 'warn' : 'good';
  return markup`<span class="mark ${status === undefined && problem === undefined ? '' : kind}">${status ?? (problem === undefined ? 'on its way' : 'no answer')}</span>`;
}
