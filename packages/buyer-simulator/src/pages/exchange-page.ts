import { type Markup, markup } from '@waybill/markup';
import type { Exchange, Shown } from '../exchanges/exchange.ts';
import { markOf } from './exchange-list.ts';
import { layout } from './layout.ts';
import { prettyXml } from './pretty-xml.ts';
import { notesOf, timeOf } from './words.ts';

/** A document and its answer, with secrets masked. */
export function exchangePage(exchange: Exchange): Markup {
  const { id, at, direction, by, what, method, url, headers, request, answer, took, problem, notes, requisition } = exchange;
  const facts = [
    pair('When', timeOf(at)),
    pair('Way', `${direction}, ${by === 'http' ? 'from program to program' : 'through the browser'}`),
    pair(method, url),
    ...Object.entries(headers).map(([name, value]) => pair(name, value)),
    ...(requisition === undefined ? [] : [pair('Requisition', markup`<a href="/requisitions/${requisition}">${requisition}</a>`)]),
  ];
  const main = markup`<section class="card" id="facts" data-live><h1>${what} ${markOf(exchange)}</h1>
${problem !== undefined && notesOf([problem], 'bad')}${notesOf(notes)}
<dl>${facts}</dl></section>
<div class="split"><section class="card"><h2>${direction === 'sent' ? 'Sent' : 'Received'}</h2>${bodyOf(request)}</section>
<section class="card" id="answer" data-live><h2>Answer${answer && ` (HTTP ${answer.status}${took === undefined ? '' : `, ${took} ms`})`}</h2>
${answer ? bodyOf(answer) : markup`<p class="hint">${problem ?? (by === 'browser' ? 'The browser shows it.' : 'It is awaited.')}</p>`}</section></div>`;
  return layout({ title: `${what} ${id}`, main });
}

function bodyOf({ contentType, text }: Shown): Markup {
  return markup`<p class="hint">${contentType || 'without content type'}</p><pre tabindex="0">${prettyXml(text)}</pre>`;
}

function pair(name: string, value: string | Markup): Markup {
  return markup`<dt>${name}</dt><dd>${value}</dd>\n`;
}
