import type { Delivery, Principal, Report, WaybillError } from '@waybill/contract';
import { arrivalErrors, mailErrors } from '../errors.ts';
import { addressesIn } from '../incoming/addresses.ts';
import { authenticationResults } from '../incoming/authentication-results.ts';
import { identityOf } from '../incoming/identity.ts';
import { fieldsOf, type MailTree } from '../incoming/mail-tree.ts';
import { type MailMessage, messagesIn } from '../incoming/messages-in.ts';
import { readMail } from '../incoming/read-mail.ts';
import { classify } from '../reports/classify.ts';
import { reportsOf } from '../reports/reports-of.ts';
import type { Post } from '../settings/connection.ts';
import type { Source } from '../settings/source.ts';
import type { FetchedMail } from './fetching.ts';
import { isAmong } from './senders.ts';

/** One message of a mail, and the part that it is. */
export interface MailDelivery {
  readonly part: string;
  readonly delivery: Delivery;
}

/** What a mail is to this side. */
export type IncomingMail =
  | { readonly kind: 'reports'; readonly reports: readonly Report[] }
  | { readonly kind: 'messages'; readonly deliveries: readonly MailDelivery[] };

/** What a mail brings. Never throws: what cannot be taken whole comes with a defect. */
export function incomingMail(mail: FetchedMail, source: Source, post: Post): IncomingMail {
  const tree = readMail(mail.bytes, { total: source.limit });
  try {
    const reports = source.reports && mail.isWhole ? reportsOf(classify(tree), tree, post) : [];
    return reports.length > 0 ? { kind: 'reports', reports } : messagesOf(mail, tree, source);
  } catch (cause) {
    return only(mail, tree, arrivalErrors.WB_EMAIL_UNREADABLE(`The mail cannot be read: ${String(cause)}`, { cause }));
  }
}

function messagesOf(mail: FetchedMail, tree: MailTree, source: Source): IncomingMail {
  if (!mail.isWhole) {
    const reason = `The mail has ${mail.size} bytes, and ${source.limit} are allowed.`;
    return only(mail, tree, mailErrors.WB_EMAIL_MAIL_TOO_LARGE(reason));
  }
  const principal = principalOf(tree, source);
  const stranger = strangerIn(tree, source, principal);
  // Anybody can fill a mailbox; what is kept of it here is next to nothing.
  if (stranger) return only({ ...mail, bytes: new Uint8Array(0) }, tree, stranger);
  const messages = messagesIn(tree, source);
  return { kind: 'messages', deliveries: messages.map((message) => deliveryOf(mail, tree, withoutEmptiness(message, source), principal)) };
}

function principalOf(tree: MailTree, { trust }: Source): Principal | undefined {
  const name = trust && authenticationResults(tree, trust.server).principal;
  return name === undefined ? undefined : { name };
}

/** With a trusted server only senders whom it has found genuine are among those who may send. */
function strangerIn(tree: MailTree, { from, trust }: Source, principal: Principal | undefined): WaybillError | undefined {
  if (from === undefined) return undefined;
  const senders = fieldsOf(tree, 'from').flatMap(({ value }) => addressesIn(value).map(({ address }) => address));
  const [sender] = trust ? [principal?.name] : senders.length === 1 ? senders : [];
  if (sender !== undefined && isAmong(sender, from)) return undefined;
  const proven = trust && principal === undefined ? `, of whom ${trust.server} does not say that they are genuine` : '';
  return arrivalErrors.WB_EMAIL_STRANGER(`The mail comes from ${senders.join(', ').slice(0, 300) || 'nobody'}${proven}.`);
}

/** The mail as one message that nobody works on. */
function only(mail: FetchedMail, tree: MailTree, defect: WaybillError): IncomingMail {
  const [whole] = messagesIn({ ...tree, defect, raw: mail.bytes }, { take: 'whole' });
  return { kind: 'messages', deliveries: whole ? [deliveryOf(mail, tree, whole, undefined)] : [] };
}

function deliveryOf(mail: FetchedMail, tree: MailTree, message: MailMessage, principal: Principal | undefined): MailDelivery {
  const { part, body, contentType, properties, defect } = message;
  const id = `${idOf(mail, tree)}${part === '' ? '' : `#${part}`}`;
  const createdAt = mail.arrivedAt === undefined ? undefined : Math.min(mail.arrivedAt, Date.now());
  return {
    part,
    delivery: {
      message: { id, body, contentType, properties, ...(createdAt === undefined ? {} : { createdAt }) },
      ...(principal === undefined ? {} : { principal }),
      ...(defect === undefined ? {} : { defect }),
    },
  };
}

/**
 * The same for a mail wherever it lies, whatever its UID is, and whenever it is read: see the decision on the identity of mails. Its Message-ID is
 * there for people; another delivery of the same mail has another digest.
 */
function idOf({ digest }: FetchedMail, tree: MailTree): string {
  const identity = identityOf(tree);
  return `${identity.startsWith('<') ? identity.slice(1, -1).slice(0, 200) : 'mail'}/${digest}`;
}

/** An attached document of no bytes is whole: whether it means something is for the pack to say. */
function withoutEmptiness(message: MailMessage, { take }: Source): MailMessage {
  const isEmpty = take === 'attachments' && message.defect?.code === mailErrors.WB_EMAIL_EMPTY.code;
  return isEmpty ? { ...message, defect: undefined } : message;
}
