import type { CustomerChange } from '@waybill/commerce';
import type { Database, Row } from '../database/database.ts';
import { findStore } from '../database/find.ts';
import { fromJson, present, toFlag, toJson } from '../database/present.ts';
import { errors } from '../errors.ts';
import type { Work } from '../work.ts';
import { addressColumns } from './address-columns.ts';
import { type HashedSecrets, keepConsent, keptPassword } from './customers.ts';
import { hashPassword } from './passwords.ts';

/** What has to be hashed before the transaction, as far as the message has it. */
type HashedChanges = Partial<HashedSecrets>;

export async function hashChanges({ password, passwordForm, challenge }: CustomerChange): Promise<HashedChanges> {
  return present({
    password: password === undefined ? undefined : await keptPassword(password, passwordForm),
    answer: challenge?.answer === undefined ? undefined : await hashPassword(challenge.answer),
  });
}

interface CustomerRow extends Row {
  readonly customer_id: string;
}

/**
 * Changes what the message names of a customer (reference/fulfillment-messages.md, section 3.2): the rest stays as it is. A changed address becomes the
 * main one and the customer's own; the one before is kept as a former one, so that orders go where they were to go. Throws a
 * `CommandError` WB_STORE_CUSTOMER_UNKNOWN, WB_STORE_PASSWORD_MISMATCH or WB_STORE_STORE_UNKNOWN.
 */
export function updateCustomer(input: CustomerChange, work: Work, hashed: HashedChanges): void {
  const { database } = work;
  const logonId = input.logonId.trim();
  const customer = database.get<CustomerRow>('SELECT * FROM customers WHERE logon_id = ?', logonId);
  if (!customer) throw errors.WB_STORE_CUSTOMER_UNKNOWN(`No customer is registered as ${logonId}.`);
  if (input.password !== input.passwordVerify) throw errors.WB_STORE_PASSWORD_MISMATCH(`The two passwords of customer ${logonId} differ.`);
  if (input.storeId !== undefined) findStore(database, input.storeId);
  const changes = changesOf(input, customer, hashed);
  for (const [name, value] of Object.entries(changes))
    database.run(`UPDATE customers SET ${name} = ? WHERE customer_id = ?`, value, customer.customer_id);
  if (input.address) replaceAddress(input.address, customer.customer_id, database);
  keepConsent(database, customer.customer_id, input.storeId, input.address?.contact?.receiveEmail);
  work.effect(`customer ${logonId} changed`);
}

function changesOf(input: CustomerChange, customer: CustomerRow, hashed: HashedChanges) {
  return present({
    password: hashed.password,
    password_form: hashed.password === undefined ? undefined : (input.passwordForm ?? 'plain'),
    enabled: toFlag(input.enabled),
    password_expired: toFlag(input.passwordExpired),
    profile_type: input.profileType,
    challenge_question: input.challenge?.question,
    challenge_answer: hashed.answer,
    personal: merged(customer['personal'], input.personal),
    business: merged(customer['business'], input.business),
    demographics: merged(customer['demographics'], input.demographics),
    user_data: merged(customer['user_data'], input.userData),
  });
}

/** A column of several fields with those that are new; undefined when there are none. */
function merged(column: Row[string] | undefined, fields: object | undefined): string | undefined {
  const known = fromJson(typeof column === 'string' ? column : null) as object | undefined;
  return fields && toJson({ ...known, ...fields });
}

function replaceAddress(address: NonNullable<CustomerChange['address']>, customerId: string, database: Database): void {
  const current = database.get(
    "SELECT * FROM addresses WHERE customer_id = ? AND status = 'P' ORDER BY is_self DESC, is_primary DESC LIMIT 1",
    customerId,
  );
  if (!current) throw errors.WB_STORE_CUSTOMER_UNKNOWN(`Customer ${customerId} has no address that could be changed.`);
  database.run("UPDATE addresses SET status = 'T' WHERE address_id = ?", current['address_id'] ?? null);
  database.insert('addresses', {
    ...current,
    ...addressColumns(address),
    address_id: database.nextId('address'),
    is_primary: 1,
    is_self: 1,
    status: 'P',
  });
}
