import { describe, expect, it } from 'vitest';
import { bounceAddressOf, referenceIn } from '../../src/reference.ts';
import { composed, documentOf, headerIn, messageOf, origin, refusal, sourceOf, textOf } from './rig.ts';

const names = ['Auto-Submitted', 'X-Auto-Response-Suppress', 'Precedence', 'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post'];
const headersIn = (source: string) => names.map((name) => headerIn(source, name));

describe('a mail that no person wrote', () => {
  it('says so, and keeps away automatic answers but no bounces', () => {
    expect(headersIn(sourceOf(messageOf()))).toEqual(['auto-generated', 'OOF, AutoReply', undefined, undefined, undefined, undefined]);
  });

  it('says no more than the entry wants', () => {
    expect(headersIn(sourceOf(messageOf(), { entry: { etiquette: { automatic: false } } })).slice(0, 2)).toEqual([undefined, undefined]);
    expect(headersIn(sourceOf(messageOf(), { entry: { etiquette: { suppressReplies: false } } })).slice(0, 2)).toEqual([
      'auto-generated',
      undefined,
    ]);
  });
});

describe('a mail of a list', () => {
  const etiquette = {
    precedence: 'bulk',
    listId: 'news.shop.example.com',
    unsubscribe: { url: 'https://shop.example.com/leave?who={recipient}', mailto: 'leave@shop.example.com' },
  };

  it('says which list, and how to leave it with one click', () => {
    expect(headersIn(sourceOf(documentOf({ text: 'x', to: 'ada+1@mill.example' }), { entry: { etiquette } })).slice(2)).toEqual([
      'bulk',
      '<news.shop.example.com>',
      '<https://shop.example.com/leave?who=ada%2B1%40mill.example>, <mailto:leave@shop.example.com>',
      'List-Unsubscribe=One-Click',
    ]);
  });

  it('has one recipient, since the click ends the subscription of whom its link names', () => {
    const message = documentOf({ text: 'x', to: 'a@x.example', bcc: 'b@x.example' });
    expect(refusal(() => composed(message, { entry: { etiquette } })).code).toBe('WB_EMAIL_ONE_RECIPIENT');
  });

  it('may go to several where one writes to leave it, and says nothing of a click', () => {
    const entry = { etiquette: { unsubscribe: { mailto: 'leave@shop.example.com' } } };
    const source = sourceOf(documentOf({ text: 'x', to: ['a@x.example', 'b@x.example'] }), { entry });
    expect(headersIn(source).slice(4)).toEqual(['<mailto:leave@shop.example.com>', undefined]);
  });

  it('may say itself where its recipient leaves', () => {
    const unsubscribe = { url: 'https://shop.example.com/leave/7f3a' };
    expect(headersIn(sourceOf(documentOf({ text: 'x', unsubscribe }), { entry: { etiquette } }))[4]).toBe(
      '<https://shop.example.com/leave/7f3a>',
    );
  });

  it.each([
    'http://shop.example.com/leave',
    'https://shop.example.com/a b',
    'https://shop.example.com/>,<mailto:x@y',
    'javascript:alert(1)',
    'https://x\r\nBcc: y',
  ])('is refused with the link %j', (url) => {
    expect(refusal(() => composed(documentOf({ text: 'x', unsubscribe: { url } }))).code).toBe('WB_EMAIL_DOCUMENT');
  });
});

describe('the envelope sender', () => {
  it('is an address of its own for each mail where bounces are wanted at a domain', () => {
    const mail = composed(messageOf(), { from: { ...origin, bounces: { domain: 'bounces.example.com' } } });
    expect(mail.sender).toBe(bounceAddressOf(mail.reference, 'bounces.example.com'));
    expect([mail.sender, headerIn(textOf(mail), 'Message-ID')].map((each) => referenceIn(each ?? ''))).toEqual([
      mail.reference,
      mail.reference,
    ]);
  });

  it('is the same for each attempt, another one for each message, and with a key one that nobody guesses', () => {
    const reference = (id: string, key?: string) =>
      composed(messageOf({ id }), { from: key === undefined ? origin : { ...origin, key } }).reference;
    expect(reference('a')).toBe(reference('a'));
    expect(new Set([reference('a'), reference('b'), reference('a', 'k'), reference('a', 'l')]).size).toBe(4);
  });
});

describe('an automatic reply', () => {
  const reply = (to: string) => documentOf({ text: 'Thank you.', to }, { 'auto-submitted': 'auto-replied', 'in-reply-to': '<q@x>' });

  it('says so, and has no envelope sender, so that no answer and no bounce comes', () => {
    const mail = composed(reply('ada@mill.example'), {
      entry: { etiquette: { automatic: false } },
      from: { ...origin, bounces: { domain: 'b.example.com' } },
    });
    expect([mail.sender, headerIn(textOf(mail), 'Auto-Submitted')]).toEqual(['', 'auto-replied']);
  });

  it.each([
    'MAILER-DAEMON@x.example',
    'no-reply@x.example',
    'noreply@x.example',
    'list-request@x.example',
    'owner-list@x.example',
    'a-bounces@x.example',
    'orders@shop.example.com',
  ])('is never sent to %s', (to) => {
    expect(refusal(() => composed(reply(to))).code).toBe('WB_EMAIL_NEVER_ANSWERED');
  });
});
