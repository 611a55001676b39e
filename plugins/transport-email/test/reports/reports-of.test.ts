import { describe, expect, it } from 'vitest';
import { readMail } from '../../src/incoming/read-mail.ts';
import { classify } from '../../src/reports/classify.ts';
import { reportsOf } from '../../src/reports/reports-of.ts';
import { wire } from '../incoming/mail.ts';
import { ours, reference, report } from './shapes.ts';

const own = { domain: 'shop.example', bounces: { domain: 'bounce.shop.example' } };
const reportsIn = (mail: string) => {
  const tree = readMail(wire(mail));
  return reportsOf(classify(tree), tree, own);
};

const status = 'Final-Recipient: rfc822;a@x\nAction: failed\nStatus: 5.1.1';
const toUs = `To: b-${reference}@bounce.shop.example\n`;
const aboutOf = (mail: string) => reportsIn(mail)[0]?.about;
/** Nothing in it is ours. */
const bare = (fields: string, { header = '', returned = '' } = {}) =>
  report(fields, { header, returned }).replace(toUs, 'To: orders@shop.example\n');

describe('the reports that a mail makes', () => {
  it('are one for each recipient, in the words of the contract', () => {
    const mail = report(
      `${status}\nDiagnostic-Code: smtp; 550 5.1.1 no\n  such user\n\nFinal-Recipient: rfc822;b@x\nAction: failed\nStatus: 5.2.2\n\nFinal-Recipient: rfc822;c@x\nAction: delayed\n\nFinal-Recipient: rfc822;d@x\nAction: relayed`,
    );
    expect(reportsIn(mail)).toMatchObject([
      { about: reference, kind: 'bounced', permanent: true, recipient: 'a@x', detail: '550 5.1.1 no such user' },
      { about: reference, kind: 'bounced', permanent: false, recipient: 'b@x', detail: '5.2.2 failed' },
      { about: reference, kind: 'delayed', recipient: 'c@x', detail: 'delayed' },
      { about: reference, kind: 'delivered', recipient: 'd@x', detail: 'relayed' },
    ]);
  });

  it('have the same ids whenever the mail is read, and different ones for each recipient and mail', () => {
    const mail = report(`${status}\n\nFinal-Recipient: rfc822;b@x\nAction: failed\nStatus: 5.1.1`);
    const ids = reportsIn(mail).map(({ id }) => id);
    expect(reportsIn(mail.replace('It failed', 'It has failed')).map(({ id }) => id)).toEqual(ids);
    expect(new Set([...ids, ...reportsIn(mail.replace('<r1@', '<r2@')).map(({ id }) => id)]).size).toBe(4);
    const nameless = mail.replace(/^Message-ID:.*\n/m, '');
    expect(reportsIn(nameless).map(({ id }) => id)).not.toEqual(
      reportsIn(nameless.replace('It failed', 'It has failed')).map(({ id }) => id),
    );
  });

  it('of a recipient whom nobody names name nobody', () => {
    const arf = `Message-ID: <1@x>\nContent-Type: multipart/report; boundary=r\n\n--r\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Mail-From: <b-${reference}@bounce.shop.example>\n--r--`;
    const [one, ...others] = reportsIn(arf);
    expect(one).toMatchObject({ about: reference, kind: 'complaint' });
    expect(one).not.toHaveProperty('recipient');
    expect(others).toEqual([]);
  });

  it('of a message are none', () => {
    expect(reportsIn('From: a@x\n\nhello')).toEqual([]);
  });

  it('keep the words of the far side short', () => {
    const [one] = reportsIn(report(`${status}\nDiagnostic-Code: smtp; ${'x'.repeat(5_000)}`));
    expect(one?.detail?.length).toBe(500);
  });
});

describe('the mail that a report is about', () => {
  const other = 'zzzzzzzzzzzzzzzzzzzzzzzzzz';

  it('is found by the envelope id before all else', () => {
    expect(aboutOf(report(`Original-Envelope-Id: wb.${other}\n\n${status}`, { returned: ours() }))).toBe(other);
    expect(aboutOf(bare(`Original-Envelope-Id: wb.${other}+2B1\n\n${status}`))).toBe(other);
  });

  it('is found by the bounce address before the Message-ID', () => {
    expect(aboutOf(report(status, { returned: ours().replace(`<wb.${reference}`, `<wb.${other}`) }))).toBe(reference);
  });

  it('is found by the Message-ID of what came back before those that are answered', () => {
    expect(aboutOf(bare(status, { header: `In-Reply-To: <wb.${other}@shop.example>\n`, returned: ours() }))).toBe(reference);
    expect(aboutOf(bare(status, { header: `In-Reply-To: <wb.${other}@shop.example>\nReferences: <wb.${reference}@shop.example>\n` }))).toBe(
      other,
    );
    expect(aboutOf(bare(`X-Original-Message-ID: <wb.${reference}@shop.example>\n\n${status}`))).toBe(reference);
    expect(aboutOf(bare(status, { header: `References: <1@x> <wb.${reference}@shop.example>\n` }))).toBe(reference);
  });

  it('is not found in words that only look like ours, while there are others', () => {
    const header = 'X-Original-To: b-newsletters2026@mill.example\n';
    expect(aboutOf(bare(status, { header, returned: ours() }))).toBe(reference);
    expect(aboutOf(bare(status, { returned: ours().replace('@shop.example>\n\n', '@former.example>\n\n') }))).toBe(reference);
  });

  it('is known by the id that the relay gave it, where nothing of ours is left', () => {
    const renamed = (id: string, by = '') =>
      ours()
        .replace('with ESMTPS id 4XkQ1v0Lz9', `with ${by || 'ESMTPS id 4XkQ1v0Lz9'}`)
        .replace(/^Message-ID:.*$/m, `Message-ID: ${id}`);
    expect(aboutOf(bare(status, { returned: renamed('<0100018f5c3c0a4f-1b2c3d4e-000000@cloud.example>') }))).toBe(
      '0100018f5c3c0a4f-1b2c3d4e-000000',
    );
    expect(
      aboutOf(bare(status, { returned: renamed('<0100018f5c3c0a4f-1b2c3d4e-5f60-4a1b-8c2d-3e4f5a6b7c8d-000000@email.amazonses.com>') })),
    ).toBe('0100018f5c3c0a4f-1b2c3d4e-5f60-4a1b-8c2d-3e4f5a6b7c8d-000000');
    expect(aboutOf(bare(status, { returned: renamed('<AM0PR01@eurprd.prod.outlook.com>', 'Microsoft SMTP Server id 15.20.8000.1') }))).toBe(
      '<AM0PR01@eurprd.prod.outlook.com>',
    );
    expect(aboutOf(bare(status, { returned: renamed('<new@gateway.example>') }))).toBe('4XkQ1v0Lz9');
    expect(aboutOf(bare(`X-Postfix-Queue-ID: 4XkQ1v0Lz9\n\n${status}`))).toBe('4XkQ1v0Lz9');
  });

  it('is nothing that is known, where the report tells nothing', () => {
    expect(aboutOf(bare(status))).toBe('<r1@mx.relay.example>');
  });
});
