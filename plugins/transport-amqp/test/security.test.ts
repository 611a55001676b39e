import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { certificate, connect, key, startPeer } from './peer.ts';

const at = (port: number, host = 'localhost') => [`${host}:${port}`];

describe('a connection with TLS', () => {
  it('is made where the certificate of the broker is trusted', async () => {
    const hosts = at(await startPeer({ isSecure: true }));
    await expect(connect({ hosts, tls: { ca: certificate } })).resolves.toBeDefined();
  });

  it.each([
    ['nobody has said that it is to be trusted', {}],
    ['it bears another name', { ca: certificate, serverName: 'mq.example.com' }],
    ['the file with what is to be trusted is not there', { ca: '/nowhere/ca.pem' }],
    ['that file holds no certificate', { ca: new URL(import.meta.url).pathname }],
  ])('is not made where %s, and that is final', async (_, tls) => {
    const hosts = at(await startPeer({ isSecure: true }));
    await expect(connect({ hosts, tls })).rejects.toMatchObject({ code: 'WB_AMQP_TLS', retryable: false, outcome: 'not-sent' });
  });

  it('reads its files anew each time', async () => {
    const hosts = at(await startPeer({ isSecure: true }));
    const ca = join(await temporaryFolder(), 'ca.pem');
    await expect(connect({ hosts, tls: { ca } })).rejects.toMatchObject({ code: 'WB_AMQP_TLS' });
    await writeFile(ca, await readFile(certificate));
    await expect(connect({ hosts, tls: { ca } })).resolves.toBeDefined();
  });
});

describe('who this side is', () => {
  const lets = (user: string, password: string) => user === 'waybill' && password === 'right';
  const plain = (password: unknown) => ({ auth: { plain: { user: 'waybill', password } } });

  it('is shown by a password', async () => {
    const hosts = at(await startPeer({ lets }));
    await expect(connect({ hosts, ...plain('right') })).resolves.toBeDefined();
  });

  it('is not believed with a wrong password: that is final, and the password is not told', async () => {
    const hosts = at(await startPeer({ lets }));
    const failure: unknown = await connect({ hosts, ...plain('wrong-secret') }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'WB_AMQP_LOGIN', kind: 'forbidden', retryable: false, outcome: 'not-sent' });
    expect(JSON.stringify([String(failure), failure])).not.toContain('wrong-secret');
  });

  it('is not believed without a proof where the broker wants one', async () => {
    const hosts = at(await startPeer({ lets }));
    await expect(connect({ hosts, auth: 'anonymous' })).rejects.toMatchObject({ code: 'WB_AMQP_LOGIN' });
  });

  it('is shown by the password of a file, which is read anew each time', async () => {
    const hosts = at(await startPeer({ lets }));
    const file = join(await temporaryFolder(), 'password');
    await expect(connect({ hosts, ...plain({ file }) })).rejects.toMatchObject({ code: 'WB_AMQP_LOGIN' });
    await writeFile(file, 'old\n');
    await expect(connect({ hosts, ...plain({ file }) })).rejects.toMatchObject({ code: 'WB_AMQP_LOGIN' });
    await writeFile(file, 'right\n');
    await expect(connect({ hosts, ...plain({ file }) })).resolves.toBeDefined();
  });

  it('is shown by a certificate', async () => {
    const hosts = at(await startPeer({ isSecure: true, wantsCertificate: true }));
    const auth = { external: { cert: certificate, key } };
    await expect(connect({ hosts, tls: { ca: certificate }, auth })).resolves.toBeDefined();
    await expect(connect({ hosts, tls: { ca: certificate }, auth: 'anonymous' })).rejects.toThrow(/localhost/);
  });
});

describe('hosts', () => {
  it('are tried in their order, and what each of them had is told', async () => {
    const failure: unknown = await connect({ hosts: ['127.0.0.1:1', '[::1]:2'] }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'WB_AMQP_UNREACHABLE', retryable: true, connectionLost: true });
    expect(String(failure)).toMatch(/127\.0\.0\.1:1.*\[::1\]:2/);
  });

  it('that let this side not in do not hide one that does', async () => {
    const closed = await startPeer({ lets: () => false });
    const open = await startPeer({ lets: () => true });
    const auth = { plain: { user: 'waybill', password: 'right' } };
    await expect(connect({ hosts: [...at(closed), ...at(open)], auth })).resolves.toBeDefined();
    await expect(connect({ hosts: ['127.0.0.1:1', ...at(closed)], auth })).rejects.toMatchObject({ code: 'WB_AMQP_LOGIN' });
  });

  it('that speak something else are told of', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const hosts = at((server.address() as AddressInfo).port, '127.0.0.1');
    await expect(connect({ hosts })).rejects.toMatchObject({ code: 'WB_AMQP_PROTOCOL', retryable: true });
  });
});
