import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type ConnectionOptions, getCACertificates } from 'node:tls';
import { errors } from '../../errors.ts';
import type { Relay } from '../../settings/smtp.ts';

/** How a connection is made with TLS. Reads the files anew: certificates are renewed while a process runs. Throws WB_EMAIL_TLS. */
export async function securityFor({ host, tls = {} }: Pick<Relay, 'host' | 'tls'>): Promise<ConnectionOptions> {
  const name = tls.serverName ?? (isIP(host) ? undefined : host);
  return {
    // The name that the certificate is compared with; without it, the address.
    host,
    ...(name === undefined ? {} : { servername: name }),
    ...(tls.ca === undefined ? {} : { ca: await trusted(tls.ca) }),
  };
}

/** The certificates of the file beside those that Node trusts: a `ca` alone would replace them. */
async function trusted(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unusable(file, cause);
  });
  if (!text.includes('-----BEGIN')) throw unusable(file, new Error('it holds no certificate in the form of PEM'));
  return [...getCACertificates('default'), text];
}

function unusable(file: string, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return errors.WB_EMAIL_TLS(`The file ${file} cannot be used: ${why}.`, { outcome: 'not-sent', cause });
}

/** Codes of OpenSSL and of Node for a certificate that is not trusted, or for what is no TLS at all. */
export function isOfTls(cause: unknown): boolean {
  const { code = '' } = cause as { readonly code?: string };
  return /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_|EPROTO)/.test(code);
}
