import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';

export const certificate = new URL('../../transport-http/test/fixtures/certificate.pem', import.meta.url).pathname;
const key = new URL('../../transport-http/test/fixtures/key.pem', import.meta.url).pathname;

export interface TlsServerOptions {
  /** TLS from the first byte. */
  readonly isImplicit?: boolean;
  /** Said to EHLO before TLS, beside the name. */
  readonly before?: readonly string[];
  /** Said to EHLO after TLS. */
  readonly after?: readonly string[];
  /** What follows the answer to STARTTLS in clear, in the same breath. */
  readonly slippedIn?: string;
  /** Answers a line of a login; undefined lets the line be something else. */
  readonly login?: (line: string) => string | undefined;
}

export interface TlsServer {
  readonly port: number;
  /** Everything that was said in clear. */
  readonly inClear: string[];
  /** Everything that was said over TLS. */
  readonly secret: string[];
}

/** A mail server with a certificate for `localhost`, which takes every mail. */
export async function startTls({
  isImplicit = false,
  before = ['STARTTLS'],
  after = ['AUTH PLAIN LOGIN'],
  slippedIn = '',
  login,
}: TlsServerOptions): Promise<TlsServer> {
  const context = createSecureContext({ key: readFileSync(key), cert: readFileSync(certificate) });
  const [inClear, secret]: [string[], string[]] = [[], []];
  const sockets = new Set<Socket>();
  const hello = (offers: readonly string[]) =>
    ['mx.example.test', ...offers].map((line, place, all) => `250${place === all.length - 1 ? ' ' : '-'}${line}\r\n`).join('');

  const converse = (socket: Socket, lines: string[], offers: readonly string[], secure?: () => void): void => {
    let rest = '';
    let isInMail = false;
    socket
      .on('error', () => undefined)
      .on('data', (part: Buffer) => {
        rest += part.toString('utf8');
        for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
          const line = rest.slice(0, end);
          rest = rest.slice(end + 2);
          lines.push(line);
          if (isInMail) {
            if (line !== '.') continue;
            isInMail = false;
            socket.write('250 2.0.0 ok\r\n');
            continue;
          }
          if (secure && line === 'STARTTLS') {
            socket.removeAllListeners('data');
            socket.write(`220 2.0.0 go\r\n${slippedIn}`);
            return secure();
          }
          const said = login?.(line);
          isInMail = line === 'DATA';
          socket.write(
            said ??
              (line.startsWith('EHLO')
                ? hello(offers)
                : isInMail
                  ? '354 go ahead\r\n'
                  : line === 'QUIT'
                    ? '221 bye\r\n'
                    : '250 2.0.0 ok\r\n'),
          );
        }
      });
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const secure = (): TLSSocket => {
      const over = new TLSSocket(socket, { isServer: true, secureContext: context });
      converse(over, secret, after);
      return over;
    };
    if (isImplicit) return void secure().write('220 mx.example.test\r\n');
    socket.write('220 mx.example.test\r\n');
    converse(socket, inClear, before, () => void secure());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, inClear, secret };
}

/** Settings of such a server, as they stand in a manifest. */
export function trusted(port: number, more: object = {}): object {
  return { host: 'localhost', port, name: 'shop.example.test', tls: { ca: certificate }, ...more };
}

export const password = { auth: { password: { user: 'shop', password: 'right-one' } } };
export const proof = Buffer.from('\0shop\0right-one').toString('base64');

/** Lets in whoever knows it. */
export function lets(line: string): string | undefined {
  if (!line.startsWith('AUTH')) return undefined;
  return line === `AUTH PLAIN ${proof}` ? '235 2.7.0 in\r\n' : '535 5.7.8 wrong\r\n';
}
