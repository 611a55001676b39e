import type { ImapFlowOptions } from 'imapflow';
import { mailboxErrors as errors } from '../errors.ts';
import type { MailboxSettings } from '../settings/imap.ts';
import type { AccessToken } from '../smtp/opening/access-token.ts';
import { secretOf } from '../smtp/opening/secret-of.ts';
import { securityFor } from '../smtp/opening/security.ts';

/** A mailbox, and who this side is to it. */
export interface MailboxAccess {
  readonly settings: MailboxSettings;
  /** Where tokens are the proof. */
  readonly token: AccessToken | undefined;
}

/** What stands around the bytes of a mail in an answer, and the longest answer to a search: some two million mails. */
const longestLine = 16_000_000;
/** Every number of a search is one, too. */
const mostTokens = 1_000_000;

/** `orders@example.com at imap.example.com:993` */
export function placeOf(settings: MailboxSettings): string {
  return `${userOf(settings)} at ${settings.host}:${portOf(settings)}`;
}

/**
 * How the library opens a session. Reads the files anew: secrets and certificates are renewed while a process runs. `largest`: how many bytes of
 * a mail are asked for at most; a server that sends more is cut off. Throws WB_EMAIL_LOGIN or WB_EMAIL_TLS when they cannot be had, and
 * WB_EMAIL_MAILBOX_TLS for a server on another machine without encryption.
 */
export async function openingOptions(settings: MailboxSettings, token: string | undefined, largest: number): Promise<ImapFlowOptions> {
  const { host, encryption, auth, tls, connectTimeout, silence, idle } = settings;
  if (encryption === 'none' && !isHere(host))
    throw errors.WB_EMAIL_MAILBOX_TLS(`${host} is another machine: nothing is said to it without encryption.`);
  const user = userOf(settings);
  return {
    host,
    port: portOf(settings),
    secure: encryption === 'tls',
    ...(encryption === 'tls' ? {} : { doSTARTTLS: encryption === 'starttls' }),
    tls: await securityFor(tls ? { host, tls } : { host }),
    auth: 'password' in auth ? { user, pass: await secretOf(auth.password.password) } : { user, accessToken: token ?? '' },
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

function userOf({ auth }: MailboxSettings): string {
  return 'password' in auth ? auth.password.user : auth.oauth.user;
}

function portOf({ port, encryption }: MailboxSettings): number {
  return port ?? (encryption === 'tls' ? 993 : 143);
}

function isHere(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i.test(host);
}
