/** The script of the page, which works without it, too: the list renews itself, search answers while one types, and keys move in the list. */
export const script = `'use strict';
const get = (id) => document.getElementById(id);
const search = document.querySelector('.search input');
const isReading = document.body.classList.contains('reading');
let busy = false;
let again = false;

function listAddress() {
  const query = new URLSearchParams();
  const given = new URLSearchParams(location.search);
  for (const name of ['q', 'view']) if (given.has(name)) query.set(name, given.get(name));
  const [, id] = /^\\/mails\\/(\\d+)/.exec(location.pathname) ?? [];
  if (id) query.set('at', id);
  return '/?' + query;
}

// One at a time; whatever comes in the meantime makes one more.
async function renew() {
  again = true;
  if (busy) return;
  busy = true;
  while (again) {
    again = false;
    try {
      const answer = await fetch(listAddress());
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {}
  }
  busy = false;
}

function show(page) {
  const focused = document.activeElement?.dataset?.id;
  for (const id of ['list', 'count']) get(id).replaceChildren(...page.getElementById(id).childNodes);
  if (focused) document.querySelector('#list a[data-id="' + focused + '"]')?.focus({ preventScroll: true });
}

let waiting;
search.addEventListener('input', () => {
  if (isReading) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    history.replaceState(null, '', search.value ? '/?' + new URLSearchParams({ q: search.value }) : '/');
    renew();
  }, 150);
});

function move(step) {
  const links = [...document.querySelectorAll('#list a[data-id]')];
  const here = links.findIndex((link) => (isReading ? link.ariaCurrent === 'true' : link === document.activeElement));
  const next = links[here + step] ?? (here === -1 ? links[0] : undefined);
  if (!next) return;
  if (isReading) location.assign(next.href);
  else next.focus();
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches('input')) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  if (event.key === '/') search.focus();
  else if (event.key === 'j') move(1);
  else if (event.key === 'k') move(-1);
  else return;
  event.preventDefault();
});

document.addEventListener('submit', (event) => {
  const question = event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});

document.querySelector('#list [aria-current]')?.scrollIntoView({ block: 'nearest' });
new EventSource('/live').onmessage = renew;
`;
