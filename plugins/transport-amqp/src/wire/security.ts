import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type ConnectionOptions, getCACertificates } from 'node:tls';
import { errors } from '../errors.ts';
import type { Broker, Certificate } from '../settings.ts';

/** The certificate that this side shows, where it shows one. */
function certificateOf({ auth }: Broker): Certificate | undefined {
  if (auth === 'anonymous') return undefined;
  return 'external' in auth ? auth.external : auth.plain.certificate;
}

/** Whether connections are made with TLS. */
export function isSecure(broker: Broker): boolean {
  return broker.tls !== undefined || certificateOf(broker) !== undefined;
}

/**
 * How a connection with TLS is made to a host; undefined without TLS. Reads the files anew: certificates are renewed while a process
 * runs. Throws WB_AMQP_TLS.
 */
export async function securityFor(broker: Broker, host: string): Promise<ConnectionOptions | undefined> {
  if (!isSecure(broker)) return undefined;
  const { ca, serverName } = broker.tls ?? {};
  const certificate = certificateOf(broker);
  const name = serverName ?? (isIP(host) ? undefined : host);
  return {
    ...(name === undefined ? {} : { servername: name }),
    ...(ca === undefined ? {} : { ca: await trusted(ca) }),
    ...(certificate ? { cert: await contentOf(certificate.cert), key: await contentOf(certificate.key) } : {}),
  };
}

/** The password of the settings, or of its file without the newline at the end. Throws WB_AMQP_LOGIN when the file cannot be read. */
export async function passwordOf({ password }: Extract<Broker['auth'], { readonly plain: object }>['plain']): Promise<string> {
  if (typeof password === 'string') return password;
  try {
    return (await readFile(password.file, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw errors.WB_AMQP_LOGIN(`The password in ${password.file} cannot be read.`, { outcome: 'not-sent', cause });
  }
}

/** The certificates of the file beside those that Node trusts: a `ca` alone would replace them. */
async function trusted(file: string): Promise<string[]> {
  const text = await contentOf(file);
  if (!text.includes('-----BEGIN')) throw unusable(file, new Error('it holds no certificate in the form of PEM'));
  return [...getCACertificates('default'), text];
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function unusable(file: string, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return errors.WB_AMQP_TLS(`The file ${file} cannot be used: ${why}.`, { outcome: 'not-sent', cause });
}
