import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { isWaybillError } from '@waybill/contract';
import { makeFolder, type RawSettings, Rig, removeFolder } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atDovecot } from '../../../../test/vehicles/at-dovecot.ts';
import { Dovecot } from '../../../../test/vehicles/dovecot.ts';
import transport from '../../src/index.ts';
import { startTokens } from '../token-server.ts';
import { mailOf } from './mails.ts';
import { scripted } from './scripted.ts';

const fixture = (name: string) => new URL(`../../../transport-http/test/fixtures/${name}`, import.meta.url).pathname;
const certificate = fixture('certificate.pem');

let folder: string;
let server: Dovecot;

/** Opens a listener, and tells what came of it: the text of the first message, or the code of the error and whether it may pass. */
async function resultOf(imap: RawSettings): Promise<string> {
  const connection = { domain: 'shop.test', imap: { host: 'localhost', connectTimeout: '5s', ...imap } };
  const rig = await Rig.open(transport, { prepare: async () => ({ connection, inbound: { every: '1s' } }) });
  try {
    return (await (await rig.listen()).next()).text;
  } catch (error) {
    const told = /wrong-secret|secret-token|c2VjcmV0|'secret'/.exec(inspect(error, { depth: 10 }));
    if (told) return `tells ${told[0]}`;
    return isWaybillError(error) ? `${error.code} ${error.retryable}` : String(error);
  } finally {
    await rig.close();
  }
}

atDovecot('no session with TLS was opened', () => {
  beforeAll(async () => {
    folder = await makeFolder();
    const tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
    await copyFile(certificate, tls.cert);
    await copyFile(fixture('key.pem'), tls.key);
    await chmod(folder, 0o755);
    for (const file of [tls.cert, tls.key]) await chmod(file, 0o644);
    server = await Dovecot.start({ tls });
    await server.deliver('orders', mailOf({ attachments: [{ body: '<Order/>' }] }));
  });
  afterAll(async () => {
    await server.end();
    await removeFolder(folder);
  });

  const auth = { password: { user: 'orders', password: 'secret' } };

  describe('a session', () => {
    it('is opened with TLS where the certificate is trusted, from the first byte or by STARTTLS', async () => {
      expect(await resultOf({ port: server.tlsPort, auth, tls: { ca: certificate } })).toBe('<Order/>');
      await server.forgetFlags('orders');
      expect(await resultOf({ port: server.port, encryption: 'starttls', auth, tls: { ca: certificate } })).toBe('<Order/>');
      await server.forgetFlags('orders');
    });

    it('is not opened where the certificate is not trusted, and that is final', async () => {
      expect(await resultOf({ port: server.tlsPort, auth })).toBe('WB_EMAIL_MAILBOX_TLS false');
      expect(await resultOf({ port: server.port, encryption: 'starttls', auth })).toBe('WB_EMAIL_MAILBOX_TLS false');
      expect(await resultOf({ port: server.tlsPort, auth, tls: { ca: '/nowhere/ca.pem' } })).toBe('WB_EMAIL_TLS false');
      expect(await resultOf({ port: server.tlsPort, auth, tls: { ca: new URL(import.meta.url).pathname } })).toBe('WB_EMAIL_TLS false');
    });

    it('is not opened with a wrong password, and that is final', async () => {
      const wrong = { password: { user: 'orders', password: 'wrong-secret' } };
      expect(await resultOf({ port: server.tlsPort, tls: { ca: certificate }, auth: wrong })).toBe('WB_EMAIL_MAILBOX_LOGIN false');
    });

    it('takes the password of a file, which is read anew each time', async () => {
      const file = join(folder, 'password');
      const fromFile = { port: server.tlsPort, tls: { ca: certificate }, auth: { password: { user: 'orders', password: { file } } } };
      expect(await resultOf(fromFile)).toBe('WB_EMAIL_LOGIN false');
      await writeFile(file, 'secret\n');
      expect(await resultOf(fromFile)).toBe('<Order/>');
      await server.forgetFlags('orders');
    });
  });
});

describe('an access token', () => {
  it('is shown as OAuth2 wants it, had anew once where the server refuses it, and never told', async () => {
    const tokens = await startTokens(
      [200, { access_token: 'secret-token-1', expires_in: 3_600 }],
      [200, { access_token: 'secret-token-2' }],
    );
    const commands = {
      CAPABILITY: ['* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2', 'TAG OK done'],
      AUTHENTICATE: ['TAG NO [AUTHENTICATIONFAILED] expired'],
    };
    const peer = await scripted({ commands });
    const auth = { oauth: { user: 'orders', tokenUrl: tokens.url, clientId: 'waybill' } };
    expect(await resultOf({ port: peer.port, encryption: 'none', auth })).toBe('WB_EMAIL_MAILBOX_LOGIN false');
    const shown = peer.said.filter((line) => line.startsWith('AUTHENTICATE XOAUTH2 ')).map((line) => line.split(' ')[2] ?? '');
    expect(shown.map((each) => Buffer.from(each, 'base64').toString())).toEqual(
      [1, 2].map((number) => `user=orders\u0001auth=Bearer secret-token-${number}\u0001\u0001`),
    );
    await peer.close();
  });
});

describe('a server on another machine', () => {
  it('is told nothing without encryption', async () => {
    const auth = { password: { user: 'orders', password: 'secret' } };
    expect(await resultOf({ host: '192.0.2.1', encryption: 'none', auth })).toBe('WB_EMAIL_MAILBOX_TLS false');
  });
});
