/** The script of the pages, which work without it, too: what is marked as live renews itself. */
export const script = `'use strict';
let busy = false;
let again = false;

// One at a time; whatever comes in the meantime makes one more.
async function renew() {
  again = true;
  if (busy) return;
  busy = true;
  while (again) {
    again = false;
    try {
      const answer = await fetch(location.href);
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {}
  }
  busy = false;
}

// What somebody is filling in stays as it is.
function show(page) {
  for (const part of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(part.id);
    if (fresh && !part.contains(document.activeElement?.closest('input, select'))) part.replaceChildren(...fresh.childNodes);
  }
}

if (document.querySelector('[data-live]')) new EventSource('/live').onmessage = renew;
document.querySelector('form[data-submit]')?.submit();
`;
