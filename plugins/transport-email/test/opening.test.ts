import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { offersIn } from '../src/smtp/opening/hello.ts';
import { ada, scripted, sendOver } from './one-server.ts';
import { context, openSender, relayAt, senderTo, sendTo } from './post-office.ts';
import { certificate, lets, password, proof, startTls, trusted } from './tls-server.ts';

describe('a connection with STARTTLS', () => {
  it('says nothing in clear but hello', async () => {
    const server = await startTls({});
    await sendTo(await senderTo(trusted(server.port)), [ada]);
    expect(server.inClear).toEqual(['EHLO shop.example.test', 'STARTTLS']);
    expect(server.secret[0]).toBe('EHLO shop.example.test');
    expect(server.secret).toContain(`RCPT TO:<${ada}>`);
  });

  it('is made to an address as well, where the certificate bears it', async () => {
    const server = await startTls({});
    await expect(senderTo(trusted(server.port, { host: '127.0.0.1' }))).resolves.toBeDefined();
  });

  it.each([
    ['with a password', password],
    ['without one', {}],
  ])('is not made where it is not offered, %s: nothing is sent in clear instead', async (_, auth) => {
    const server = await startTls({ before: ['AUTH PLAIN'] });
    await expect(openSender(trusted(server.port, auth))).rejects.toMatchObject({ code: 'WB_EMAIL_TLS', outcome: 'not-sent' });
    expect(server.inClear.join()).not.toMatch(/AUTH|MAIL/);
  });

  it('goes on in clear without it only where the settings say so, and never with a password', async () => {
    const server = await startTls({ before: ['AUTH PLAIN'], login: lets });
    const relay = trusted(server.port, { encryption: 'if-offered' });
    await sendTo(await senderTo(relay), [ada]);
    await expect(openSender({ ...relay, ...password })).rejects.toMatchObject({
      code: 'WB_EMAIL_TLS',
      message: expect.stringMatching(/password/),
    });
    expect(server.inClear.join()).not.toContain('AUTH');
  });

  it('forgets what was offered before', async () => {
    const server = await startTls({ before: ['STARTTLS', 'SIZE 10', 'PIPELINING', 'DSN'], after: [] });
    await sendTo(await senderTo(trusted(server.port)), [ada]);
    expect(server.secret.find((line) => line.startsWith('MAIL'))).toBe('MAIL FROM:<orders@shop.example.test>');
    expect(server.secret.find((line) => line.startsWith('RCPT'))).toBe(`RCPT TO:<${ada}>`);
  });

  it('forgets what somebody on the way has slipped in behind the answer to STARTTLS', async () => {
    const server = await startTls({
      slippedIn: '250-evil\r\n250-SIZE 1\r\n250 AUTH PLAIN\r\n235 in\r\n',
      after: ['AUTH PLAIN'],
      login: lets,
    });
    await sendTo(await senderTo(trusted(server.port, password)), [ada]);
    expect(server.secret.slice(0, 3)).toEqual(['EHLO shop.example.test', `AUTH PLAIN ${proof}`, 'MAIL FROM:<orders@shop.example.test>']);
  });

  it.each([
    ['nobody has said that the certificate is to be trusted', { tls: {} }],
    ['the certificate bears another name', { tls: { ca: certificate, serverName: 'smtp.example.com' } }],
    ['the file with what is to be trusted is not there', { tls: { ca: '/nowhere/ca.pem' } }],
  ])('is not made where %s', async (_, more) => {
    const server = await startTls({});
    await expect(openSender(trusted(server.port, more))).rejects.toMatchObject({
      code: 'WB_EMAIL_TLS',
      retryable: false,
      outcome: 'not-sent',
    });
    expect(server.secret).toEqual([]);
  });
});

describe('a connection with TLS from the first byte', () => {
  it('is made', async () => {
    const server = await startTls({ isImplicit: true, login: lets });
    await sendTo(await senderTo(trusted(server.port, { encryption: 'tls', ...password })), [ada]);
    expect([server.inClear, server.secret[1]]).toEqual([[], `AUTH PLAIN ${proof}`]);
  });

  it('to a server that begins in clear fails, and the message says what to set', async () => {
    const server = await startTls({});
    await expect(openSender(trusted(server.port, { encryption: 'tls' }))).rejects.toMatchObject({
      code: 'WB_EMAIL_TLS',
      hint: expect.stringContaining('starttls'),
    });
  });
});

describe('what a server offers', () => {
  it('is read whatever way it is written', () => {
    const offers = offersIn(['mx.example.test', 'size 1000', 'Auth LOGIN', 'AUTH=PLAIN', 'pipelining', '8BITMIME', 'SMTPUTF8']);
    expect(offers).toMatchObject({ largest: 1_000, size: true, pipelining: true, utf8: true, reports: false, startTls: false });
    expect(offers.mechanisms).toEqual(['LOGIN', 'PLAIN']);
  });

  it('is no limit of size where that is 0, or no number', () => {
    for (const line of ['SIZE', 'SIZE 0', 'SIZE many', 'SIZE 99999999999999999999']) expect(offersIn(['mx', line]).largest).toBeUndefined();
  });
});

describe('a mail server', () => {
  it.each([
    ['220-mx says hello\r\n220 in two lines\r\n', undefined],
    ['554 5.7.1 not from there\r\n', 'WB_EMAIL_BUSY'],
    ['HTTP/1.1 400 Bad Request\r\n\r\n', 'WB_EMAIL_PROTOCOL'],
  ])('that greets with %j is understood', async (raw, code) => {
    const { error } = await sendOver({ greeting: { raw } }, [ada]);
    expect(error?.code).toBe(code);
  });

  it('that takes neither EHLO nor HELO is told of', async () => {
    const { error } = await sendOver({ ehlo: '502 what', helo: '502 what' }, [ada]);
    expect(error).toMatchObject({ code: 'WB_EMAIL_PROTOCOL', message: expect.stringContaining('EHLO or HELO') });
  });

  it('that is not there is told of with host, port and step', async () => {
    const error: unknown = await openSender(relayAt(1)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'WB_EMAIL_UNREACHABLE', retryable: true });
    expect(String(error)).toMatch(/127\.0\.0\.1:1, at connecting: .*ECONNREFUSED/);
  });

  it('that never greets ends the opening with its signal', async () => {
    const server = createServer(() => undefined);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const time = new AbortController();
    const opening = openSender(relayAt((server.address() as AddressInfo).port), {}, { ...context, signal: time.signal });
    setTimeout(() => time.abort(), 30);
    await expect(opening).rejects.toMatchObject({ code: 'WB_EMAIL_GIVEN_UP', retryable: true });
  });

  it('without a name for this side is told its address', async () => {
    const server = await scripted([{}]);
    const { name: _, ...relay } = relayAt(server.port) as { readonly name: string };
    await (await openSender(relay)).close();
    expect(server.seen[0]?.commands[0]).toMatch(/^EHLO (\[127\.0\.0\.1\]|[A-Za-z0-9-]+\.[A-Za-z0-9.-]+)$/);
  });
});
