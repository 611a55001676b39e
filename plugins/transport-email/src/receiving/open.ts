import type { ReceiveContext } from '@waybill/contract';
import { mailboxErrors as errors } from '../errors.ts';
import type { Post } from '../settings/connection.ts';
import type { MailboxSettings } from '../settings/imap.ts';
import type { Source } from '../settings/source.ts';
import { EmailListener } from './email-listener.ts';
import { Mailbox } from './mailbox.ts';

/** Throws as `EmailListener.open` does. */
export function open(post: Post, source: Source, context: ReceiveContext): Promise<EmailListener> {
  return EmailListener.open({ imap: imapOf(post), post, source, context });
}

/** Throws as `EmailListener.open` does. */
export function probe(post: Post, source: Source): Promise<void> {
  return EmailListener.probe(imapOf(post), source);
}

/** Sees whether the server is there and lets this side in. Throws as `Mailbox.open` does. */
export async function probeMailbox(imap: MailboxSettings): Promise<void> {
  const mailbox = await Mailbox.open(imap, 'INBOX', 0, new AbortController().signal);
  mailbox.close();
}

/** The check of manifests refuses an entry without it. */
function imapOf({ imap }: Post): MailboxSettings {
  if (imap) return imap;
  throw errors.WB_EMAIL_MAILBOX_UNREACHABLE('The connection has no "imap".', { retryable: false, kind: 'invalid' });
}
