import { customerRegister, customerUpdate } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { memoryStore } from './support/fixture.ts';
import { moved } from './support/fulfillment.ts';
import { customer } from './support/messages.ts';

let store: Store;
let application: ApplicationDefinition;
let messages = 0;
beforeEach(async () => {
  ({ store, application } = memoryStore());
  await deliver(application, customerRegister, customer, 'registration');
});

const update = (change: object, messageId = `m${++messages}`) =>
  deliver(application, customerUpdate, { logonId: 'tokonkwo', ...change }, messageId);
const stored = () => store.database.get("SELECT * FROM customers WHERE logon_id = 'tokonkwo'");
const addresses = () =>
  store.database
    .all(
      "SELECT addresses.* FROM addresses JOIN customers USING (customer_id) WHERE logon_id = 'tokonkwo' ORDER BY CAST(address_id AS INTEGER)",
    )
    .map((row) => ({ ...row }));

describe('a customer who is changed', () => {
  it('keeps what the message does not say, and the former address as a former one', async () => {
    await deliver(application, customerUpdate, moved, 'm1');
    expect(addresses()).toMatchObject([
      { status: 'T', line1: '77 Signal Hill Road', line2: 'Apt 3', phone1: '555-0118' },
      {
        status: 'P',
        is_primary: 1,
        is_self: 1,
        line1: '12 Customs House Square',
        line2: null,
        city: 'Port Merrin',
        state: 'NS',
        postal_code: 'B3X 4K9',
        country: 'CA',
        last_name: 'Okonkwo',
        nick_name: 'tokonkwo-home',
        phone1: '555-0160',
        phone2: '555-0119',
        billing_code: '0042-7781',
      },
    ]);
    expect(store.database.all('SELECT receive FROM email_consents').map(({ receive }) => receive)).toEqual([0]);
  });

  it('is changed once when the message comes twice', async () => {
    for (const _time of [1, 2]) await deliver(application, customerUpdate, moved, 'm1');
    expect(addresses()).toHaveLength(2);
  });

  it('still has orders sent to where they were to be sent', async () => {
    const customerId = stored()?.['customer_id'] as string;
    const { orderId } = store.placeOrder({ storeId: '10151', customerId, items: [{ partNumber: 'HP-LAMP-02', quantity: '1' }] });
    await deliver(application, customerUpdate, moved, 'm1');
    const sql = 'SELECT line1 FROM releases JOIN addresses USING (address_id) WHERE order_id = ?';
    expect(store.database.get(sql, orderId)).toMatchObject({ line1: '77 Signal Hill Road' });
  });

  it('keeps the fields of a group that the message does not say', async () => {
    await update({
      personal: { preferredCommunication: 'P1' },
      business: { organizationName: 'Harbour' },
      demographics: { hobbies: 'sailing' },
      userData: { branch: '07' },
      enabled: false,
      challenge: { question: 'First boat?' },
    });
    const row = stored();
    const json = (column: string) => JSON.parse(row?.[column] as string) as unknown;
    expect(json('personal')).toEqual({ ...customer.personal, preferredCommunication: 'P1' });
    expect(json('business')).toEqual({ ...customer.business, organizationName: 'Harbour' });
    expect(json('demographics')).toEqual({ ...customer.demographics, hobbies: 'sailing' });
    expect(json('user_data')).toEqual({ ...customer.userData, branch: '07' });
    expect(row).toMatchObject({ enabled: 0, password_expired: 1, challenge_question: 'First boat?' });
    expect(addresses()).toHaveLength(1);
  });

  it('has a new password hashed, and one that its sender has encrypted kept as it came', async () => {
    const [before, password] = [stored()?.['password'], 'Lantern23'];
    await update({ password, passwordVerify: password });
    expect(stored()).toMatchObject({ password: expect.stringMatching(/^[0-9a-f]{32}:[0-9a-f]{64}$/), password_form: 'plain' });
    expect(stored()?.['password']).not.toBe(before);
    await update({ password: 'x8Kq2', passwordVerify: 'x8Kq2', passwordForm: 'encrypted' });
    expect(stored()).toMatchObject({ password: 'x8Kq2', password_form: 'encrypted' });
  });

  it('leaves no password and no answer that could be read', async () => {
    await update({ password: 'Lantern23', passwordVerify: 'Lantern23', challenge: { answer: 'Petrel' } });
    expect(JSON.stringify(stored())).not.toMatch(/Lantern|Petrel|Gull Point/);
  });

  it.each([
    ['WB_STORE_CUSTOMER_UNKNOWN', { logonId: 'nobody' }],
    ['WB_STORE_PASSWORD_MISMATCH', { password: 'a', passwordVerify: 'b' }],
    ['WB_STORE_PASSWORD_MISMATCH', { password: 'a' }],
    ['WB_STORE_STORE_UNKNOWN', { storeId: '10999' }],
  ])('is refused with %s and left as it was', async (code, change) => {
    const before = stored();
    await expect(update({ enabled: false, address: moved.address, ...change })).rejects.toMatchObject({ code, retryable: false });
    expect(stored()).toEqual(before);
    expect(addresses()).toHaveLength(1);
  });

  it('is refused a new address while there is none that it could change', async () => {
    store.database.run("UPDATE addresses SET status = 'T'");
    await expect(update({ address: moved.address })).rejects.toMatchObject({ code: 'WB_STORE_CUSTOMER_UNKNOWN' });
  });
});

describe('a customer who is registered by a message of fewer words', () => {
  it('has the logon id as name of the address, which is one for all purposes', async () => {
    const { nickName: _nick, type: _type, ...address } = customer.address;
    await deliver(application, customerRegister, { ...customer, logonId: 'mw', address }, 'm1');
    expect(store.database.get("SELECT nick_name, type FROM addresses WHERE nick_name = 'mw'")).toMatchObject({
      nick_name: 'mw',
      type: 'SB',
    });
  });

  it('has a password that is encrypted kept as it came', async () => {
    const secret = { password: 'x8Kq2', passwordVerify: 'x8Kq2', passwordForm: 'encrypted' as const };
    await deliver(application, customerRegister, { ...customer, ...secret, logonId: 'mw' }, 'm1');
    expect(store.database.get("SELECT password, password_form FROM customers WHERE logon_id = 'mw'")).toEqual(
      expect.objectContaining({ password: 'x8Kq2', password_form: 'encrypted' }),
    );
  });
});
