import type { Envelope } from '../../envelope.ts';
import { given } from '../../given.ts';
import type { Contact, PhoneInfo, Telephone } from './parts.ts';

// Create_NC_Customer and Update_NC_Customer tell of a telephone at two places, and have one fax where a customer has several.

/** What stands apart from the contact that it belongs to. */
export interface Apart {
  /** Of the first telephone. */
  readonly dayPhone?: PhoneInfo | undefined;
  /** Of the second. */
  readonly eveningPhone?: PhoneInfo | undefined;
  readonly fax?: string | undefined;
}

interface Reached extends Apart {
  readonly address?: { readonly contact?: Contact | undefined } | undefined;
}

/** What was read, with all that is said of a telephone at one place. */
export function together<T extends Reached>({ input, ...rest }: Envelope<T>): Envelope<T> {
  const { dayPhone, eveningPhone, fax, ...customer } = input;
  const { contact } = customer.address ?? {};
  const telephones = [...(contact?.telephones ?? [])];
  for (const [index, info] of [dayPhone, eveningPhone].entries()) if (says(info)) telephones[index] = { ...telephones[index], ...info };
  const joined = given({
    ...contact,
    // Who has only a second telephone has a first of which nothing is known.
    telephones: telephones.length === 0 ? undefined : Array.from(telephones, (phone: Telephone | undefined) => phone ?? {}),
    faxes: fax === undefined ? undefined : [fax],
  });
  if (Object.keys(joined).length === 0) return { ...rest, input: customer as T };
  return { ...rest, input: { ...customer, address: { ...customer.address, contact: joined } } as T };
}

/**
 * What is to be written. A third telephone that says more than its number, a number behind a telephone without one, and a second fax
 * have no place and are refused.
 */
export function apart<T extends Reached>({ input, ...rest }: Envelope<T>): Envelope<T> {
  const { contact } = input.address ?? {};
  if (contact === undefined) return { ...rest, input };
  const { telephones = [], faxes = [], ...other } = contact;
  const [day, evening] = telephones;
  const [fax, another] = faxes;
  const last = telephones.findLastIndex(({ number }) => number !== undefined);
  const numbers = telephones.slice(0, Math.max(last + 1, telephones.length > 2 ? telephones.length : 0));
  const kept = given({
    ...other,
    telephones: numbers.length === 0 ? undefined : numbers.map((phone, index) => (index < 2 ? given({ number: phone.number }) : phone)),
    faxes: another === undefined ? undefined : faxes,
  });
  const described = given({ dayPhone: infoOf(day), eveningPhone: infoOf(evening), fax });
  return { ...rest, input: { ...input, ...described, address: { ...input.address, contact: kept } } };
}

function infoOf(phone: Telephone | undefined): PhoneInfo | undefined {
  if (phone === undefined) return undefined;
  const { number: _number, ...info } = phone;
  return says(info) ? info : undefined;
}

function says(info: PhoneInfo | undefined): boolean {
  return (info?.type ?? info?.publish) !== undefined;
}
