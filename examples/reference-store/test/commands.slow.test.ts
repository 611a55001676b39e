import { customerRegister, inventorySetLevels } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Store, seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { KeepingPublisher, seededStore } from './support/fixture.ts';
import { customer, levels } from './support/messages.ts';

let store: Store;
let application: ApplicationDefinition;
beforeEach(async () => {
  ({ store, application } = await seededStore());
});

const where = { storeId: seeded.storeId, centerId: seeded.centerId };

describe('a customer who is registered', () => {
  const register = (input: object, messageId = 'm1') => deliver(application, customerRegister, { ...customer, ...input }, messageId);
  const stored = () => store.database.get("SELECT * FROM customers WHERE logon_id = 'tokonkwo'");

  it('is kept with address and consent, and without spaces around the logon id', async () => {
    await register({});
    const row = stored();
    expect(row).toMatchObject({ profile_type: 'B', enabled: 1, password_expired: 1, user_data: '{"erpAccountNumber":"HP-01440"}' });
    expect(store.database.get('SELECT * FROM addresses WHERE customer_id = ?', row?.['customer_id'] ?? null)).toMatchObject({
      last_name: 'Okonkwo',
      line2: 'Apt 3',
      phone2: '555-0119',
      phone2_type: 'CEL',
      publish_phone1: 0,
      fax1: '555-0120',
      billing_code: '0042-7781',
      field1: 'zone-3',
      status: 'P',
    });
    expect(store.database.all('SELECT store_id, receive FROM email_consents')).toMatchObject([{ store_id: '10151', receive: 1 }]);
  });

  it('can order in the own name', async () => {
    await register({});
    const customerId = stored()?.['customer_id'] as string;
    store.placeOrder({ storeId: '10151', customerId, items: [{ partNumber: 'HP-LAMP-02', quantity: '1' }] });
    const publisher = new KeepingPublisher();
    await store.announce(publisher);
    expect(publisher.published[0]?.data).toMatchObject({
      buyer: { organizationName: 'Harbour and Pine' },
      requisitioner: {
        ids: [
          { id: customerId, kind: 'internal' },
          { id: 'tokonkwo', kind: 'logon' },
        ],
        name: { title: 'Mr' },
      },
    });
  });

  it('leaves no password and no answer that could be read', async () => {
    await register({});
    expect(JSON.stringify(stored())).not.toMatch(/Lantern22|Gull Point/);
  });

  it('is a consumer when nothing says otherwise', async () => {
    const { parentMember: _parent, profileType: _type, ...consumer } = customer;
    await deliver(application, customerRegister, consumer, 'm1');
    expect(stored()).toMatchObject({ profile_type: 'C' });
  });

  it.each([
    ['WB_STORE_PASSWORD_MISMATCH', { passwordVerify: 'Lantern23' }],
    ['WB_STORE_STORE_UNKNOWN', { storeId: '10999' }],
  ])('is refused with %s', async (code, input) => {
    await expect(register(input)).rejects.toMatchObject({ code, retryable: false });
    expect(stored()).toBeUndefined();
  });

  it.each<[string, object]>([
    ['another password', { password: 'Lantern23', passwordVerify: 'Lantern23' }],
    ['another answer', { challenge: { ...customer.challenge, answer: 'Cape Race' } }],
    ['another address', { address: { ...customer.address, nickName: 'elsewhere' } }],
    ['less of an address', { address: { ...customer.address, billing: undefined } }],
    ['less of a customer', { challenge: undefined }],
    ['another wish for e-mail', { address: { ...customer.address, contact: { ...customer.address.contact, receiveEmail: false } } }],
    ['an encrypted password', { passwordForm: 'encrypted' }],
  ])('is refused a logon id that is taken, with %s, and told what to do', async (_what, other) => {
    await register({});
    const [before, effects] = [stored(), store.effects()];
    await expect(register(other, 'm2')).rejects.toMatchObject({
      code: 'WB_STORE_CUSTOMER_EXISTS',
      kind: 'conflict',
      retryable: false,
      hint: expect.stringContaining('customer.update') as string,
    });
    expect([stored(), store.effects()]).toEqual([before, effects]);
  });

  it.each<[string, object]>([
    ['in clear', {}],
    ['encrypted', { passwordForm: 'encrypted' }],
  ])('is the same one when the same registration comes once more, its password %s: nothing changes', async (_how, form) => {
    await register(form);
    const before = [stored(), store.database.all('SELECT * FROM addresses'), store.effects()];
    await register({ ...form, logonId: 'tokonkwo' }, 'm2');
    expect([stored(), store.database.all('SELECT * FROM addresses'), store.effects()]).toEqual(before);
  });
});

describe('stock levels', () => {
  it('are set by part number and by id, in the center that is named or the default one', async () => {
    await deliver(application, inventorySetLevels, levels, 'm1');
    expect(store.stock({ ...where, partNumber: 'HP-LAMP-02' })).toBe('240');
    expect(store.stock({ ...where, partNumber: 'HP-ROPE-10' })).toBe('0');
  });

  it('are set by the id where the part number is there, too', async () => {
    const level = { catalogEntryId: '30023', partNumber: 'HP-CLEAT-4', storeId: '10151', quantity: '7' };
    await deliver(application, inventorySetLevels, { levels: [level] }, 'm1');
    expect(store.stock({ ...where, partNumber: 'HP-CLEAT-4' })).toBe('7');
  });

  it.each([
    ['WB_STORE_INVENTORY_UNKNOWN', { partNumber: 'HP-LAMP-02', storeId: '10151', quantity: '1', fulfillmentCenterId: '11299' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { partNumber: 'HP-NONE', storeId: '10151', quantity: '1' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { catalogEntryId: '1', storeId: '10151', quantity: '1' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { catalogEntryId: '30015', partNumber: 'HP-ROPE-10', storeId: '10151', quantity: '1' }],
    ['WB_STORE_STORE_UNKNOWN', { partNumber: 'HP-LAMP-02', storeId: '1', quantity: '1' }],
    ['WB_STORE_STOCK_NEGATIVE', { partNumber: 'HP-LAMP-02', storeId: '10151', quantity: '-5' }],
  ])('are refused as a whole with %s', async (code, level) => {
    const input = { levels: [...levels.levels, level] };
    await expect(deliver(application, inventorySetLevels, input, 'm1')).rejects.toMatchObject({ code, retryable: false });
    expect(store.stock({ ...where, partNumber: 'HP-LAMP-02' })).toBe('5000');
    expect(store.effects()).toEqual([]);
  });
});
