import { domainToASCII } from 'node:url';
import type { Message } from '@waybill/contract';
import { messageIdOf, referenceOf } from '../reference.ts';
import type { Post } from '../settings/connection.ts';
import type { Target } from '../settings/target.ts';
import type { ComposedMail, Recipient } from './composed-mail.ts';

/** The mail of a message: its body as a file. Pure: the same bytes each time. */
export function compose(message: Message, target: Target, { domain, key }: Post): ComposedMail {
  const reference = referenceOf(message, key);
  const to = (message.properties['to'] ?? target.to?.join(',') ?? '').split(',').map((one) => recipientOf(one.trim()));
  const lines =
    Buffer.from(message.body)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  const headers = [
    `From: ${target.from}`,
    `To: ${to.map(({ wire }) => wire).join(',\r\n ')}`,
    `Subject: ${message.type ?? 'message'}`,
    `Date: ${new Date(message.createdAt).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageIdOf(reference, domain)}`,
    'MIME-Version: 1.0',
    `Content-Type: ${message.contentType ?? 'application/octet-stream'}`,
    'Content-Disposition: attachment; filename="document"',
    'Content-Transfer-Encoding: base64',
  ];
  return {
    bytes: Buffer.from(`${[...headers, '', ...lines].join('\r\n')}\r\n`, 'latin1'),
    recipients: to,
    needsUtf8: false,
    sender: /<(.*)>$/.exec(target.from)?.[1] ?? target.from,
    reference,
  };
}

function recipientOf(address: string): Recipient {
  const place = address.lastIndexOf('@');
  const local = address.slice(0, place);
  return { address, wire: `${local}@${domainToASCII(address.slice(place + 1))}`, needsUtf8: /[\u0080-\u{10ffff}]/u.test(local) };
}
