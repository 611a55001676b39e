import type { Recipient } from '../mail/composed-mail.ts';
import type { Offers } from './opening/hello.ts';

/** Who sends a mail to whom, and what is to be told of what became of it. */
export interface Envelope {
  /** As it goes over the wire; empty where no answer is wanted. */
  readonly sender: string;
  readonly recipients: readonly Recipient[];
  /** A header of the mail has an address with letters outside ASCII. */
  readonly needsUtf8: boolean;
  /** By which a report names the mail (RFC 3461, ENVID): up to 100 letters, digits and dots. */
  readonly id: string;
  /** When servers that can are to report. Empty: never. */
  readonly notify: readonly Notify[];
  /** What of the mail a report gives back. */
  readonly ret: 'headers' | 'full';
}

export type Notify = 'failure' | 'delay' | 'success';

/** The longest path, with its angle brackets, in bytes (RFC 5321, 4.5.3.1.3). Addresses with UTF-8 are longer than they look. */
const longestPath = 256;
/** RFC 3461, 4.2. */
const longestOriginal = 500;

/** Whether an address can stand between angle brackets without saying anything else. The mail was checked before; this is the last door. */
export function isSafe(address: string): boolean {
  const isOne = /^[^\s<>\p{Cc}]+@[^\s<>@\p{Cc}]+$/u.test(address);
  return isOne && address.isWellFormed() && Buffer.byteLength(address) + 2 <= longestPath;
}

/** `size`: of the mail, in bytes. */
export function mailCommand(
  { sender, id, ret, needsUtf8, recipients }: Envelope,
  offers: Offers,
  { size, hasEightBit }: { readonly size: number; readonly hasEightBit: boolean },
): string {
  const isUtf8 = offers.utf8 && (needsUtf8 || needsUtf8In(sender) || recipients.some(isBeyondAscii));
  return [
    `MAIL FROM:<${sender}>`,
    ...(offers.size ? [`SIZE=${size}`] : []),
    ...(hasEightBit && offers.eightBit ? ['BODY=8BITMIME'] : []),
    ...(isUtf8 ? ['SMTPUTF8'] : []),
    ...(offers.reports ? [`RET=${ret === 'full' ? 'FULL' : 'HDRS'}`, `ENVID=${xtext(id)}`] : []),
  ].join(' ');
}

export function recipientCommand(recipient: Recipient, { notify }: Envelope, offers: Offers): string {
  const command = `RCPT TO:<${recipient.wire}>`;
  if (!offers.reports) return command;
  const when = notify.length === 0 ? 'NEVER' : notify.map((one) => one.toUpperCase()).join(',');
  const original = originalOf(recipient, offers);
  return `${command} NOTIFY=${when}${original.length > longestOriginal ? '' : ` ORCPT=${original}`}`;
}

export function isBeyondAscii({ wire, needsUtf8 }: Recipient): boolean {
  return needsUtf8 || needsUtf8In(wire);
}

export function needsUtf8In(address: string): boolean {
  return /[\u0080-\u{10ffff}]/u.test(address);
}

/** Reports name the recipient as it stood in the message, where that can be written so; up to 500 characters. */
function originalOf({ address, wire }: Recipient, { utf8 }: Offers): string {
  const [ascii] = [address, wire].filter((one) => !needsUtf8In(one) && isSafe(one));
  if (ascii !== undefined) return `rfc822;${xtext(ascii)}`;
  // RFC 6533, 3: a server that takes such an address knows this type, too.
  return utf8 ? `utf-8;${unicodeText(wire)}` : `rfc822;${xtext(wire)}`;
}

/** RFC 3461, 4. */
function xtext(text: string): string {
  return text.replaceAll(/[^!-~]|[+=]/gu, (one) =>
    Array.from(Buffer.from(one, 'utf8'), (byte) => `+${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

/** RFC 6533, 3: utf-8-addr-xtext. */
function unicodeText(text: string): string {
  return text.replaceAll(/[^!-~]|[+=\\]/gu, (one) => `\\x{${(one.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`);
}
