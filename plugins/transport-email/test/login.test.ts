import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { ada, endingOf } from './one-server.ts';
import { openSender, senderTo, sendTo } from './post-office.ts';
import { lets, password, startTls, trusted } from './tls-server.ts';

describe('a login', () => {
  it('by LOGIN is done where PLAIN is not offered', async () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const answers: Readonly<Record<string, string>> = {
      'AUTH LOGIN': `334 ${base64('Username:')}\r\n`,
      [base64('shop')]: `334 ${base64('Password:')}\r\n`,
      [base64('right-one')]: '235 2.7.0 in\r\n',
    };
    const server = await startTls({ after: ['AUTH LOGIN CRAM-MD5'], login: (line) => answers[line] });
    await sendTo(await senderTo(trusted(server.port, password)), [ada]);
    expect(server.secret.slice(1, 4)).toEqual(Object.keys(answers));
  });

  it('with a wrong password is final for whoever opens, and its words and no secret are told', async () => {
    const server = await startTls({ login: lets });
    const wrong = { auth: { password: { user: 'shop', password: 'a-secret' } } };
    const error: unknown = await openSender(trusted(server.port, wrong)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'WB_EMAIL_LOGIN', kind: 'forbidden', retryable: false, outcome: 'not-sent' });
    expect(String(error)).toContain(`localhost:${server.port} does not let this side in: 535 5.7.8 wrong`);
    expect(JSON.stringify([String(error), error])).not.toMatch(/a-secret|YS1zZWNyZXQ/);
  });

  it('that is refused while mails are sent parks none: the connection counts as lost', async () => {
    let logins = 0;
    const server = await startTls({
      login: (line) => (line.startsWith('AUTH') ? (logins++ === 0 ? '235 in\r\n' : '535 5.7.8 wrong\r\n') : undefined),
    });
    const sender = await senderTo(trusted(server.port, { ...password, mailsEach: 1 }));
    await sendTo(sender, [ada]);
    const { error } = await endingOf(sendTo(sender, [ada]));
    expect(error).toMatchObject({
      code: 'WB_EMAIL_LOGIN',
      connectionLost: true,
      retryable: true,
      outcome: 'not-sent',
      recipients: undefined,
    });
  });

  it('that is not possible for now is tried again', async () => {
    const server = await startTls({ login: (line) => (line.startsWith('AUTH') ? '454 4.7.0 later\r\n' : undefined) });
    await expect(openSender(trusted(server.port, password))).rejects.toMatchObject({ code: 'WB_EMAIL_BUSY', retryable: true });
  });

  it('of a kind that this side cannot do is told with what is offered', async () => {
    const server = await startTls({ after: ['AUTH GSSAPI NTLM'] });
    await expect(openSender(trusted(server.port, password))).rejects.toMatchObject({
      code: 'WB_EMAIL_LOGIN',
      message: expect.stringMatching(/GSSAPI, NTLM/),
    });
  });

  it('reads the password of a file anew each time', async () => {
    const server = await startTls({ login: lets });
    const file = join(await temporaryFolder(), 'password');
    const relay = trusted(server.port, { auth: { password: { user: 'shop', password: { file } } } });
    await expect(openSender(relay)).rejects.toMatchObject({ code: 'WB_EMAIL_LOGIN' });
    await writeFile(file, 'right-one\n');
    await expect(senderTo(relay)).resolves.toBeDefined();
  });
});
