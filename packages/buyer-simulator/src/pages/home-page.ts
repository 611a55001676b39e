import { type Markup, markup } from '@waybill/markup';
import { profiles } from '../profiles/profiles.ts';
import { answers, type BuyerManners } from '../requisitions/manners.ts';
import type { Requisition } from '../requisitions/requisition.ts';
import type { BuyerState } from '../server/buyer-state.ts';
import { exchangeList } from './exchange-list.ts';
import { layout } from './layout.ts';
import { count, stateOf, timeOf } from './words.ts';

/** Where somebody begins to shop, and sees what has happened. */
export function homePage(state: BuyerState): Markup {
  const { requisitions, exchanges, manners } = state;
  const main = markup`<section class="card"><h1>Shop</h1>${shoppingForm(state)}</section>
<div class="split"><section class="card"><h2>Requisitions</h2><div id="requisitions" data-live>${requisitionTable(requisitions.all())}</div></section>
<section class="card"><h2>Documents</h2><div id="exchanges" data-live>${exchangeList(exchanges.all().slice(-100))}</div></section></div>
<section class="card"><h2>How it answers</h2>${mannersForm(manners)}</section>`;
  const documents = count(exchanges.count, 'document');
  return layout({ title: 'Start', state: markup`${documents}`, main });
}

function shoppingForm({ shop = '', profile }: BuyerState): Markup {
  const names = profiles.map(({ name, title }) => option(name, title, name === profile.name));
  const openings = [
    ['', 'as the profile has it'],
    ['top', 'in the whole window'],
    ['frame', 'in a frame'],
    ['sandbox', 'in a sandboxed frame'],
  ] as const;
  return markup`<form method="post" action="/shop"><div class="fields">
<label class="wide">Address of the shop<input name="shop" type="url" required value="${shop}" placeholder="https://shop.example/cxml"></label>
<label>Procurement system<select name="profile">${names}</select></label>
<label>Opened<select name="opening">${openings.map(([value, text]) => option(value, text, value === ''))}</select></label>
<label>Part to show first<input name="selected" placeholder="none"></label>
</div><p class="hint">${profile.title}: ${profile.remark}</p>
<div class="actions"><button class="main">Shop</button><button formaction="/ask">Ask what it takes</button></div></form>`;
}

function option(value: string, text: string, isChosen: boolean): Markup {
  return markup`<option value="${value}" ${isChosen && markup`selected`}>${text}</option>`;
}

function requisitionTable(all: readonly Requisition[]): Markup {
  if (all.length === 0) return markup`<p class="hint">Nothing was bought yet.</p>`;
  const rows = all.toReversed().map((one) => {
    const { id, at, profile, lines, total } = one;
    const sum = total ? `${total.amount} ${total.currency}` : '';
    return markup`<tr><td><a href="/requisitions/${id}">${id}</a></td><td>${timeOf(at)}</td><td>${profile.title}</td><td>${stateOf(one)}</td>
<td class="number">${count(lines.length, 'line')}</td><td class="number">${sum}</td></tr>`;
  });
  return markup`<div class="scroll"><table><tbody>${rows}</tbody></table></div>`;
}

function mannersForm({ answer, answerDelay, cartDelay }: BuyerManners): Markup {
  const texts: Readonly<Record<BuyerManners['answer'], string>> = {
    ok: '200 OK',
    queued: '201 Accepted',
    refused: '406 Not Acceptable',
    temporary: '560 Temporary Server Error',
    invalid: 'a page instead of cXML',
    'http-refused': '403, in HTTP, too',
    'http-failing': '500, with HTTP 503',
  };
  return markup`<form method="post" action="/manners"><div class="fields">
<label>Documents of the shop are answered with<select name="answer">${answers.map((one) => option(one, texts[one], one === answer))}</select></label>
<label>after so many seconds<input name="answerDelay" inputmode="decimal" value="${answerDelay / 1_000}"></label>
<label>Carts after so many seconds<input name="cartDelay" inputmode="decimal" value="${cartDelay / 1_000}"></label>
</div><div class="actions"><button>From now on</button></div></form>`;
}
