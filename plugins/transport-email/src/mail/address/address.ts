import { domainToASCII } from 'node:url';
import { errors } from '../../errors.ts';
import type { Recipient } from '../composed-mail.ts';

/** Somebody with the name that mail programs show; '' where there is none. */
export interface Address extends Recipient {
  readonly name: string;
}

/** RFC 5321, section 4.5.3.1, in bytes. The path has angle brackets around it. */
const limits = { local: 64, domain: 255, path: 256, label: 63 } as const;
const longestName = 300;

/** What a local part is made of, without quotes: RFC 5322 `dot-atom`, with letters outside ASCII (RFC 6532). */
const dotAtom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+)*$/u;
/** What may stand within the quotes of a local part: nothing that has a meaning in a command of SMTP, and nothing that has to be escaped. */
const quotable = /^"[!#-;=?-[\]-~]+"$/;
/** Controls, format characters, halves of characters, blanks of any kind. */
const unseen = /[\p{C}\p{Z}]/u;
const label = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;

/**
 * A bare address as it goes over the wire. It is refused rather than cleaned: WB_EMAIL_ADDRESS with `where` as its place. What comes out has no
 * character that could end a command of SMTP or a header.
 */
export function addressOf(address: string, name: string, where: string): Address {
  const at = address.lastIndexOf('@');
  if (at < 1) throw refused(address, 'it has no @ with something before it (a name with a comma has to stand in quotes)', where);
  if (unseen.test(address)) throw refused(address, 'it has a blank, a line break or another character that is not seen', where);
  const local = localPartOf(address.slice(0, at), address, where);
  const domain = domainOf(address.slice(at + 1), address, where);
  const wire = `${local}@${domain}`;
  if (Buffer.byteLength(wire) > limits.path - 2) throw refused(address, `it is longer than ${limits.path} bytes`, where);
  return { name: nameOf(name, where), address, wire, needsUtf8: /[^\0-\x7f]/.test(local) };
}

function localPartOf(written: string, address: string, where: string): string {
  const plain = quotable.test(written) && dotAtom.test(written.slice(1, -1)) ? written.slice(1, -1) : written;
  if (Buffer.byteLength(plain) > limits.local) throw refused(address, `the part before its @ is longer than ${limits.local} bytes`, where);
  if (!dotAtom.test(plain) && !quotable.test(plain))
    throw refused(address, 'the part before its @ has a character that may not stand there', where);
  return plain;
}

/** In ASCII and in lower case, checked label by label. */
function domainOf(written: string, address: string, where: string): string {
  const known = domains.get(written);
  if (known !== undefined) return known;
  if (/[^A-Za-z0-9.\u0080-\u{10ffff}-]/u.test(written))
    throw refused(address, 'its domain has a character that may not stand there', where);
  const domain = /[^\0-\x7f]/.test(written) ? domainToASCII(written) : written.toLowerCase();
  const labels = domain.split('.');
  if (domain.length > limits.domain) throw refused(address, `its domain is longer than ${limits.domain} bytes`, where);
  const isRight = labels.every((each) => each.length <= limits.label && label.test(each));
  if (!isRight) throw refused(address, 'its domain is none', where);
  if (/^[0-9]+$/.test(labels.at(-1) ?? '')) throw refused(address, 'it has a number of the network instead of a domain', where);
  if (domains.size >= mostDomains) domains.clear();
  domains.set(written, domain);
  return domain;
}

/** Most mails go to a few domains. */
const domains = new Map<string, string>();
const mostDomains = 1_000;

function nameOf(name: string, where: string): string {
  if (name === '') return name;
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name))
    throw errors.WB_EMAIL_ADDRESS(`The name of ${where} has a line break or another control character.`, { at: where });
  if (name.length > longestName)
    throw errors.WB_EMAIL_ADDRESS(`The name of ${where} has ${name.length} characters, and may have ${longestName}.`, { at: where });
  return name;
}

/** Text of the error: as much of the address as a person needs, with nothing in it that a terminal obeys. */
export function refused(address: string, why: string, where: string): Error {
  const shown = address.length > 100 ? `${address.slice(0, 100)}…` : address;
  const quoted = JSON.stringify(shown).replaceAll(/[^ -~…]/gu, (each) => (/[\p{L}\p{N}]/u.test(each) ? each : '?'));
  return errors.WB_EMAIL_ADDRESS(`The address ${quoted} of ${where} is none: ${why}.`, { at: where });
}
