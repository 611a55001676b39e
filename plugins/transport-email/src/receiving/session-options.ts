import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { getCACertificates } from 'node:tls';
import type { ImapFlowOptions } from 'imapflow';
import { mailboxErrors as errors } from '../errors.ts';
import type { MailboxSettings } from '../settings/imap.ts';

/** What stands around the bytes of a mail in an answer, and the longest answer to a search: some two million mails. */
const longestLine = 16_000_000;
/** Every number of a search is one, too. */
const mostTokens = 1_000_000;

/** `orders@example.com at imap.example.com:993` */
export function placeOf(settings: MailboxSettings): string {
  return `${settings.auth.user} at ${settings.host}:${portOf(settings)}`;
}

/**
 * How the library opens a session. Reads the files anew: secrets and certificates are renewed while a process runs. `largest`: how many bytes of
 * a mail are asked for at most; a server that sends more is cut off. Throws WB_EMAIL_MAILBOX_LOGIN or WB_EMAIL_MAILBOX_TLS when a file cannot be read.
 */
export async function sessionOptions(settings: MailboxSettings, largest: number): Promise<ImapFlowOptions> {
  const { host, security, auth, ca, connectTimeout, silence, idle } = settings;
  return {
    host,
    port: portOf(settings),
    secure: security === 'tls',
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    tls: { ...(isIP(host) ? {} : { servername: host }), ...(ca === undefined ? {} : { ca: await trusted(ca) }) },
    auth:
      'password' in auth
        ? { user: auth.user, pass: await secretOf(auth.password) }
        : { user: auth.user, accessToken: await secretOf(auth.token) },
    logger: false,
    clientInfo: { name: 'waybill' },
    // Whoever waits for mails says so; a session that works is not to be left by itself.
    disableAutoIdle: true,
    // Compressed answers would have to be unpacked before their size is known.
    disableCompression: true,
    maxIdleTime: idle,
    socketTimeout: silence,
    connectionTimeout: connectTimeout,
    greetingTimeout: connectTimeout,
    maxLineLength: longestLine,
    maxLiteralSize: largest,
    maxResponseSize: largest + longestLine,
    maxResponseTokens: mostTokens,
  };
}

function portOf({ port, security }: MailboxSettings): number {
  return port ?? (security === 'tls' ? 993 : 143);
}

async function secretOf(secret: string | { readonly file: string }): Promise<string> {
  if (typeof secret === 'string') return secret;
  try {
    return (await readFile(secret.file, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw errors.WB_EMAIL_MAILBOX_LOGIN(`The file ${secret.file} with the password or the token cannot be read.`, {
      outcome: 'not-sent',
      cause,
    });
  }
}

/** The certificates of the file beside those that Node trusts: a `ca` alone would replace them. */
async function trusted(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw errors.WB_EMAIL_MAILBOX_TLS(`The file ${file} cannot be read.`, { outcome: 'not-sent', cause });
  });
  if (text.includes('-----BEGIN')) return [...getCACertificates('default'), text];
  throw errors.WB_EMAIL_MAILBOX_TLS(`The file ${file} holds no certificate in the form of PEM.`, { outcome: 'not-sent' });
}
