import { createPrivateKey } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { signerOf } from '../../src/mail/signing/signer.ts';
import { composed, documentOf } from './rig.ts';

const secret = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]);
const signer = signerOf({
  key: createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' }),
  domain: 'shop.example.com',
  selector: 'wb1',
});

describe('an address with letters outside ASCII before its @', () => {
  it.each([
    ['to', { to: 'Jürgen <jürgen@müller.example>' }],
    ['replyTo', { to: 'a@x.example', replyTo: 'Jürgen <jürgen@müller.example>' }],
  ])('in %s makes a mail that only a server with SMTPUTF8 takes, with the address as it is', async (_, people) => {
    const mail = composed(documentOf({ text: 'x', ...people }), { signer });
    expect(mail.needsUtf8).toBe(true);
    const source = Buffer.from(mail.bytes).toString();
    expect(source).toContain('<jürgen@xn--mller-kva.example>');
    expect(source.endsWith('\r\n\r\nx\r\n')).toBe(true);
    expect((await simpleParser(source)).text).toBe('x\n');
  });

  it('does not keep the mail from those whom every server can serve: a group tells the address in To and Cc', async () => {
    const to = ['a@x.example', 'jürgen@müller.example'];
    const mail = composed(documentOf({ to, cc: 'Jürgen <jürgen@müller.example>', text: 'x' }));
    expect([mail.needsUtf8, mail.recipients.map(({ needsUtf8 }) => needsUtf8)]).toEqual([false, [false, true]]);
    expect(Buffer.from(mail.bytes).every((byte) => byte < 128)).toBe(true);
    const parsed = await simpleParser(Buffer.from(mail.bytes));
    expect([parsed.to, parsed.cc].flat().map((each) => each?.value)).toEqual([
      [
        { address: 'a@x.example', name: '' },
        { name: 'jürgen@xn--mller-kva.example', group: [] },
      ],
      [{ name: 'Jürgen <jürgen@xn--mller-kva.example>', group: [] }],
    ]);
  });

  it('in Bcc needs it for this recipient alone, since no header has it', () => {
    const mail = composed(documentOf({ to: 'a@x.example', text: 'x', bcc: 'jürgen@x.example' }));
    expect([mail.needsUtf8, mail.recipients.map(({ needsUtf8 }) => needsUtf8)]).toEqual([false, [false, true]]);
    expect(Buffer.from(mail.bytes).every((byte) => byte < 128)).toBe(true);
  });

  it('is needed for no domain and no name', () => {
    const mail = composed(documentOf({ to: 'Jürgen <j@müller.example>', text: 'ü', subject: 'ü' }));
    expect(mail.needsUtf8).toBe(false);
    expect(Buffer.from(mail.bytes).every((byte) => byte < 128)).toBe(true);
  });
});
