import { errors } from '../../errors.ts';
import type { Target } from '../../settings/target.ts';
import type { Recipient } from '../composed-mail.ts';
import type { Addresses } from '../document/mail-document.ts';
import { type Address, addressOf } from './address.ts';
import { addressesIn } from './address-list.ts';

/** What stands in a message, a document or an entry as one address or several, as addresses. No more than `most + 1` of them. */
export function addressesOf(written: Addresses | readonly string[], where: string, most: number): readonly Address[] {
  if (typeof written === 'string') return addressesIn(written, where, most);
  if (!Array.isArray(written)) return [personOf(written as Person, where)];
  const found: Address[] = [];
  for (const [index, each] of (written as readonly (string | Person)[]).entries()) {
    if (found.length > most) break;
    const place = `${where}[${index}]`;
    if (typeof each === 'string') found.push(...addressesIn(each, place, most));
    else found.push(personOf(each, place));
  }
  return found;
}

/** One address and no more. */
export function oneAddressOf(written: string | Person, where: string): Address {
  const [first, second] = addressesOf(written, where, 1);
  if (first === undefined || second !== undefined)
    throw errors.WB_EMAIL_ADDRESS(`There is more than one address in ${where}.`, { at: where, hint: 'Give one.' });
  return first;
}

type Person = Extract<Addresses, { readonly address: string }>;

function personOf({ name = '', address }: Person, where: string): Address {
  return addressOf(address, name, where);
}

/** Those to whom a mail goes, each once, whatever the case of its domain. Throws when there is none, too many, or one to whom the entry lets nothing go. */
export function recipientsOf(
  lists: readonly (readonly Address[])[],
  { maxRecipients, onlyTo }: Pick<Target, 'maxRecipients' | 'onlyTo'>,
): readonly Recipient[] {
  const found = new Map<string, Recipient>();
  const isAllowed = onlyTo && matcherOf(onlyTo);
  for (const { address, wire, needsUtf8 } of lists.flat()) {
    if (isAllowed && !isAllowed(wire)) {
      throw errors.WB_EMAIL_NOT_ALLOWED(`The entry lets no mail go to ${address}.`, { at: 'onlyTo' });
    }
    if (!found.has(wire)) found.set(wire, { address, wire, needsUtf8 });
  }
  if (found.size === 0) throw errors.WB_EMAIL_NO_RECIPIENT('The mail goes to nobody.');
  if (found.size > maxRecipients) throw tooMany(maxRecipients);
  return [...found.values()];
}

export function tooMany(most: number): Error {
  return errors.WB_EMAIL_TOO_MANY_RECIPIENTS(`The mail has more than ${most} recipients.`, { at: 'maxRecipients' });
}

/** Tells whether a text is like one of the patterns: `*` stands for any characters, case aside. */
export function matcherOf(patterns: readonly string[]): (text: string) => boolean {
  const split = patterns.map((each) => each.toLowerCase().split('*'));
  return (text) => {
    const lower = text.toLowerCase();
    return split.some((pieces) => fits(pieces, lower));
  };
}

/** Piece by piece from the left, each at its first place: that is as good as any other. */
function fits(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
