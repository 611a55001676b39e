import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../src/incoming/messages-in.ts';
import { readMail } from '../../src/incoming/read-mail.ts';
import { attachedMails, nested } from './hostile.ts';
import { mixed, read, wire } from './mail.ts';

describe('a mail over a limit', () => {
  it.each([
    ['WB_EMAIL_MAIL_TOO_LARGE', mixed('\nx'), { total: 20 }],
    ['WB_EMAIL_HEADERS_TOO_LARGE', `Subject: ${'x'.repeat(500)}\n\ny`, { headers: 200 }],
    ['WB_EMAIL_HEADERS_TOO_LARGE', mixed(...Array.from({ length: 50 }, () => 'Subject: x\n\ny')), { headers: 300 }],
    ['WB_EMAIL_TOO_MANY_PARTS', mixed(...Array.from({ length: 50 }, () => '\ny')), { parts: 20 }],
    ['WB_EMAIL_TOO_DEEP', nested(1_000), {}],
    ['WB_EMAIL_TOO_DEEP', attachedMails(1_000), {}],
  ])('is told by %s, and its documents are not handed on', (code, mail, limits) => {
    const tree = readMail(wire(mail), limits);
    expect(tree.defect?.code).toBe(code);
    expect(messagesIn(tree, { take: 'attachments' }).map(({ defect }) => defect?.code)).toEqual([code]);
    expect(messagesIn(tree, { take: 'whole' }).map(({ defect }) => defect?.code)).toEqual([code]);
  });

  it('shows its header all the same', () => {
    expect(readMail(wire(mixed('\nx')), { total: 20 }).fields.map(({ name }) => name)).toEqual(['from', 'message-id', 'content-type']);
    expect(readMail(wire(`From: a@x\nSubject: ${'x'.repeat(500)}\n\n`), { headers: 200 }).fields).toMatchObject([{ name: 'from' }]);
  });

  it('is read up to that place', () => {
    expect(
      readMail(wire(mixed(...Array.from({ length: 50 }, () => '\ny'))), { parts: 20 }).parts.filter(({ marks }) => marks.length === 0),
    ).toHaveLength(19);
  });

  it('shares its limits among the mails that are attached to it, encoded ones too', () => {
    const inner = wire(mixed(...Array.from({ length: 30 }, () => '\ny'))).toString('base64');
    const encoded = `Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${inner}`;
    expect(readMail(wire(mixed(encoded, encoded)), { parts: 50 }).defect?.code).toBe('WB_EMAIL_TOO_MANY_PARTS');
  });

  it('is not one that genuine programs make', () => {
    expect(read(mixed(...Array.from({ length: 5_000 }, () => 'Content-Type: text/xml\n\n<A/>'))).defect).toBeUndefined();
    expect(read(nested(90)).defect).toBeUndefined();
    expect(read(`References: ${'<x@y>\n '.repeat(150_000)}\n\nx`).defect).toBeUndefined();
  });
});

describe('mails that are encoded within each other', () => {
  it('cost no more than what is allowed for one', () => {
    let mail = wire(`Subject: innermost\n\n${'x'.repeat(10_000)}`);
    for (let level = 0; level < 30; level++) {
      mail = Buffer.concat([
        wire('Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n'),
        Buffer.from(mail.toString('latin1').replaceAll('=', '=3D'), 'latin1'),
      ]);
    }
    const tree = readMail(mail, { total: 50_000 });
    let depth = 0;
    for (let part = tree as Pick<typeof tree, 'mail' | 'marks'>; part.mail; part = part.mail) depth++;
    expect(depth).toBeGreaterThan(2);
    expect(depth).toBeLessThan(6);
  });
});
