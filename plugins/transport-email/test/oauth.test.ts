import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { ada, endingOf } from './one-server.ts';
import { connect, openSender, senderTo, sendTo } from './post-office.ts';
import { certificate, startTls, type TlsServerOptions } from './tls-server.ts';
import { startTokens } from './token-server.ts';

const mailbox = 'orders@shop.example.test';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const bearer = (token: string) => `n,a=${mailbox},\u0001host=localhost\u0001auth=Bearer ${token}\u0001\u0001`;

/** A mail server that lets in whoever shows one of the tokens; what it says otherwise is what RFC 7628 has. */
async function startMail(valid: readonly string[], mechanism: 'OAUTHBEARER' | 'XOAUTH2' = 'OAUTHBEARER', more: TlsServerOptions = {}) {
  const shown: string[] = [];
  const server = await startTls({
    after: [`AUTH PLAIN ${mechanism}`],
    login: (line) => {
      const [, proof] = new RegExp(`^AUTH ${mechanism} (.*)$`).exec(line) ?? [];
      if (proof !== undefined) {
        shown.push(Buffer.from(proof, 'base64').toString());
        const [, token = ''] = /Bearer ([!-~]*)/.exec(shown.at(-1) ?? '') ?? [];
        return valid.includes(token) ? '235 2.7.0 in\r\n' : `334 ${base64('{"status":"401"}')}\r\n`;
      }
      return line === '' || line === 'AQ==' ? (isInMail(server.secret) ? undefined : '535 5.7.8 not you\r\n') : undefined;
    },
    ...more,
  });
  return { ...server, shown };
}

/** An empty line of a mail is no answer to a challenge. */
function isInMail(lines: readonly string[]): boolean {
  return lines.includes('DATA');
}

function relay(port: number, tokenUrl: string, more: object = {}): object {
  const oauth = { user: mailbox, tokenUrl, clientId: 'waybill', clientSecret: 'client-secret', refreshToken: 'refresh-1', ...more };
  return { host: 'localhost', port, name: 'shop.example.test', tls: { ca: certificate }, auth: { oauth } };
}

describe('an access token', () => {
  it.each([
    ['OAUTHBEARER', bearer('token-1')],
    ['XOAUTH2', `user=${mailbox}\u0001auth=Bearer token-1\u0001\u0001`],
  ] as const)('is had with the refresh token and shown by %s', async (mechanism, proof) => {
    const tokens = await startTokens([200, { access_token: 'token-1', expires_in: 3600 }]);
    const mail = await startMail(['token-1'], mechanism);
    await sendTo(await senderTo(relay(mail.port, tokens.url)), [ada]);
    expect(tokens.asked).toEqual([
      { client_id: 'waybill', client_secret: 'client-secret', grant_type: 'refresh_token', refresh_token: 'refresh-1' },
    ]);
    expect(mail.shown).toEqual([proof]);
  });

  it('is asked for in the name of the application where there is no refresh token', async () => {
    const tokens = await startTokens([200, { access_token: 'token-1', expires_in: 3600 }]);
    const mail = await startMail(['token-1']);
    await senderTo(relay(mail.port, tokens.url, { refreshToken: undefined, scope: 'https://outlook.office365.com/.default' }));
    expect(tokens.asked).toMatchObject([{ grant_type: 'client_credentials', scope: 'https://outlook.office365.com/.default' }]);
  });

  it('is used by all connections, and asked for once however many want it', async () => {
    const tokens = await startTokens([200, { access_token: 'token-1', expires_in: 3600 }]);
    const mail = await startMail(['token-1']);
    const connection = await connect(relay(mail.port, tokens.url));
    const never = new AbortController().signal;
    const dialogues = await Promise.all([1, 2, 3].map(() => connection.dial(never)));
    await Promise.all(dialogues.map((dialogue) => dialogue.end()));
    expect([tokens.asked.length, mail.shown.length]).toEqual([1, 3]);
  });

  it('is renewed before it ends', async () => {
    const tokens = await startTokens(
      [200, { access_token: 'token-1', expires_in: 30 }],
      [200, { access_token: 'token-2', expires_in: 3600 }],
    );
    const mail = await startMail(['token-1', 'token-2']);
    const sender = await senderTo({ ...relay(mail.port, tokens.url), mailsEach: 1 });
    await sendTo(sender, [ada]);
    await sendTo(sender, [ada]);
    expect(mail.shown).toEqual([bearer('token-1'), bearer('token-2')]);
  });

  it('that the server does not take is renewed once, on the same connection', async () => {
    const tokens = await startTokens([200, { access_token: 'old', expires_in: 3600 }], [200, { access_token: 'new', expires_in: 3600 }]);
    const mail = await startMail(['new']);
    await sendTo(await senderTo(relay(mail.port, tokens.url)), [ada]);
    expect(mail.shown).toEqual([bearer('old'), bearer('new')]);
  });

  it('that the server does not take even so is a login that fails, with its reason and no token', async () => {
    const tokens = await startTokens([200, { access_token: 'a-secret-token', expires_in: 3600 }]);
    const mail = await startMail([]);
    const error: unknown = await openSender(relay(mail.port, tokens.url)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      code: 'WB_EMAIL_LOGIN',
      retryable: false,
      message: expect.stringContaining('535 5.7.8 not you {"status":"401"}'),
    });
    expect([tokens.asked.length, mail.shown.length]).toEqual([2, 2]);
    expect(JSON.stringify([String(error), error])).not.toContain('a-secret-token');
  });

  it('that is refused is told in the words of the other side, and is final for whoever opens', async () => {
    const refused = { error: 'invalid_grant', error_description: 'the user has\nwithdrawn it' };
    const tokens = await startTokens([400, refused]);
    const mail = await startMail([]);
    const error: unknown = await openSender(relay(mail.port, tokens.url)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'WB_EMAIL_TOKEN', retryable: false, outcome: 'not-sent' });
    expect(String(error)).toContain('(HTTP 400): invalid_grant: the user has withdrawn it');
    expect(JSON.stringify([String(error), error])).not.toMatch(/client-secret|refresh-1/);
  });

  it('that is refused while mails are sent parks none', async () => {
    const tokens = await startTokens([200, { access_token: 'token-1', expires_in: 1 }], [400, { error: 'invalid_grant' }]);
    const mail = await startMail(['token-1']);
    const sender = await senderTo({ ...relay(mail.port, tokens.url), mailsEach: 1 });
    await sendTo(sender, [ada]);
    const { error } = await endingOf(sendTo(sender, [ada]));
    expect(error).toMatchObject({ code: 'WB_EMAIL_TOKEN', connectionLost: true, retryable: true, outcome: 'not-sent' });
  });

  it.each([
    ['an answer that is no token', [200, '<html>'] as const, false],
    ['a token that would break the line', [200, { access_token: 'a\r\nb' }] as const, false],
    ['an error of the server', [503, {}] as const, true],
    ['an answer without an end', [200, 'x'.repeat(100_000)] as const, true],
  ])('is not had from %s', async (_, answer, retryable) => {
    const tokens = await startTokens(answer);
    const mail = await startMail([]);
    await expect(openSender(relay(mail.port, tokens.url))).rejects.toMatchObject({
      code: 'WB_EMAIL_TOKEN',
      retryable,
      outcome: 'not-sent',
    });
  });

  it('that nobody gives because nobody is there is asked for again later', async () => {
    const mail = await startMail([]);
    await expect(openSender(relay(mail.port, 'http://127.0.0.1:1/token'))).rejects.toMatchObject({
      code: 'WB_EMAIL_TOKEN',
      retryable: true,
    });
  });

  it('that comes with a new refresh token: the new one is kept in its file', async () => {
    const file = join(await temporaryFolder(), 'refresh');
    await writeFile(file, 'refresh-1\n');
    const tokens = await startTokens(
      [200, { access_token: 'token-1', expires_in: 1, refresh_token: 'refresh-2' }],
      [200, { access_token: 'token-1', expires_in: 3600 }],
    );
    const mail = await startMail(['token-1']);
    await senderTo(relay(mail.port, tokens.url, { refreshToken: { file } }));
    await senderTo(relay(mail.port, tokens.url, { refreshToken: { file } }));
    expect(tokens.asked.map((each) => each['refresh_token'])).toEqual(['refresh-1', 'refresh-2']);
    expect([await readFile(file, 'utf8'), (await stat(file)).mode & 0o777]).toEqual(['refresh-2\n', 0o600]);
  });
});
