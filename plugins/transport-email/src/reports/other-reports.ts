import { addressesIn } from '../incoming/addresses.ts';
import type { Field, Part } from '../incoming/mail-tree.ts';
import type { Reported, ReportedKind } from './classified.ts';
import { fieldGroupsIn } from './parts/field-groups.ts';
import { addressOfType, originalAddress } from './parts/typed-address.ts';

/** What a report says that is about no delivery. */
export interface OtherReport {
  readonly fields: readonly Field[];
  readonly kind: ReportedKind;
  /** Empty where the recipient is not told, or was made unreadable. */
  readonly recipients: readonly Reported[];
}

/**
 * What recipients think of a mail (ARF, RFC 5965). Undefined for kinds that are no verdict of a recipient, such as reports about failed
 * authentication (RFC 6591).
 */
export function readComplaint(part: Part): OtherReport | undefined {
  const fields = fieldGroupsIn(part.bytes).flat();
  const valuesOf = (name: string) => fields.filter((field) => field.name === name).map(({ value }) => value);
  const action = /^[a-z-]+/.exec(valuesOf('feedback-type')[0]?.trim().toLowerCase() ?? '')?.[0] ?? '';
  const kind = verdicts[action];
  if (kind === undefined) return undefined;
  const addresses = [...valuesOf('original-rcpt-to'), ...valuesOf('removal-recipient')].flatMap((value) => addressesIn(value));
  const told = addresses.map(({ address }) => address).filter((address) => /^[^@\s]+@[^@\s]+$/.test(address) && !/redacted/i.test(address));
  return { fields, kind, recipients: told.map((address) => ({ address, kind, action })) };
}

/** `not-spam` takes a complaint back, and tells that the mail is there. */
const verdicts: Readonly<Record<string, ReportedKind | undefined>> = {
  abuse: 'complaint',
  fraud: 'complaint',
  virus: 'complaint',
  miscategorized: 'complaint',
  'opt-out': 'complaint',
  'opt-out-list': 'complaint',
  other: 'complaint',
  'not-spam': 'delivered',
};

/**
 * That a mail was read (MDN, RFC 8098). Deleted, forwarded or worked on by a machine tells that it is there, not that somebody has read it.
 */
export function readDisposition(part: Part, from: string | undefined): OtherReport {
  const fields = fieldGroupsIn(part.bytes).flat();
  const valueOf = (name: string) => fields.find((field) => field.name === name)?.value ?? '';
  const action = /;\s*([a-z-]+)/.exec(valueOf('disposition').toLowerCase())?.[1];
  const kind = action === undefined || action === 'displayed' ? 'read' : 'delivered';
  const final = addressOfType(valueOf('final-recipient'));
  const address = originalAddress(valueOf('original-recipient'), final) ?? final ?? from;
  const other = final !== undefined && final.toLowerCase() !== address?.toLowerCase() ? { final } : {};
  const recipients = address === undefined ? [] : [{ address, ...other, kind, ...(action !== undefined && { action }) } as const];
  return { fields, kind, recipients };
}
