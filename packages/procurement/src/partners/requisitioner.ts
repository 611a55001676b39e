import type { BuyerContact, Extrinsic, PunchoutSetUpInput } from '@waybill/commerce';
import type { Parameters } from '../profiles/platform.ts';
import type { Buyer } from './buyer.ts';
import { partnerErrors } from './errors.ts';

/** Who shops, as far as the buyer tells. */
export interface Requisitioner {
  /** Under this key the store keeps the account: of two buyers, the same id is two people. */
  readonly account: string;
  /** What the buyer calls the person. */
  readonly id: string;
  readonly email?: string;
  /** First and last name, else the name of the contact who shops. */
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly unit?: string;
  readonly department?: string;
  readonly contract?: string;
}

/** What a setup request or an OCI call says of a person. */
type Told = Pick<PunchoutSetUpInput, 'extrinsics' | 'contacts' | 'shipTo'>;

/**
 * The person who shops: id and so on from the extrinsics that the buyer's names say, the e-mail address also from the contact and the ship-to address
 * (reference/procurement-messages.md, section 3.5). A buyer that gives no id is known by the e-mail address. Throws WB_PARTNERS_NO_REQUISITIONER.
 */
export function requisitionerOf(buyer: Buyer, told: Told): Requisitioner {
  const extrinsics = told.extrinsics ?? [];
  return requisitionerFrom(buyer, {
    valueOf: (name) => extrinsicNamed(extrinsics, name),
    otherEmails: [...contactsFirst(told.contacts ?? []).flatMap(({ emails = [] }) => emails), told.shipTo?.email ?? ''],
    otherName: (told.contacts ?? []).find(shops)?.name,
    otherId: undefined,
  });
}

/** The same of an OCI call, whose fields `valueOf` gives. A call that names no person is that of its user. */
export function requisitionerOfCall(buyer: Buyer, valueOf: (field: string) => string | undefined): Requisitioner {
  return requisitionerFrom(buyer, { valueOf, otherEmails: [], otherName: undefined, otherId: buyer.logon?.user });
}

interface Source {
  readonly valueOf: (name: string) => string | undefined;
  readonly otherEmails: readonly string[];
  readonly otherName: string | undefined;
  readonly otherId: string | undefined;
}

function requisitionerFrom(buyer: Buyer, { valueOf, otherEmails, otherName, otherId }: Source): Requisitioner {
  const named = (field: keyof Parameters): string | undefined => firstFilled((buyer.parameters[field] ?? []).map(valueOf));
  const email = firstFilled([named('email'), ...otherEmails]);
  const id = named('user') ?? email ?? otherId;
  if (id === undefined) {
    const names = (buyer.parameters.user ?? []).join(', ');
    throw partnerErrors.WB_PARTNERS_NO_REQUISITIONER(
      `The buyer ${buyer.name} does not say who shops: none of ${names} is filled, and there is no e-mail address.`,
    );
  }
  const [firstName, lastName] = [named('firstName'), named('lastName')];
  const whole = [firstName, lastName].filter((each) => each !== undefined).join(' ');
  const told = {
    email,
    name: firstFilled([whole, otherName]),
    firstName,
    lastName,
    unit: named('unit'),
    department: named('department'),
    contract: named('contract'),
  };
  return {
    account: JSON.stringify([buyer.name, id]),
    id,
    ...Object.fromEntries(Object.entries(told).filter(([, each]) => each !== undefined)),
  };
}

function extrinsicNamed(extrinsics: readonly Extrinsic[], name: string): string | undefined {
  return firstFilled(extrinsics.filter((each) => each.name.toLowerCase() === name.toLowerCase()).map(({ value }) => value));
}

function shops({ role }: BuyerContact): boolean {
  return role?.toLowerCase() === 'enduser';
}

/** Whoever is said to shop comes before other contacts. */
function contactsFirst(contacts: readonly BuyerContact[]): readonly BuyerContact[] {
  return [...contacts.filter(shops), ...contacts.filter((each) => !shops(each))];
}

function firstFilled(texts: readonly (string | undefined)[]): string | undefined {
  return texts.map((text) => text?.trim()).find((text) => text !== undefined && text !== '');
}
