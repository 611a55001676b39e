import { createHash } from 'node:crypto';
import type { Report, ReportKind } from '@waybill/contract';
import { domainOf } from '../incoming/addresses.ts';
import type { Own } from '../incoming/automatic.ts';
import { identityOf } from '../incoming/identity.ts';
import type { MailTree } from '../incoming/mail-tree.ts';
import { referenceIn } from '../reference.ts';
import type { Classified, Original, Reported, ReportedKind } from './classified.ts';

/** Longer words of the far side are cut. */
const longestDetail = 500;

/**
 * What a mail reports about mails that were sent, one report for each recipient; of a message none. A report of which nobody can tell what it
 * is about names itself: it is about nothing that is known.
 */
export function reportsOf({ kind, recipients, original }: Classified, mail: MailTree, own: Own): readonly Report[] {
  if (kind === 'message') return [];
  const identity = identityOf(mail);
  const about = aboutOf(original, own) ?? identity;
  const all: readonly (Reported | undefined)[] = recipients.length > 0 ? recipients : [undefined];
  return all.map((each) => {
    const detail = each && detailOf(each);
    return {
      about,
      id: idOf(identity, each?.address ?? '', each?.kind ?? kind),
      ...kindOf(each?.kind ?? kind),
      ...(each && { recipient: each.address }),
      ...(detail !== undefined && { detail }),
    };
  });
}

/** The same mail, fetched again from wherever, makes the same reports. */
function idOf(identity: string, recipient: string, kind: ReportedKind): string {
  return createHash('sha256').update(`${identity}\n${recipient}\n${kind}`).digest('hex').slice(0, 40);
}

function kindOf(kind: ReportedKind): { readonly kind: ReportKind; readonly permanent?: boolean } {
  switch (kind) {
    case 'bounce-hard':
      return { kind: 'bounced', permanent: true };
    case 'bounce-soft':
      return { kind: 'bounced', permanent: false };
    case 'complaint':
    case 'delayed':
    case 'auto-reply':
    case 'read':
    case 'delivered':
      return { kind };
  }
}

function detailOf({ status, diagnostic, action, challenge }: Reported): string | undefined {
  const words = [
    challenge ? 'A confirmation is asked for.' : undefined,
    status !== undefined && !diagnostic?.includes(status) ? status : undefined,
    diagnostic ?? action,
  ].filter((each) => each !== undefined);
  const text = words.join(' ').replaceAll(/\s+/g, ' ').trim();
  if (text === '') return undefined;
  return text.length <= longestDetail ? text : text.slice(0, longestDetail).replace(/[\ud800-\udbff]$/, '');
}

/** A reference, and the domain that it was found with: undefined where none belongs to it. */
interface Candidate {
  readonly reference: string;
  readonly domain: string | undefined;
}

/**
 * What the kernel knows the mail by: our reference, from the most telling place that has one; those with our own domain go before others,
 * which may be anybody's words that look alike. Else the id that the relay gave the mail.
 */
function aboutOf(original: Original, own: Own): string | undefined {
  const candidates = candidatesIn(original);
  const domains = [own.domain, own.bounces?.domain].filter((domain) => domain !== undefined).map((domain) => domain.toLowerCase());
  const found = candidates.find(({ domain }) => domain === undefined || domains.includes(domain)) ?? candidates[0];
  return found?.reference ?? relayId(original);
}

function candidatesIn({ envid, envidAsWritten, bounceAddress, messageIds = [] }: Original): readonly Candidate[] {
  const envelopeIds = [envid, envidAsWritten].filter((id) => id?.toLowerCase().startsWith('wb.')).map((id) => [id, undefined] as const);
  const addresses = [bounceAddress, ...messageIds].map((id) => [id, id && domainOf(id.replace(/>$/, ''))] as const);
  return [...envelopeIds, ...addresses].flatMap(([id, domain]) => {
    const reference = id === undefined ? undefined : referenceIn(id);
    return reference === undefined ? [] : [{ reference, domain }];
  });
}

/**
 * Amazon SES answers the final dot with what becomes the part of the Message-ID before the @; most answer with the queue id that they write into
 * Received; Exchange answers with the Message-ID.
 */
function relayId({ messageId, relayIds }: Original): string | undefined {
  const ofSes = /^<([0-9a-f]{16,}-[0-9a-f-]{10,80})@/i.exec(messageId ?? '')?.[1];
  return ofSes ?? relayIds?.[0] ?? messageId;
}
