import { describe, expect, it } from 'vitest';
import { answerOnDemand } from '../src/smtp/answer-on-demand.ts';
import { senderTo, sendRaw, startCatcher } from './catcher.ts';

describe('an address that asks for an answer', () => {
  it('gets it, and the others of the same mail are taken', async () => {
    const catcher = await startCatcher();
    const to = ['refuse-550@example.test', 'anna@example.test', 'later-451+bert@example.test'];
    const sent = await senderTo(catcher).sendMail({ envelope: { from: 'shop@example.test', to }, raw: 'Subject: x\r\n\r\n' });
    expect(sent.accepted).toEqual(['anna@example.test']);
    expect(
      sent.rejectedErrors?.map((error: { readonly recipient?: string; readonly responseCode?: number }) => [
        error.recipient,
        error.responseCode,
      ]),
    ).toEqual([
      ['refuse-550@example.test', 550],
      ['later-451+bert@example.test', 451],
    ]);
    expect(catcher.mails()[0]?.envelope.to.map(({ address }) => address)).toEqual(['anna@example.test']);
  });

  it('gets it after the mail where it says so; then nothing is kept', async () => {
    const catcher = await startCatcher();
    await expect(sendRaw(catcher, 'Subject: x\r\n\r\n', 'refuse-554-data@example.test')).rejects.toMatchObject({
      code: 'EMESSAGE',
      responseCode: 554,
    });
    await expect(sendRaw(catcher, 'Subject: x\r\n\r\n', 'later-452-data@example.test')).rejects.toMatchObject({ responseCode: 452 });
    expect(catcher.mails()).toEqual([]);
  });

  it('is put off the first time only where it says so', async () => {
    const catcher = await startCatcher();
    await expect(sendRaw(catcher, 'Subject: x\r\n\r\n', 'later-451-once+1@example.test')).rejects.toMatchObject({ responseCode: 451 });
    await sendRaw(catcher, 'Subject: x\r\n\r\n', 'later-451-once+1@example.test');
    await expect(sendRaw(catcher, 'Subject: x\r\n\r\n', 'later-451-once+2@example.test')).rejects.toMatchObject({ responseCode: 451 });
    expect(catcher.mails()).toHaveLength(1);
  });

  it('can be that of the sender, and the name of a login', async () => {
    const catcher = await startCatcher();
    const mail = { envelope: { from: 'refuse-553@example.test', to: 'a@b.test' }, raw: 'Subject: x\r\n\r\n' };
    await expect(senderTo(catcher).sendMail(mail)).rejects.toMatchObject({ responseCode: 553 });
    const sender = senderTo(catcher, { auth: { user: 'refuse-535', pass: 'x' } });
    await expect(sender.sendMail({ ...mail, envelope: { from: 'a@b.test', to: 'a@b.test' } })).rejects.toMatchObject({ responseCode: 535 });
  });

  it.each(['refuse-451@x', 'later-550@x', 'refuse-55@x', 'refuse@x', 'do-refuse-550@x', 'refuse-550-soon@x', 'a@refuse-550.test'])(
    'is not %s, which is as good as any',
    (address) => {
      expect(answerOnDemand(address)).toBeUndefined();
    },
  );
});

describe('a mail that is too large', () => {
  it('is refused when it is announced, and when it is not', async () => {
    const catcher = await startCatcher({ limit: 10_000 });
    const raw = Buffer.alloc(20_000, 'Subject: x\r\n\r\n');
    const to = { from: 'a@b.test', to: 'c@d.test' };
    await expect(senderTo(catcher).sendMail({ envelope: { ...to, size: 20_000 }, raw })).rejects.toMatchObject({
      code: 'EMESSAGE',
    });
    await expect(senderTo(catcher).sendMail({ envelope: to, raw })).rejects.toMatchObject({ responseCode: 552 });
    expect(catcher.mails()).toEqual([]);
  });
});
