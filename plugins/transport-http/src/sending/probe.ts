import { connect, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { HttpConnection } from '../http-connection.ts';
import { whenConnected } from './connecting.ts';
import { unreachable } from './failure.ts';

/** Connects to the host of `url`, with TLS where the url has it, and sends nothing. Throws WB_HTTP_UNREACHABLE or WB_HTTP_CA. */
export async function probe(connection: HttpConnection): Promise<void> {
  const { url, connectTimeout } = connection.site;
  if (url === undefined) return;
  const { protocol, hostname, port, origin } = new URL(url);
  const ca = await connection.trusted();
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket =
    protocol === 'https:'
      ? connectTls({ host, port: Number(port || 443), ...(isIP(host) ? {} : { servername: host }), ...(ca ? { ca: [...ca] } : {}) })
      : connect({ host, port: Number(port || 80) });
  try {
    // What comes is thrown away, but it has to be read: the end of a connection comes last.
    await whenConnected(socket.resume(), connectTimeout);
  } catch (error) {
    throw unreachable(origin, error);
  } finally {
    socket.destroy();
  }
}
