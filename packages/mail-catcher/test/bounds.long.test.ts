import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { eventually } from '@waybill/testing';
import { createTransport } from 'nodemailer';
import { describe, expect, it, onTestFinished } from 'vitest';
import { senderTo, startCatcher } from './catcher.ts';

const oneMegabyte = 1_000_000;

interface Taken {
  readonly rss: number;
  readonly kept: number;
  readonly newest: string;
}

describe('a mail catcher that gets more than it keeps', () => {
  it('keeps the newest, in number and in bytes', async () => {
    const catcher = await startCatcher({ keep: 3, keepBytes: 100_000 });
    const sender = senderTo(catcher);
    const send = (subject: string, size: number) =>
      sender.sendMail({ envelope: { from: 'a@b.test', to: 'c@d.test' }, raw: `Subject: ${subject}\r\n\r\n${'x'.repeat(size)}` });
    for (const subject of ['a', 'b', 'c', 'd']) await send(subject, 100);
    expect(catcher.mails().map(({ subject }) => subject)).toEqual(['b', 'c', 'd']);
    await send('large', 25_000);
    expect(catcher.mails().map(({ subject }) => subject)).toEqual(['c', 'd', 'large']);
    await send('larger', 28_000);
    expect(catcher.mails().map(({ subject }) => subject)).toEqual(['larger']);
  });

  it('holds its memory over 1,000 mails, 100 MB, and over a mail of 100 MB, which it refuses', async () => {
    const child = fork(join(import.meta.dirname, 'catcher-process.ts'), { execArgv: [] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const { smtpPort } = await answerOf<{ readonly smtpPort: number }>(child);
    const before = await taken(child);
    const sender = createTransport({
      host: '127.0.0.1',
      port: smtpPort,
      ignoreTLS: true,
      pool: true,
      maxConnections: 4,
      maxMessages: Infinity,
    });
    onTestFinished(() => sender.close());
    const envelope = { from: 'a@b.test', to: 'c@d.test' };
    const raw = `Subject: one of many\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'QUJD'.repeat(19)}\r\n`.repeat(1_300)}`;
    expect(raw.length).toBeGreaterThan(100_000);
    await Promise.all(Array.from({ length: 1_000 }, () => sender.sendMail({ envelope, raw })));
    const huge = Readable.from(Array.from({ length: 100 }, () => Buffer.alloc(oneMegabyte, `${'x'.repeat(98)}\r\n`)));
    await expect(sender.sendMail({ envelope, raw: huge })).rejects.toMatchObject({ responseCode: 552 });
    const after = await taken(child);
    expect(after).toMatchObject({ newest: '1000' });
    // Each takes its bytes and those of its attachment.
    expect(after.kept).toBeGreaterThan(100);
    expect(after.kept).toBeLessThan(120);
    // Unbounded it would take the 175 MB of the mails and the 100 MB of the large one more.
    expect((after.rss - before.rss) / oneMegabyte).toBeLessThan(220);
  });

  it('refuses for a while what comes at once and is too much together', async () => {
    const catcher = await startCatcher({ keepBytes: 4_000_000 });
    const raw = Buffer.alloc(3_000_000, `${'x'.repeat(98)}\r\n`);
    const envelope = { from: 'a@b.test', to: 'c@d.test' };
    // One is on its way, and stays there until the other has been answered.
    const held = new PassThrough();
    const first = senderTo(catcher).sendMail({ envelope, raw: held });
    held.write(raw);
    await eventually(() => held.readableLength === 0, { what: 'the first mail to be on its way' });
    await eventually(
      async () => {
        const second = await senderTo(catcher)
          .sendMail({ envelope, raw })
          .catch((error: { readonly responseCode?: number }) => error.responseCode);
        return second === 452;
      },
      { what: 'another one to be refused' },
    );
    held.end();
    await first;
    // What was on its way does not count any more.
    expect(await senderTo(catcher).sendMail({ envelope, raw })).toMatchObject({ accepted: ['c@d.test'] });
  });
});

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const [answer] = (await once(child, 'message')) as [T];
  return answer;
}

function taken(child: ChildProcess): Promise<Taken> {
  const answer = answerOf<Taken>(child);
  child.send('how much?');
  return answer;
}
