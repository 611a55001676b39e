import type { CustomerInput } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { findStore } from '../database/find.ts';
import { toFlag, toJson } from '../database/present.ts';
import { errors } from '../errors.ts';
import type { Work } from '../work.ts';
import { hashPassword } from './passwords.ts';

/** What has to be hashed before the transaction. */
export interface HashedSecrets {
  readonly password: string;
  readonly answer: string | undefined;
}

export async function hashSecrets({ password, challenge }: CustomerInput): Promise<HashedSecrets> {
  return { password: await hashPassword(password), answer: challenge && (await hashPassword(challenge.answer)) };
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
  insertAddress(database, customerId, input.address);
  insertConsent(database, customerId, input);
  work.effect(`customer ${logonId} registered as ${customerId}`);
}

function insertConsent(database: Database, customerId: string, { storeId, address }: CustomerInput): void {
  const receive = address.contact?.receiveEmail;
  if (storeId === undefined || receive === undefined) return;
  database.insert('email_consents', { customer_id: customerId, store_id: storeId, receive: toFlag(receive) });
}

/** Adds an address to a customer's and answers with its id. The address becomes a current one. */
export function insertAddress(
  database: Database,
  customerId: string,
  address: CustomerInput['address'],
  addressId = database.nextId('address'),
): string {
  const { name, address: place, contact, billing } = address;
  const [phone1, phone2] = contact?.telephones ?? [];
  database.insert('addresses', {
    address_id: addressId,
    customer_id: customerId,
    external_id: address.addressId,
    nick_name: address.nickName,
    type: address.type,
    is_primary: toFlag(address.primary ?? true),
    is_self: toFlag(address.self ?? false),
    status: 'P',
    title: name.title,
    last_name: name.lastName,
    first_name: name.firstName,
    middle_name: name.middleName,
    line1: place.lines[0],
    line2: place.lines[1],
    line3: place.lines[2],
    city: place.city,
    state: place.state,
    postal_code: place.postalCode,
    country: place.country,
    phone1: phone1?.number,
    phone1_type: phone1?.type,
    publish_phone1: toFlag(phone1?.publish),
    phone2: phone2?.number,
    phone2_type: phone2?.type,
    publish_phone2: toFlag(phone2?.publish),
    best_calling_time: contact?.bestCallingTime,
    fax1: contact?.faxes?.[0],
    fax2: contact?.faxes?.[1],
    email1: contact?.emails?.[0],
    email2: contact?.emails?.[1],
    billing_code: billing?.code,
    billing_code_type: billing?.type,
    package_suppression: address.packageSuppression,
    field1: address.fields?.[0],
    field2: address.fields?.[1],
    field3: address.fields?.[2],
  });
  return addressId;
}
