import type { ReceiveContext } from '@waybill/contract';
import type { Post } from '../settings/connection.ts';
import type { Source } from '../settings/source.ts';
import { EmailListener } from './email-listener.ts';
import { Mailbox } from './mailbox.ts';
import type { MailboxAccess } from './opening-options.ts';

/** What of a connection receiving needs. */
interface OfConnection {
  readonly mailbox: MailboxAccess;
  readonly post: Post;
}

/** Throws as `EmailListener.open` does. */
export function open({ mailbox, post }: OfConnection, source: Source, context: ReceiveContext): Promise<EmailListener> {
  return EmailListener.open({ access: mailbox, post, source, context });
}

/** Throws as `EmailListener.open` does. */
export function probe({ mailbox }: Pick<OfConnection, 'mailbox'>, source: Source): Promise<void> {
  return EmailListener.probe(mailbox, source);
}

/** Sees whether the server is there and lets this side in. Throws as `Mailbox.open` does. */
export async function probeMailbox(access: MailboxAccess): Promise<void> {
  const mailbox = await Mailbox.open(access, 'INBOX', 0, new AbortController().signal);
  mailbox.close();
}
