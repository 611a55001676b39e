import type { Pool } from 'undici';
import type { HttpConnection } from '../http-connection.ts';

/** Connections to the host of one outbound entry, as many as it sends messages at a time. Throws WB_HTTP_CA. */
export async function openPool(connection: HttpConnection, origin: string, connections: number): Promise<Pool> {
  const { connectTimeout, answerTimeout } = connection.site;
  const ca = await connection.trusted();
  // Loaded by the first message that is sent: it takes longer than everything else at the start of a connection.
  const undici = await import('undici');
  return new undici.Pool(origin, {
    connections,
    headersTimeout: answerTimeout,
    bodyTimeout: answerTimeout,
    connect: { timeout: connectTimeout, ...(ca ? { ca: [...ca] } : {}) },
  });
}
