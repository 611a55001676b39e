import type { Message } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { Target } from '../settings/target.ts';
import type { Address } from './address/address.ts';
import { addressesOf, matcherOf, oneAddressOf } from './address/recipients.ts';
import { isCopyOfFailed, saidBy } from './document/document-of.ts';
import type { MailDocument } from './document/mail-document.ts';
import { attachmentsOf, imagesOf } from './files-of.ts';
import { checkHeaderName, languageOf, lineOf, messageIdsOf } from './header-value.ts';
import { textOfHtml } from './html/text-of-html.ts';
import type { Mail } from './mail.ts';

type Properties = Message['properties'];

const nothing: Properties = {};

/**
 * The mail that a message asks for: its mail document decides, then its properties, then the entry. Everything in it is checked. Throws the errors of
 * this transport, each of them final: the same message would fail again.
 */
export function mailOf(message: Message, target: Target): Mail {
  const said = saidBy(message, target);
  const { document } = said;
  // Whoever sent a message that failed has no say in the mail that tells of it.
  const isForeign = isCopyOfFailed(message);
  const properties = isForeign ? nothing : message.properties;
  const usualSubject = isForeign ? 'A message failed' : (message.type ?? '');
  return {
    ...peopleOf(document, properties, target),
    ...threadOf(document, properties),
    ...bodiesOf(document),
    subject: lineOf(document.subject ?? properties['subject'] ?? target.subject ?? usualSubject, 'the subject', 1_000),
    images: imagesOf(document),
    attachments: attachmentsOf(said, message, target),
    headers: headersOf(document, target),
    language: languageIn(document.language ?? properties['language'] ?? target.language),
    unsubscribe: unsubscribingOf(document.unsubscribe ?? target.etiquette?.unsubscribe),
    isAutomaticReply: /^auto-replied\b/i.test(properties['auto-submitted'] ?? ''),
  };
}

function peopleOf(document: MailDocument, properties: Properties, target: Target) {
  const list = (key: 'to' | 'cc' | 'bcc' | 'replyTo', property: string): readonly Address[] => {
    const [written, where] = firstOf(
      [document[key], key],
      [properties[property], `the property "${property}"`],
      [target[key], `"${key}" of the entry`],
    );
    return written === undefined ? [] : addressesOf(written, where, target.maxRecipients);
  };
  return {
    from: personOf('from', document, properties, target) ?? oneAddressOf(target.from, '"from" of the entry'),
    sender:
      personOf('sender', document, properties, target) ??
      (target.sender === undefined ? undefined : oneAddressOf(target.sender, '"sender" of the entry')),
    to: list('to', 'to'),
    cc: list('cc', 'cc'),
    bcc: list('bcc', 'bcc'),
    replyTo: list('replyTo', 'reply-to'),
  };
}

type Choice<Value> = readonly [value: Value | undefined, where: string];

function firstOf<Value>(...choices: readonly Choice<Value>[]): Choice<Value> {
  return choices.find(([value]) => value !== undefined) ?? [undefined, ''];
}

/** In whose name the message wants to be sent, where it says that and may. */
function personOf(key: 'from' | 'sender', document: MailDocument, properties: Properties, target: Target): Address | undefined {
  const [written, where] = firstOf([document[key], key], [properties[key], `the property "${key}"`]);
  if (written === undefined) return undefined;
  const person = oneAddressOf(written, where);
  const own = () => oneAddressOf(target.from, '"from" of the entry').wire.replace(/^.*@/s, '*@');
  if (!matcherOf(target.onlyFrom ?? [own()])(person.wire)) {
    throw errors.WB_EMAIL_NOT_ALLOWED(`The entry lets no message be sent in the name of ${person.wire}.`, { at: where });
  }
  return person;
}

function threadOf(document: MailDocument, properties: Properties) {
  const inReplyTo = document.inReplyTo ?? properties['in-reply-to'];
  const references = document.references ?? properties['references']?.split(/[ \t]+/).filter(Boolean) ?? [];
  if (references.length > 50) throw errors.WB_EMAIL_HEADER('There are more than 50 references to other mails.', { at: 'references' });
  const thread = document.thread ?? properties['thread'];
  return {
    inReplyTo: inReplyTo === undefined ? undefined : messageIdsOf([inReplyTo], 'inReplyTo')[0],
    references: messageIdsOf(references, 'references'),
    thread: thread === undefined ? undefined : lineOf(thread, 'thread', 200),
  };
}

function bodiesOf({ text, html, calendar }: MailDocument) {
  if (calendar && /^METHOD:[ \t]*([A-Z]+)[ \t]*\r?$/m.exec(calendar.text)?.[1] !== calendar.method) {
    throw errors.WB_EMAIL_DOCUMENT(`The text of the calendar does not say METHOD:${calendar.method}.`, { at: 'calendar.method' });
  }
  return { text: text ?? (html === undefined ? undefined : textOfHtml(html)), html, calendar };
}

function headersOf({ headers: own = {} }: MailDocument, { headers = {}, ownHeaders }: Target): Mail['headers'] {
  const isAllowed = matcherOf(ownHeaders);
  for (const name of Object.keys(own)) {
    checkHeaderName(name, 'headers');
    if (!isAllowed(name)) throw errors.WB_EMAIL_NOT_ALLOWED(`The entry lets no message set the header ${name}.`, { at: `headers.${name}` });
  }
  const names = new Set(Object.keys(own).map((each) => each.toLowerCase()));
  const fixed = Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()));
  for (const [name] of fixed) checkHeaderName(name, '"headers" of the entry');
  return [...fixed, ...Object.entries(own)].map(([name, value]) => [name, lineOf(value, `headers.${name}`)]);
}

function languageIn(language: string | undefined): string | undefined {
  return language === undefined ? undefined : languageOf(language, 'language');
}

function unsubscribingOf(unsubscribe: MailDocument['unsubscribe']): Mail['unsubscribe'] {
  if (unsubscribe?.url === undefined && unsubscribe?.mailto === undefined) return undefined;
  const { url, mailto } = unsubscribe;
  if (url !== undefined && !/^https:\/\/[!-;=?-~]{1,900}$/.test(url)) {
    throw errors.WB_EMAIL_HEADER('The URL that ends a subscription has to begin with https:// and to have visible ASCII only.', {
      at: 'unsubscribe.url',
    });
  }
  return { url, mailto: mailto === undefined ? undefined : oneAddressOf(mailto, 'unsubscribe.mailto').wire };
}
