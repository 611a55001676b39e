import { describe, expect, it } from 'vitest';
import { people } from './people.ts';
import { classified, reference } from './shapes.ts';

describe('a mail of people', () => {
  it.each(Object.entries(people))('is a message: %s', (_, mail) => {
    expect(classified(mail)).toEqual({ kind: 'message', recipients: [], original: {} });
  });
});

describe('an automatic answer', () => {
  const answer = (fields: string, text = 'I am away.') => classified(`From: Ada <ada@mill.example>\n${fields}\n\n${text}`);
  const threaded = `In-Reply-To: <wb.${reference}@shop.example>`;

  it.each([
    ['Auto-Submitted: auto-replied'],
    ['Auto-Submitted: Auto-Replied (vacation); owner=x'],
    ['X-Autoreply: yes'],
    ['X-Autorespond: Your order'],
    ['X-Mail-Autoreply: 1'],
    ['Precedence: auto_reply'],
    ['Precedence: junk'],
    [`X-Auto-Response-Suppress: All\n${threaded}`],
    [`Auto-Submitted: auto-generated\nReferences: <1@x>`],
    ['Subject: Automatic reply: Your order'],
    ['Subject: =?utf-8?Q?R=C3=A9ponse_automatique_=3A_x?='],
    ['Subject: Automatische Antwort: Your order'],
    [`Subject: Re: Your order [Abwesenheitsnotiz]\n${threaded}`],
    ['Return-Path: <>\nAuto-Submitted: auto-replied (vacation)'],
  ])('is known by %s', (fields) => {
    expect(answer(fields)).toMatchObject({ kind: 'auto-reply', recipients: [{ address: 'ada@mill.example' }] });
  });

  it.each([
    ['X-Autoreply: no'],
    ['Auto-Submitted: auto-generated'],
    ['X-Auto-Response-Suppress: All'],
    ['Precedence: bulk'],
    ['Subject: Re: out of office supplies'],
  ])('is not known by %s', (fields) => {
    expect(answer(fields).kind).toBe('message');
  });

  it('names the mail that it answers', () => {
    expect(answer(`Auto-Submitted: auto-replied\n${threaded}`).original.messageId).toBe(`<wb.${reference}@shop.example>`);
  });

  it('is no bounce, whatever it says and although nobody is its sender', () => {
    expect(answer('Return-Path: <>\nAuto-Submitted: auto-replied', 'ada@mill.example:\n550 5.1.1 has left. Tel. 550 5.1.1').kind).toBe(
      'auto-reply',
    );
  });

  it('is no bounce of the deputy whom it names', () => {
    const text = 'I am away.\nYour message could not be delivered to my deputy, please write to:\n\n  bob@mill.example\n';
    expect(answer('Return-Path: <>\nAuto-Submitted: auto-replied (vacation)', text)).toMatchObject({
      kind: 'auto-reply',
      recipients: [{ address: 'ada@mill.example' }],
    });
  });

  it('that keeps our mail back is marked', () => {
    const text = 'Your message is being held.\nTo release it, confirm that you are a person: https://x';
    expect(answer('Auto-Submitted: auto-replied', text).recipients[0]?.challenge).toBe(true);
    expect(answer('Auto-Submitted: auto-replied').recipients[0]?.challenge).toBeUndefined();
  });

  it('may come with pictures and cards, and not with documents', () => {
    const mail = (type: string) =>
      classified(
        `From: a@x\nAuto-Submitted: auto-replied\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\naway\n--m\nContent-Type: ${type}\nContent-Disposition: attachment; filename=f\n\nx\n--m--`,
      ).kind;
    expect(['image/png', 'text/vcard', 'text/calendar'].map(mail)).toEqual(['auto-reply', 'auto-reply', 'auto-reply']);
    expect(['application/xml', 'text/plain', 'application/pdf'].map(mail)).toEqual(['message', 'message', 'message']);
  });
});
