import { addressesIn } from '../incoming/addresses.ts';
import { messageIdIn, messageIdsIn } from '../incoming/identity.ts';
import { type Field, fieldOf, fieldsOf, type Part, partsOf } from '../incoming/mail-tree.ts';
import { readMail } from '../incoming/read-mail.ts';
import { referenceIn } from '../reference.ts';
import type { Original } from './classified.ts';
import { decodeXtext, isLikely } from './parts/typed-address.ts';

/** Ids of a long thread beyond these are not looked at; the newest count. */
const mostIds = 50;

/**
 * What a report holds to find the mail that it speaks of. `told`: the fields of its machine-readable parts. `returned`: the mail, or its header
 * block, that came back.
 */
export function originalOf(mail: Part, told: readonly Field[], returned: Part | undefined): Original {
  const raw = valueIn(told, 'original-envelope-id')?.replaceAll(/\s+/g, '');
  const bounceAddress = bounceAddressIn(mail, told);
  const verp = bounceAddress === undefined ? undefined : referenceIn(bounceAddress);
  const messageIds = [
    ...(returned ? fieldsOf(returned, 'message-id').flatMap(({ value }) => messageIdIn(value) ?? []) : []),
    ...[...told, ...mail.fields]
      .filter(({ name }) => /^(x-)?original-message-id$/.test(name))
      .flatMap(({ value }) => messageIdIn(value) ?? []),
    ...fieldsOf(mail, 'in-reply-to').flatMap(({ value }) => messageIdsIn(value)),
    ...fieldsOf(mail, 'references').flatMap(({ value }) => messageIdsIn(value.slice(-50_000)).toReversed()),
  ].slice(0, mostIds);
  const relayIds = relayIdsIn(told, returned);
  return {
    ...(raw !== undefined && raw !== '' && { envid: decodeXtext(raw), envidAsWritten: raw }),
    ...(verp !== undefined && { verp, bounceAddress }),
    ...(messageIds[0] !== undefined && { messageId: messageIds[0], messageIds: [...new Set(messageIds)] }),
    ...(relayIds.length > 0 && { relayIds }),
  };
}

/** The mail that came back within a report, or the header block of it. */
export function returnedWith(mail: Part): Part | undefined {
  for (const part of partsOf(mail)) {
    if (part.mail) return part.mail;
    if (/^(text\/rfc822-headers|message\/(global|rfc822)-headers)$/.test(part.type)) return readMail(part.bytes);
  }
  return undefined;
}

/** The fields that tell to which address a mail was delivered. */
const envelopeFields = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to', 'original-recipient'];

function bounceAddressIn(mail: Part, told: readonly Field[]): string | undefined {
  const written = [
    ...envelopeFields.flatMap((name) => fieldsOf(mail, name).map(({ value }) => value)),
    ...told
      .filter(({ name }) => name === 'original-mail-from' || name === 'x-postfix-sender')
      .map(({ value }) => value.replace(/^\s*rfc822\s*;/i, '')),
  ];
  return written
    .flatMap((value) => addressesIn(value))
    .map(({ address }) => address)
    .find((address) => /^b-/i.test(address) && referenceIn(address) !== undefined);
}

/** A report of the relay itself says its queue id; else the first who took the mail from us says so in the lowest Received. */
function relayIdsIn(told: readonly Field[], returned: Part | undefined): readonly string[] {
  const received = returned === undefined ? undefined : fieldsOf(returned, 'received').at(-1)?.value;
  const queued = valueIn(told, 'x-postfix-queue-id')?.trim();
  // What Exchange writes there is its version.
  const isId = received !== undefined && !/microsoft smtp server/i.test(received);
  const taken = isId ? /\sid\s+<?([\w.+/=@-]{4,200})>?(?=[\s;]|$)/i.exec(received)?.[1] : undefined;
  return [...new Set([taken, queued].filter((id) => id !== undefined && id !== ''))] as readonly string[];
}

function valueIn(fields: readonly Field[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

/** The only recipient of a mail that came back; undefined where it has several, or none. */
export function onlyRecipient(returned: Part | undefined): string | undefined {
  const to = returned && fieldOf(returned, 'to');
  const [one, other] = to ? addressesIn(to.value) : [];
  return one !== undefined && other === undefined && isLikely(one.address) ? one.address : undefined;
}
