import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolveSettings } from '@waybill/contract/host';
import { silentLog } from '@waybill/testing';
import rhea, { type EventContext } from 'rhea';
import { onTestFinished } from 'vitest';
import transport from '../src/index.ts';
import type { Broker } from '../src/settings.ts';

export const certificate = new URL('../../transport-http/test/fixtures/certificate.pem', import.meta.url).pathname;
export const key = new URL('../../transport-http/test/fixtures/key.pem', import.meta.url).pathname;

interface PeerOptions {
  /** What is done with a message that comes. */
  readonly takes?: ((context: EventContext) => void) | undefined;
  /** Hears how a link was opened to it. */
  readonly opened?: ((context: EventContext) => void) | undefined;
  /** The largest message that it says it takes, in bytes. */
  readonly largest?: number | undefined;
  readonly isSecure?: boolean | undefined;
  /** Whether it lets somebody in; without it, everybody. */
  readonly lets?: ((user: string, password: string) => boolean) | undefined;
  /** Takes the certificate of the other side as the proof of who it is. */
  readonly wantsCertificate?: boolean | undefined;
}

/**
 * A far side that says what a broker can say and Artemis does not when it is asked to, made of the library's own server. Answers its port.
 */
export async function startPeer({
  takes,
  opened,
  largest,
  isSecure = false,
  lets,
  wantsCertificate = false,
}: PeerOptions = {}): Promise<number> {
  const container = rhea.create_container({ id: 'peer' });
  const seen = ['disconnected', 'connection_error', 'connection_close', 'sender_error', 'receiver_error', 'error', 'protocol_error'];
  for (const event of seen) container.on(event, () => undefined);
  if (lets) container.sasl_server_mechanisms.enable_plain(lets);
  container.on('receiver_open', (context: EventContext) => {
    const { receiver } = context;
    opened?.(context);
    // A link that is opened to nothing is one that is refused.
    receiver?.set_target({ address: 'orders' });
    receiver?.add_credit(100);
  });
  container.on('message', (context: EventContext) => takes?.(context));
  const tls = { transport: 'tls', key: readFileSync(key), cert: readFileSync(certificate) };
  const asking = {
    requestCert: true,
    ca: readFileSync(certificate),
    rejectUnauthorized: true,
    enable_sasl_external: true,
    require_sasl: true,
  };
  const server = container.listen({
    port: 0,
    host: '127.0.0.1',
    receiver_options: { autoaccept: false, credit_window: 0, max_message_size: largest },
    ...(isSecure ? tls : {}),
    ...(wantsCertificate ? asking : {}),
  } as never);
  const sockets = new Set<{ destroy(): void }>();
  server.on(isSecure ? 'secureConnection' : 'connection', (socket: { destroy(): void }) => sockets.add(socket));
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export const context = {
  name: 'test',
  log: silentLog,
  folder: '/',
  signal: new AbortController().signal,
  concurrency: 4,
  late: () => undefined,
};

/** Opens a connection with settings as they stand in a manifest. */
export async function connect(raw: object) {
  const settings = resolveSettings(transport.connection, { broker: 'generic', auth: 'anonymous', ...raw }, { folder: '/' }) as Broker;
  const connection = await transport.connect(settings, context);
  onTestFinished(() => transport.disconnect?.(connection));
  return connection;
}

export async function openSender(raw: object, target: object = {}) {
  const { send } = transport;
  if (!send) throw new Error('it sends');
  const settings = resolveSettings(send.endpoint, { queue: 'orders', ...target }, { folder: '/' });
  return send.open(await connect(raw), settings as never, context);
}
