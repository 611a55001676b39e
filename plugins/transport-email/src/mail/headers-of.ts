import { createHash } from 'node:crypto';
import { messageIdOf } from '../reference.ts';
import type { Target } from '../settings/target.ts';
import type { Address } from './address/address.ts';
import type { Recipient } from './composed-mail.ts';
import { etiquetteOf } from './etiquette.ts';
import type { Mail } from './mail.ts';
import { addressHeader, itemsHeader, plainHeader, textHeader } from './writing/header-lines.ts';

export interface About {
  /** In milliseconds since 1970. */
  readonly createdAt: number;
  readonly reference: string;
  readonly domain: string;
  /** To and Cc are ASCII, whoever is in them. */
  readonly isPlain: boolean;
}

/** The headers of a mail but those of its content, in the order in which people expect them, each with its line end. Bcc is in none of them. */
export function headersOf(mail: Mail, target: Target, recipients: readonly Recipient[], about: About): readonly string[] {
  const { from, sender, to, cc, replyTo, subject, inReplyTo, language, headers } = mail;
  const people = (name: string, list: readonly Address[], isPlain = false) =>
    list.length === 0 ? [] : [addressHeader(name, list, isPlain)];
  const before = earlierIds(mail, about);
  return [
    plainHeader('Date', new Date(about.createdAt).toUTCString().replace('GMT', '+0000')),
    addressHeader('From', [from]),
    ...(sender === undefined || sender.wire === from.wire ? [] : [addressHeader('Sender', [sender])]),
    ...(to.length + cc.length === 0 ? [plainHeader('To', 'undisclosed-recipients:;')] : people('To', to, about.isPlain)),
    ...people('Cc', cc, about.isPlain),
    ...people('Reply-To', replyTo),
    ...(subject === undefined || subject === '' ? [] : [textHeader('Subject', subject)]),
    plainHeader('Message-ID', messageIdOf(about.reference, about.domain)),
    ...(inReplyTo === undefined ? [] : [plainHeader('In-Reply-To', inReplyTo)]),
    ...(before.length === 0 ? [] : [itemsHeader('References', before, '')]),
    ...(language === undefined ? [] : [plainHeader('Content-Language', language)]),
    ...etiquetteOf(mail, target, recipients),
    ...headers.map(([name, value]) => textHeader(name, value)),
    plainHeader('MIME-Version', '1.0'),
  ];
}

/** The mails before this one. A thread is a mail that nobody has sent, to which all of the thread refer. */
function earlierIds({ references, inReplyTo, thread }: Mail, { domain }: About): readonly string[] {
  const root = thread === undefined ? [] : [`<thread.${createHash('sha256').update(thread).digest('hex').slice(0, 26)}@${domain}>`];
  return [...new Set([...root, ...references, ...(inReplyTo === undefined ? [] : [inReplyTo])])];
}
