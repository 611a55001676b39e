import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually, expectNoNewHandles, openHandles } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../../../scripts/generate/workspace.ts';
import { catchMails } from '../src/index.ts';
import { senderTo, sendRaw, startCatcher } from './catcher.ts';

describe('a mail that was sent', () => {
  it('is kept with what it says and what SMTP said of it', async () => {
    const catcher = await startCatcher();
    const sender = senderTo(catcher, { auth: { user: 'shop', pass: 'anything' } });
    await sender.sendMail({
      from: 'Kestrel Outdoor <orders@kestrel.test>',
      to: 'Jürgen Müller <juergen@example.test>',
      cc: 'sales@kestrel.test',
      subject: 'Bestätigung 12007 ✓',
      text: 'Danke.',
      html: '<p>Danke.</p>',
      attachments: [{ filename: 'Rechnung Nº 1.pdf', content: Buffer.from([0, 255, 10, 13, 46]), contentType: 'application/pdf' }],
      envelope: { from: 'b-1@bounce.test', to: ['juergen@example.test', 'hidden@kestrel.test'] },
      dsn: { id: 'wb.1', return: 'headers', notify: ['failure', 'delay'], recipient: 'juergen@example.test' },
    });
    const [mail, ...more] = catcher.mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      id: '1',
      envelope: {
        from: 'b-1@bounce.test',
        to: [
          { address: 'juergen@example.test', notify: ['FAILURE', 'DELAY'], original: 'rfc822;juergen@example.test' },
          { address: 'hidden@kestrel.test' },
        ],
        envelopeId: 'wb.1',
        returned: 'HDRS',
        login: 'shop',
        isEncrypted: false,
      },
      from: [{ name: 'Kestrel Outdoor', address: 'orders@kestrel.test' }],
      to: [{ name: 'Jürgen Müller', address: 'juergen@example.test' }],
      cc: [{ name: '', address: 'sales@kestrel.test' }],
      subject: 'Bestätigung 12007 ✓',
      text: 'Danke.',
      html: '<p>Danke.</p>',
      problem: undefined,
    });
    expect(mail?.attachments).toEqual([
      { name: 'Rechnung Nº 1.pdf', contentType: 'application/pdf', contentId: undefined, content: Buffer.from([0, 255, 10, 13, 46]) },
    ]);
    expect(mail?.headers.find(({ name }) => name === 'Message-ID')?.value).toBe(mail?.messageId);
  });

  it('is kept byte for byte', async () => {
    const catcher = await startCatcher();
    const raw = Buffer.from('Subject: =?utf-8?Q?=C3=A4?=\r\nX-Odd:  two  blanks\r\n\r\n..dots\r\n.\r\nbytes: \xe4\xff\r\n', 'latin1');
    await sendRaw(catcher, raw);
    expect(Buffer.from(catcher.mails()[0]?.source ?? [])).toEqual(raw);
  });

  it('is there with all of its attachments when it is told of', async () => {
    const catcher = await startCatcher();
    const sizes: (readonly number[])[] = [];
    catcher.onMail(({ attachments }) => sizes.push(attachments.map(({ content }) => content.byteLength)));
    await sendRaw(catcher, `Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${'QUJD\r\n'.repeat(50_000)}`);
    expect(sizes).toEqual([[150_000]]);
  });

  it('to an address that is not ASCII is taken with SMTPUTF8', async () => {
    const catcher = await startCatcher();
    await senderTo(catcher).sendMail({ from: 'a@b.test', to: 'jürgen@example.test', text: '' });
    expect(catcher.mails()[0]?.envelope).toMatchObject({ to: [{ address: 'jürgen@example.test' }], isUtf8: true });
  });
});

describe('what EHLO tells', () => {
  it('is what the mail catcher can do, and STARTTLS only with a certificate', async () => {
    const { smtpPort } = await startCatcher({ limit: 4_000_000 });
    const said = await greeting(smtpPort);
    for (const ability of ['SIZE 4000000', '8BITMIME', 'SMTPUTF8', 'DSN', 'PIPELINING', 'ENHANCEDSTATUSCODES', 'AUTH PLAIN LOGIN XOAUTH2'])
      expect(said).toMatch(new RegExp(`^250[ -]${ability}\\r$`, 'm'));
    expect(said).not.toContain('STARTTLS');
    const { smtpPort: withCertificate } = await startCatcher({ tls: await certificate() });
    expect(await greeting(withCertificate)).toMatch(/^250[ -]STARTTLS\r$/m);
  });

  it('is true of STARTTLS: a mail comes through it', async () => {
    const catcher = await startCatcher({ tls: await certificate() });
    const sender = senderTo(catcher, { ignoreTLS: false, requireTLS: true, tls: { rejectUnauthorized: false } });
    await sender.sendMail({ to: 'a@b.test', text: 'hi' });
    expect(catcher.mails()[0]?.envelope).toMatchObject({ isEncrypted: true });
  });
});

describe('waiting for a mail', () => {
  it('finds one that is there, and one that comes', async () => {
    const catcher = await startCatcher();
    const later = catcher.waitFor(({ subject }) => subject === 'second');
    await sendRaw(catcher, 'Subject: first\r\n\r\n');
    await sendRaw(catcher, 'Subject: second\r\n\r\n');
    expect((await later).id).toBe('2');
    expect((await catcher.waitFor(({ subject }) => subject === 'first')).id).toBe('1');
  });

  it('says how many came when the right one does not', async () => {
    const catcher = await startCatcher();
    await sendRaw(catcher, 'Subject: first\r\n\r\n');
    const waiting = catcher.waitFor(() => false, { within: 20 });
    await expect(waiting).rejects.toMatchObject({ code: 'WB_CATCHER_NO_MAIL', message: expect.stringContaining('1 mail is kept, of 1') });
  });

  it('ends when the mail catcher is closed', async () => {
    const catcher = await startCatcher();
    const [waited] = await Promise.allSettled([catcher.waitFor(() => false), catcher.close()]);
    expect(waited).toMatchObject({ reason: { code: 'WB_CATCHER_CLOSED' } });
    await expect(catcher.waitFor(() => true)).rejects.toMatchObject({ code: 'WB_CATCHER_CLOSED' });
  });

  it('hands an error of its condition to whoever waits, and the mail is taken all the same', async () => {
    const catcher = await startCatcher();
    const waiting = catcher.waitFor(() => {
      throw new Error('mine');
    });
    const [waited] = await Promise.allSettled([waiting, sendRaw(catcher, 'Subject: first\r\n\r\n')]);
    expect(waited).toMatchObject({ reason: new Error('mine') });
    expect(catcher.mails()).toHaveLength(1);
  });
});

describe('a mail catcher', () => {
  it('tells of each mail as it comes, until it is not asked to any more', async () => {
    const catcher = await startCatcher();
    const seen: string[] = [];
    const stop = catcher.onMail(({ subject }) => seen.push(subject));
    await sendRaw(catcher, 'Subject: a\r\n\r\n');
    catcher.clear();
    stop();
    await sendRaw(catcher, 'Subject: b\r\n\r\n');
    expect(seen).toEqual(['a']);
    expect(catcher.mails().map(({ subject }) => subject)).toEqual(['b']);
  });

  it('leaves nothing open when it is closed, whoever is still connected', async () => {
    const before = openHandles();
    const catcher = await catchMails();
    const socket = connect(catcher.smtpPort, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'data');
    const page = await fetch(new URL('live', catcher.pageUrl));
    await catcher.close();
    await Promise.all([socket.closed || once(socket, 'close'), page.text().catch(() => undefined)]);
    await expectNoNewHandles(before);
    expect(socket.closed).toBe(true);
  });

  it('says which port is in use, and leaves the other one free', async () => {
    const first = await startCatcher();
    const second = catchMails({ smtpPort: 0, pagePort: first.pagePort });
    await expect(second).rejects.toMatchObject({ code: 'WB_CATCHER_PORT_IN_USE', at: `127.0.0.1:${first.pagePort}` });
    await expect(catchMails({ smtpPort: first.smtpPort })).rejects.toMatchObject({
      code: 'WB_CATCHER_PORT_IN_USE',
      message: expect.stringContaining('SMTP'),
    });
  });

  it('says where it cannot listen', async () => {
    await expect(catchMails({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'WB_CATCHER_CANNOT_LISTEN' });
  });

  it.each([{ keep: 0 }, { smtpPort: 70_000 }, { limit: 1.5 }, { keepBytes: Number.NaN }])('refuses %o', async (options) => {
    await expect(catchMails(options)).rejects.toMatchObject({ code: 'WB_CATCHER_BAD_OPTION', at: Object.keys(options)[0] });
  });

  it('goes on when a connection ends in the middle of a mail', async () => {
    const catcher = await startCatcher();
    const socket = connect(catcher.smtpPort, '127.0.0.1').on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    await once(socket, 'data');
    socket.write('EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n');
    let said = '';
    socket.on('data', (part) => (said += String(part)));
    await eventually(() => said.includes('354'), { what: 'DATA to be answered' });
    socket.write('Subject: half\r\n\r\nha');
    socket.destroy();
    await sendRaw(catcher, 'Subject: whole\r\n\r\n');
    expect(catcher.mails().map(({ subject }) => subject)).toEqual(['whole']);
  });
});

/** One that nobody trusts. */
async function certificate(): Promise<{ readonly key: string; readonly cert: string }> {
  const file = (name: string): Promise<string> => readFile(join(root, 'plugins/transport-http/test/fixtures', name), 'utf8');
  return { key: await file('key.pem'), cert: await file('certificate.pem') };
}

/** What the mail catcher says to EHLO. */
async function greeting(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'data');
  let said = '';
  socket.on('data', (part) => (said += String(part)));
  socket.write('EHLO me.test\r\nQUIT\r\n');
  await once(socket, 'close');
  return said;
}
