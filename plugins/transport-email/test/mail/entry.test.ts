import { describe, expect, it } from 'vitest';
import { checkEntry } from '../../src/mail/check-entry.ts';
import { entryOf, origin, refusal } from './rig.ts';

describe('an entry that opens', () => {
  it('is taken where all of it is right', () => {
    const all = {
      sender: 'robot@shop.example.com',
      cc: ['c@x.example'],
      headers: { 'X-Shop': 'Größe' },
      onlyTo: ['*@x.example'],
      etiquette: { listId: 'news.shop.example.com', unsubscribe: { url: 'https://shop.example.com/leave?who={recipient}' } },
    };
    expect(checkEntry(entryOf(all), origin).sender).toBe('robot@shop.example.com');
  });

  it.each([
    ['from', { from: 'Mill, Ada <ada@mill.example>' }, 'WB_EMAIL_ADDRESS'],
    ['several addresses in from', { from: 'a@x.example, b@x.example' }, 'WB_EMAIL_ADDRESS'],
    ['sender', { sender: 'nobody' }, 'WB_EMAIL_ADDRESS'],
    ['to', { to: ['a@x.example', 'b@'] }, 'WB_EMAIL_ADDRESS'],
    ['bcc', { bcc: ['a b@x.example'] }, 'WB_EMAIL_ADDRESS'],
    ['replyTo', { replyTo: ['a;b@x.example'] }, 'WB_EMAIL_ADDRESS'],
    ['a header', { headers: { Subject: 'x' } }, 'WB_EMAIL_HEADER'],
    ['a subject', { subject: 'a\nb' }, 'WB_EMAIL_HEADER'],
    ['an address to write to', { etiquette: { unsubscribe: { mailto: 'nobody' } } }, 'WB_EMAIL_ADDRESS'],
    ['a limit that no mail fits into', { limit: '10B' }, 'WB_EMAIL_TOO_LARGE'],
  ])('is refused for %s', (_, settings, code) => {
    expect(refusal(() => checkEntry(entryOf(settings), origin)).code).toBe(code);
  });
});
