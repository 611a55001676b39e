import type { CustomerInput } from '@waybill/commerce';
import type { Database, Row, Value } from '../database/database.ts';
import { findStore } from '../database/find.ts';
import { toFlag, toJson } from '../database/present.ts';
import { errors } from '../errors.ts';
import type { Work } from '../work.ts';
import { addressColumns } from './address-columns.ts';
import { hashOf, hashPassword } from './passwords.ts';

type Columns = Readonly<Record<string, Value | undefined>>;

/** What has to be hashed before the transaction. */
export interface HashedSecrets {
  readonly password: string;
  readonly answer: string | undefined;
}

interface KeptSecrets {
  readonly password: string | null;
  readonly password_form: string | null;
  readonly challenge_answer: string | null;
}

/** A secret that the store keeps of this customer already gets the hash that it has, so that the same registration is known again. */
export async function hashSecrets(
  { logonId, password, passwordForm, challenge }: CustomerInput,
  database: Database,
): Promise<HashedSecrets> {
  const kept = database.get<KeptSecrets>(
    'SELECT password, password_form, challenge_answer FROM customers WHERE logon_id = ?',
    logonId.trim(),
  );
  const hash = kept?.password_form === 'plain' ? kept.password : null;
  return {
    password: passwordForm === 'encrypted' ? password : await hashOf(password, hash),
    answer: challenge && (await hashOf(challenge.answer, kept?.challenge_answer ?? null)),
  };
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
  const columns = customerColumns(input, hashed);
  const address = { nickName: logonId, ...input.address };
  const known = database.get('SELECT * FROM customers WHERE logon_id = ?', logonId);
  if (known !== undefined) {
    const current = database.get("SELECT * FROM addresses WHERE customer_id = ? AND status = 'P'", known['customer_id'] ?? null);
    const isSame = hasOnly(known, columns) && current !== undefined && hasOnly(current, newAddress(address));
    if (isSame && isConsentKept(database, known['customer_id'] as string, input)) return;
    throw errors.WB_STORE_CUSTOMER_EXISTS(`A customer ${logonId} is registered already, and what is sent differs from it.`);
  }

  const customerId = database.nextId('customer');
  database.insert('customers', { ...columns, customer_id: customerId, logon_id: logonId, registered: work.now });
  insertAddress(database, customerId, address);
  keepConsent(database, customerId, input.storeId, input.address.contact?.receiveEmail);
  work.effect(`customer ${logonId} registered as ${customerId}`);
}

function customerColumns(input: CustomerInput, hashed: HashedSecrets): Columns {
  return {
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
  };
}

/** What the store adds to what a message says. */
const added = new Set(['customer_id', 'logon_id', 'registered', 'address_id', 'status']);

/** Whether a row says what these columns say, and nothing else. */
function hasOnly(row: Row, columns: Columns): boolean {
  return Object.entries(row).every(([name, value]) => added.has(name) || value === (columns[name] ?? null));
}

function isConsentKept(database: Database, customerId: string, { storeId, address }: CustomerInput): boolean {
  const receive = address.contact?.receiveEmail;
  if (storeId === undefined || receive === undefined) return true;
  const kept = database.get<{ receive: number }>(
    'SELECT receive FROM email_consents WHERE customer_id = ? AND store_id = ?',
    customerId,
    storeId,
  );
  return kept?.receive === toFlag(receive);
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
  database.insert('addresses', { ...newAddress(address), address_id: addressId, customer_id: customerId, status: 'P' });
  return addressId;
}

function newAddress(address: CustomerInput['address'] & { readonly nickName: string }): Columns {
  return {
    type: 'SB',
    ...addressColumns(address),
    is_primary: toFlag(address.primary ?? true),
    is_self: toFlag(address.self ?? false),
  };
}
