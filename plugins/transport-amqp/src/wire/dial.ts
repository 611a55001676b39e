import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions as TlsOptions } from 'node:tls';
import { isWaybillError, type TransportError } from '@waybill/contract';
import type { Connection, Container } from 'rhea';
import { errors } from '../errors.ts';
import type { Broker } from '../settings.ts';
import { failureOfHost } from './failure.ts';
import { isSecure, passwordOf, securityFor } from './security.ts';
import { Wire } from './wire.ts';

let wires = 0;

/**
 * Opens a connection to the first of the hosts that lets this side in. `name`: that of the connection in the manifest. Loads the
 * library. Throws what the first host with a final failure had, else WB_AMQP_UNREACHABLE or WB_AMQP_PROTOCOL; WB_AMQP_CLOSED when `signal` aborts.
 */
export async function dial(broker: Broker, name: string, signal: AbortSignal): Promise<Wire> {
  // Its types name what the module exports, and not that it is a container itself.
  const rhea = (await import('rhea')).default as unknown as Container;
  const failures: TransportError[] = [];
  for (const host of broker.hosts) {
    try {
      return await dialHost(rhea, broker, host, { name, signal });
    } catch (cause) {
      if (signal.aborted) throw errors.WB_AMQP_CLOSED(`The connection to ${host} was given up.`, { connectionLost: true, cause });
      failures.push(isWaybillError(cause) ? (cause as TransportError) : failureOfHost(host, cause));
    }
  }
  const [first] = failures;
  const told = failures.find(({ retryable }) => !retryable) ?? (failures.length === 1 ? first : undefined);
  if (told) throw told;
  const reasons = failures.map(({ message }) => message.replace(/\.$/, '')).join('; ');
  throw errors.WB_AMQP_UNREACHABLE(`No broker was found. ${reasons}.`, { connectionLost: true, cause: first });
}

interface Dialling {
  readonly name: string;
  readonly signal: AbortSignal;
}

async function dialHost(rhea: Container, broker: Broker, place: string, { name, signal }: Dialling): Promise<Wire> {
  const { host, port } = addressOf(broker, place);
  const security = await securityFor(broker, host);
  // One for each connection: what happens at the library's common one would happen to everybody who uses the library in this process.
  const container = rhea.create_container({ id: `${broker.containerId ?? `waybill-${name}`}-${process.pid}-${++wires}` });
  // A listener has to be there: without one such an event ends the process. The wire has heard of it in another way.
  container.on('error', () => undefined);
  const dialled = Promise.withResolvers<Socket>();
  const options = {
    host,
    port,
    hostname: host,
    reconnect: false,
    idle_time_out: Math.ceil(broker.idleTimeout / 2),
    max_frame_size: broker.maxFrameSize,
    sasl_mechanisms: await mechanisms(rhea, broker),
    connect: (_port: number, _host: string, _options: unknown, ready: () => void) => {
      const socket = dialSocket(host, port, security, ready);
      dialled.resolve(socket);
      return socket;
    },
  };
  const connection = container.connect(options);
  const wire = new Wire(connection, await dialled.promise, place);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(broker.connectTimeout)]);
  try {
    await opened(connection, wire, limit);
    return wire;
  } catch (error) {
    wire.cut(error);
    throw error;
  }
}

/** `mq1:5672`, `mq1`, `[::1]:5672` */
function addressOf(broker: Broker, place: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain = '', port] = /^(?:\[(.*)\]|([^:]*))(?::([0-9]+))?$/.exec(place) ?? [];
  return { host: bracketed ?? plain, port: Number(port ?? (isSecure(broker) ? 5671 : 5672)) };
}

function dialSocket(host: string, port: number, security: TlsOptions | undefined, ready: () => void): Socket {
  return security ? connectTls({ ...security, host, port }, ready).setNoDelay() : connect({ host, port, noDelay: true }, ready);
}

/** One mechanism, that of the settings: a broker that does not offer it is told apart from one that refuses it. */
async function mechanisms(rhea: Container, { auth }: Broker): Promise<unknown> {
  const offered = rhea.sasl.client_mechanisms() as unknown as {
    enable_anonymous(name: string): void;
    enable_plain(user: string, password: string): void;
    enable_external(): void;
  };
  if (auth === 'anonymous') offered.enable_anonymous('anonymous');
  else if ('external' in auth) offered.enable_external();
  else offered.enable_plain(auth.plain.user, await passwordOf(auth.plain));
  return offered;
}

async function opened(connection: Connection, wire: Wire, limit: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = (): void => reject(new Error('it did not answer in time'));
  connection.once('connection_open', () => resolve());
  wire.whenLost((_, cause) => reject(cause));
  if (limit.aborted) late();
  limit.addEventListener('abort', late, { once: true });
  try {
    await promise;
  } finally {
    limit.removeEventListener('abort', late);
  }
}
