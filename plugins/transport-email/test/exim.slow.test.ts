import { eventually } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Exim, hasExim } from '../../../test/vehicles/exim.ts';
import { messageFor, senderTo, sendTo } from './post-office.ts';
import { type ScriptServer, startScript } from './script-server.ts';

const certificate = new URL('../../transport-http/test/fixtures/certificate.pem', import.meta.url).pathname;
const key = new URL('../../transport-http/test/fixtures/key.pem', import.meta.url).pathname;
const unchecked =
  'whether a real mail server takes our mails, by TLS, with a password, for many recipients and with orders for reports, was not tried';

function atExim(register: () => void): void {
  if (hasExim(unchecked)) return register();
  describe('without Exim', () => {
    it(`is left out: ${unchecked}`, () => {
      expect(hasExim(unchecked)).toBe(false);
    });
  });
}

atExim(() => {
  let exim: Exim;
  let next: ScriptServer;
  beforeAll(async () => {
    next = await startScript({ sessions: [{}] });
    exim = await Exim.start({ certificate, key, next: next.port });
  }, 120_000);
  afterAll(async () => {
    await exim?.end();
    await next?.close();
  });

  const relay = (more: object = {}) => ({
    host: 'localhost',
    port: exim.port,
    tls: { ca: certificate },
    auth: { password: { user: 'shop', password: 'secret' } },
    ...more,
  });
  const arrived = (part: string) =>
    eventually(async () => (await exim.mails()).find((mail) => mail.includes(part)), { what: `the mail with ${part}`, within: 30_000 });

  describe('Exim', () => {
    it('takes a mail over TLS and with a password, and what it calls it is on the receipt', async () => {
      const message = messageFor(['ada@example.test'], 'x'.repeat(3_000));
      const sender = await senderTo(relay());
      const { id, recipients } = await sender.send(message, { signal: new AbortController().signal });
      expect(recipients).toMatchObject([{ address: 'ada@example.test', outcome: 'sent' }]);
      const [reference = ''] = sender.references?.(message) ?? [];
      const mail = await arrived(`<wb.${reference}@shop.example.test>`);
      expect(mail).toContain(`id ${id}`);
      expect(mail).toMatch(/with esmtpsa/i);
      expect(mail).toContain(Buffer.from('x'.repeat(57)).toString('base64'));
    });

    it('says of each recipient what it does with it', async () => {
      const sender = await senderTo(relay());
      const { recipients } = await sendTo(sender, ['nobody@example.test', 'ada@example.test', 'later@example.test']);
      expect(recipients).toMatchObject([
        { address: 'nobody@example.test', outcome: 'refused', detail: '550 5.1.1 no such user' },
        { address: 'ada@example.test', outcome: 'sent' },
        { address: 'later@example.test', outcome: 'later', retryAfter: 300_000 },
      ]);
    });

    it('refuses a mail, after which the same connection takes the next one', async () => {
      const sender = await senderTo(relay());
      const unwanted = { ...messageFor(['ada@example.test']), type: 'unwanted' };
      const sending = sender.send(unwanted, { signal: new AbortController().signal });
      await expect(sending).rejects.toMatchObject({ code: 'WB_EMAIL_REFUSED', outcome: 'refused' });
      await expect(sendTo(sender, ['ada@example.test'])).resolves.toBeDefined();
      await expect(sendTo(sender, ['nobody@example.test'])).rejects.toMatchObject({ outcome: 'refused' });
      await expect(sendTo(sender, ['ada@example.test'])).resolves.toBeDefined();
    });

    it('does not get a mail that is larger than it says it takes', async () => {
      const sender = await senderTo(relay());
      const sending = sendTo(sender, ['ada@example.test'], new Uint8Array(6_000_000));
      await expect(sending).rejects.toMatchObject({ outcome: 'refused', message: expect.stringMatching(/server takes 5242880/) });
    });

    it('takes a mail of some megabytes whole', async () => {
      const body = Buffer.alloc(3_000_000, 'line of a file\n');
      const message = messageFor(['big@example.test'], body);
      const sender = await senderTo(relay());
      await sender.send(message, { signal: new AbortController().signal });
      const mail = await arrived(`wb.${sender.references?.(message)[0]}@`);
      const [, text = ''] = mail.split(/\n\r?\n/, 2);
      expect(Buffer.from(text, 'base64').equals(body)).toBe(true);
    });

    it('takes an address with letters outside ASCII', async () => {
      const message = messageFor(['jürgen@example.test']);
      const sender = await senderTo(relay());
      await sender.send(message, { signal: new AbortController().signal });
      expect(await arrived(`wb.${sender.references?.(message)[0]}@`)).toContain('Envelope-to: jürgen@example.test');
    });

    it('hands on who is to be told of what became of it', async () => {
      const message = messageFor(['bob+orders@mill.example']);
      const post = { bounces: { domain: 'bounces.example.test' } };
      const sender = await senderTo(relay(), { post, target: { notify: ['failure', 'success'], ret: 'full' } });
      const [reference = ''] = sender.references?.(message) ?? [];
      await sender.send(message, { signal: new AbortController().signal });
      const commands = await eventually(
        () => next.seen.find(({ commands: said }) => said.some((line) => line.includes(reference)))?.commands,
        {
          what: 'the mail to be handed on',
          within: 30_000,
        },
      );
      expect(commands.find((line) => line.startsWith('MAIL'))).toMatch(`FROM:<b-${reference}@bounces.example.test>`);
      expect(commands.find((line) => line.startsWith('MAIL'))).toMatch(new RegExp(`RET=FULL ENVID=wb\\.${reference}`));
      expect(commands.find((line) => line.startsWith('RCPT'))).toMatch(/NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob\+2Borders@mill\.example/i);
    });

    it('lets nobody in with a wrong password', async () => {
      const sending = senderTo(relay({ auth: { password: { user: 'shop', password: 'wrong-one' } } }));
      await expect(sending).rejects.toMatchObject({ code: 'WB_EMAIL_LOGIN', retryable: false });
    });

    it('gets thirty mails that are sent at once, each once', async () => {
      const sender = await senderTo(relay());
      const all = Array.from({ length: 30 }, () => messageFor(['many@example.test']));
      await Promise.all(all.map((message) => sender.send(message, { signal: new AbortController().signal })));
      const ids = all.map((message) => `wb.${sender.references?.(message)[0]}@`);
      const counts = async () => {
        const mails = await exim.mails();
        return ids.map((id) => mails.filter((mail) => mail.includes(id)).length);
      };
      await eventually(async () => (await counts()).every((count) => count > 0), { what: 'thirty mails', within: 60_000 });
      expect(await counts()).toEqual(ids.map(() => 1));
    });
  });
});
