import { type Address, addressesIn, domainOf, isSameAddress } from './addresses.ts';
import { fieldOf, fieldsOf, type Part, partsOf } from './mail-tree.ts';

/** What is ours: a mail that comes from here must not be answered by us. */
export interface Own {
  /** The domain of the ids of our mails. */
  readonly domain: string;
  /** Of our bounce addresses, where they have a domain of their own. */
  readonly bounces?: { readonly domain: string } | undefined;
  /** Addresses that we send from or receive at. */
  readonly addresses?: readonly string[] | undefined;
}

/**
 * Whether no machine may answer a mail (RFC 3834, 2): it was made by one, it is a report or went to a list, nobody reads what its sender
 * is sent, or it is our own. To answer such a mail makes loops.
 */
export function isAutomatic(mail: Part, own?: Own): boolean {
  return (
    hasEmptySender(mail) ||
    (autoSubmitted(mail) ?? 'no') !== 'no' ||
    saysSo(mail) ||
    isReport(mail) ||
    addressesOfSenders(mail).some((address) => isMachine(address) || (own !== undefined && isOwn(address, own)))
  );
}

/** The first word of Auto-Submitted, in lower case; undefined where the field is missing. Behind it may stand comments and parameters. */
export function autoSubmitted(mail: Part): string | undefined {
  return /^[\w-]+/.exec(fieldOf(mail, 'auto-submitted')?.value.trim() ?? '')?.[0].toLowerCase();
}

/** `Return-Path: <>`: what every report and many an automatic answer comes with. */
export function hasEmptySender(mail: Part): boolean {
  return /^<\s*>$/.test(fieldOf(mail, 'return-path')?.value.trim() ?? '');
}

/**
 * What delivers mails has sent it. With several addresses in From, as in damaged mails, all of them have to be such: a person's name beside it
 * tells of a person.
 */
export function isFromDaemon(mail: Part): boolean {
  const from = fieldsOf(mail, 'from').flatMap(({ value }) => addressesIn(value));
  const path = fieldsOf(mail, 'return-path').flatMap(({ value }) => addressesIn(value));
  const isDaemon = ({ name, address }: Address) =>
    /^(mailer-daemon|postmaster|mail-?daemon)([+.=-][^@]*)?@/i.test(address.slice(0, 320)) || /^mail delivery (sub)?system$/i.test(name);
  return (from.length > 0 && from.every(isDaemon)) || path.some(isDaemon);
}

/** It has a part that only reports have, or is of their type. */
export function isReport(mail: Part): boolean {
  return partsOf(mail).some((part) => part.type === 'multipart/report' || isReportPart(part));
}

/** A part that machines read: what became of a mail, who complains of it, who has read it. */
export function isReportPart({ type }: Part): boolean {
  return /^message\/(global-)?(delivery-status|disposition-notification)$|^message\/feedback-report$/.test(type);
}

function saysSo(mail: Part): boolean {
  return (
    mail.fields.some(({ name }) =>
      /^list-(id|unsubscribe|post|help|subscribe|owner|archive)$|^x-(autoreply|autorespond|auto-?reply)/.test(name),
    ) ||
    fieldsOf(mail, 'precedence').some(({ value }) => /^\s*(bulk|junk|list|auto_?reply)\b/i.test(value)) ||
    fieldsOf(mail, 'x-auto-response-suppress').some(({ value }) => /\b(all|autoreply|oof)\b/i.test(value)) ||
    fieldOf(mail, 'x-loop') !== undefined
  );
}

function addressesOfSenders(mail: Part): readonly string[] {
  return ['return-path', 'from', 'sender', 'reply-to'].flatMap((name) =>
    fieldsOf(mail, name).flatMap(({ value }) => addressesIn(value).map(({ address }) => address)),
  );
}

/** Addresses whose mails nobody writes, or nobody reads the answers of. */
function isMachine(address: string): boolean {
  // No address is longer (RFC 5321, 4.5.3.1).
  return (
    address.length <= 320 &&
    /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|[\w.+-]*-bounces?|listserv|majordomo)([+.=-][^@]*)?@/i.test(address)
  );
}

function isOwn(address: string, own: Own): boolean {
  const domain = domainOf(address);
  if (own.bounces !== undefined && domain === own.bounces.domain.toLowerCase()) return true;
  return own.addresses?.some((each) => isSameAddress(each, address)) ?? false;
}
