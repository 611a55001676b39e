import type { Message } from '@waybill/contract';
import { bounceAddressOf, referenceOf } from '../reference.ts';
import type { Post } from '../settings/connection.ts';
import type { Target } from '../settings/target.ts';
import type { Address } from './address/address.ts';
import { recipientsOf } from './address/recipients.ts';
import type { ComposedMail } from './composed-mail.ts';
import { tooLarge } from './document/document-of.ts';
import { checkAnswered } from './etiquette.ts';
import { checkHeader } from './header-value.ts';
import { headersOf } from './headers-of.ts';
import type { Mail } from './mail.ts';
import { mailOf } from './mail-of.ts';
import type { Signer } from './signing/signer.ts';
import { partOf } from './writing/parts.ts';
import { type Piece, sizeOf, writePiece } from './writing/piece.ts';

/** What composing needs of a connection. */
export type Origin = Pick<Post, 'domain' | 'key' | 'bounces'>;

/**
 * The mail that a message asks for, as bytes. Pure: the same message, entry and connection give the same bytes at every attempt, signature included.
 * Throws the errors of this transport, each of them final (`refused`): a wrong address, document or header, too many recipients, too large a mail.
 */
export function compose(message: Message, target: Target, origin: Origin, signer?: Signer): ComposedMail {
  const mail = mailOf(message, target);
  const reference = referenceOf(message, origin.key);
  const recipients = recipientsOf([mail.to, mail.cc, mail.bcc], target);
  checkAnswered(mail, recipients);
  const part = partOf(mail, reference);
  // Somebody whom every server can serve must not lose the mail for the sake of another one's address.
  const isPlain = recipients.some(({ needsUtf8 }) => !needsUtf8);
  const about = { createdAt: message.createdAt, reference, domain: origin.domain, isPlain };
  const headers = [...headersOf(mail, target, recipients, about), ...part.headers];
  return {
    bytes: assembled(headers, part.body, target.limit, signer),
    recipients,
    needsUtf8: writtenIn(mail, isPlain).some(({ needsUtf8 }) => needsUtf8),
    sender: senderOf(mail, reference, origin),
    reference,
  };
}

/** Whose addresses stand in the headers as they are. */
function writtenIn({ from, sender, to, cc, replyTo }: Mail, isPlain: boolean): readonly Address[] {
  return [from, ...(sender ? [sender] : []), ...replyTo, ...(isPlain ? [] : [...to, ...cc])];
}

function senderOf({ from, sender, isAutomaticReply }: Mail, reference: string, { bounces }: Origin): string {
  if (isAutomaticReply) return '';
  return bounces === undefined ? (sender ?? from).wire : bounceAddressOf(reference, bounces.domain);
}

/** Everything is measured first, so that the bytes are written once, to where they stay. */
function assembled(headers: readonly string[], body: readonly Piece[], limit: number, signer: Signer | undefined): Uint8Array {
  for (const header of headers) checkHeader(header);
  const head = `${headers.join('')}\r\n`;
  const last = body.at(-1);
  const ending = typeof last === 'string' && last !== '' && !last.endsWith('\r\n') ? '\r\n' : '';
  const room = signer?.lengthFor(headers) ?? 0;
  const size = [head, ...body, ending].reduce((sum, piece) => sum + sizeOf(piece), room);
  if (size > limit) throw tooLarge(size, limit);
  const bytes = Buffer.allocUnsafeSlow(size);
  const start = writePiece(head, bytes, room);
  let at = start;
  for (const piece of [...body, ending]) at = writePiece(piece, bytes, at);
  if (signer) bytes.write(signer.sign(headers, bytes.subarray(start)), 0, 'latin1');
  return bytes;
}
