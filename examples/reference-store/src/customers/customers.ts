import type { CustomerInput } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { findStore } from '../database/find.ts';
import { toFlag, toJson } from '../database/present.ts';
import { errors } from '../errors.ts';
import type { Work } from '../work.ts';
import { addressColumns } from './address-columns.ts';
import { hashPassword } from './passwords.ts';

/** What has to be hashed before the transaction. */
export interface HashedSecrets {
  readonly password: string;
  readonly answer: string | undefined;
}

export async function hashSecrets({ password, passwordForm, challenge }: CustomerInput): Promise<HashedSecrets> {
  return { password: await keptPassword(password, passwordForm), answer: challenge && (await hashPassword(challenge.answer)) };
}

/** A password as it is kept: what its sender has encrypted is not hashed on top of it. */
export async function keptPassword(password: string, form: CustomerInput['passwordForm']): Promise<string> {
  return form === 'encrypted' ? password : await hashPassword(password);
}

/**
 * Registers a customer (reference/fulfillment-messages.md, section 3.2). Throws a `CommandError` WB_STORE_PASSWORD_MISMATCH,
 * WB_STORE_STORE_UNKNOWN or WB_STORE_CUSTOMER_EXISTS.
 */
export function registerCustomer(input: CustomerInput, work: Work, hashed: HashedSecrets): void {
  const { database } = work;
  const logonId = input.logonId.trim();
  if (input.password !== input.passwordVerify) throw errors.WB_STORE_PASSWORD_MISMATCH(`The two passwords of customer ${logonId} differ.`);
  if (input.storeId !== undefined) findStore(database, input.storeId);
  if (database.get('SELECT 1 FROM customers WHERE logon_id = ?', logonId))
    throw errors.WB_STORE_CUSTOMER_EXISTS(`A customer ${logonId} is registered already.`);

  const customerId = database.nextId('customer');
  database.insert('customers', {
    customer_id: customerId,
    logon_id: logonId,
    password: hashed.password,
    password_form: input.passwordForm ?? 'plain',
    enabled: toFlag(input.enabled ?? true),
    password_expired: toFlag(input.passwordExpired ?? false),
    parent_member: input.parentMember,
    profile_type: input.profileType ?? (input.parentMember === undefined ? 'C' : 'B'),
    challenge_question: input.challenge?.question,
    challenge_answer: hashed.answer,
    personal: toJson(input.personal),
    business: toJson(input.business),
    demographics: toJson(input.demographics),
    user_data: toJson(input.userData),
    registered: work.now,
  });
  insertAddress(database, customerId, { nickName: logonId, ...input.address });
  keepConsent(database, customerId, input.storeId, input.address.contact?.receiveEmail);
  work.effect(`customer ${logonId} registered as ${customerId}`);
}

/** Keeps whether a customer wants e-mail from a store, where a message says so. */
export function keepConsent(database: Database, customerId: string, storeId: string | undefined, receive: boolean | undefined): void {
  if (storeId === undefined || receive === undefined) return;
  database.run(
    'INSERT INTO email_consents (customer_id, store_id, receive) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET receive = excluded.receive',
    customerId,
    storeId,
    toFlag(receive),
  );
}

/** Adds an address to a customer's and answers with its id. The address becomes a current one. */
export function insertAddress(
  database: Database,
  customerId: string,
  address: CustomerInput['address'] & { readonly nickName: string },
  addressId = database.nextId('address'),
): string {
  database.insert('addresses', {
    type: 'SB',
    ...addressColumns(address),
    address_id: addressId,
    customer_id: customerId,
    is_primary: toFlag(address.primary ?? true),
    is_self: toFlag(address.self ?? false),
    status: 'P',
  });
  return addressId;
}
