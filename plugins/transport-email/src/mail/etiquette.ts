import { errors } from '../errors.ts';
import type { Target } from '../settings/target.ts';
import type { Recipient } from './composed-mail.ts';
import type { Mail, Unsubscribing } from './mail.ts';
import { itemsHeader, plainHeader } from './writing/header-lines.ts';

/** A line of a header holds 998 bytes, with its name and the brackets around the URL. */
const longestUrl = 950;

/**
 * What tells servers and people that a program has sent this mail, and how to get no more of them (RFC 3834, 2369, 8058, 2919).
 * Throws WB_EMAIL_ONE_RECIPIENT where several would get the link of one.
 */
export function etiquetteOf(mail: Mail, { etiquette }: Pick<Target, 'etiquette'>, recipients: readonly Recipient[]): readonly string[] {
  const { automatic = true, suppressReplies = true, precedence, listId } = etiquette ?? {};
  const isAutomatic = automatic || mail.isAutomaticReply;
  return [
    ...(isAutomatic ? [plainHeader('Auto-Submitted', mail.isAutomaticReply ? 'auto-replied' : 'auto-generated')] : []),
    // Not "All": that would keep away the bounces, too.
    ...(isAutomatic && suppressReplies ? [plainHeader('X-Auto-Response-Suppress', 'OOF, AutoReply')] : []),
    ...(precedence === undefined ? [] : [plainHeader('Precedence', precedence)]),
    ...(listId === undefined ? [] : [plainHeader('List-Id', `<${listId}>`)]),
    ...(mail.unsubscribe === undefined ? [] : unsubscribing(mail.unsubscribe, recipients)),
  ];
}

/** Whom no program answers (RFC 3834, section 2), by the part before the @. */
const programs =
  /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv|majordomo|owner-.*|.*-(owner|request|bounces?)|b-[a-z2-7]{26})$/i;

/** An automatic reply goes to people only. Throws WB_EMAIL_NEVER_ANSWERED. */
export function checkAnswered({ from, sender, isAutomaticReply }: Mail, recipients: readonly Recipient[]): void {
  if (!isAutomaticReply) return;
  const own = [from.wire, sender?.wire];
  const found = recipients.find(({ wire }) => own.includes(wire) || programs.test(wire.slice(0, wire.lastIndexOf('@'))));
  if (found) throw errors.WB_EMAIL_NEVER_ANSWERED(`An automatic reply would go to ${found.address}, where no person reads it.`);
}

function unsubscribing({ url, mailto }: Unsubscribing, recipients: readonly Recipient[]): readonly string[] {
  const link = url === undefined ? [] : [`<${linkOf(url, recipients)}>`];
  const address = mailto === undefined ? [] : [`<mailto:${encodeURIComponent(mailto).replace(/%40([^%]*)$/, '@$1')}>`];
  const header = itemsHeader('List-Unsubscribe', [...link, ...address], ',');
  return url === undefined ? [header] : [header, plainHeader('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click')];
}

/** The click says nothing but the URL: so the URL is of one recipient. */
function linkOf(url: string, recipients: readonly Recipient[]): string {
  const [first] = recipients;
  if (first === undefined || recipients.length > 1)
    throw errors.WB_EMAIL_ONE_RECIPIENT(`The mail has a link to end a subscription, and ${recipients.length} recipients.`, {
      at: 'unsubscribe.url',
    });
  const link = url.replaceAll('{recipient}', encodeURIComponent(first.address));
  if (link.length > longestUrl || !URL.canParse(link))
    throw errors.WB_EMAIL_HEADER(`The URL that ends a subscription is none, or has more than ${longestUrl} characters.`, {
      at: 'unsubscribe.url',
    });
  return link;
}
