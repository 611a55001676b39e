import type { Credentials } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { password, seededStore } from './support/fixture.ts';

const where = { entry: 'order-status', store: undefined };

describe('credentials inside a message', () => {
  it('tell who sent it when they are right, each time', async () => {
    const { application } = await seededStore();
    const gateway = { name: 'erp_gateway', roles: ['back end'] };
    for (const _ of [1, 2])
      expect(await application.authenticate?.({ logonId: 'erp_gateway', password, orgName: 'Harbour and Pine' }, where)).toEqual(gateway);
  });

  it.each<[string, Credentials]>([
    ['a wrong password', { logonId: 'erp_gateway', password: 'kestrel-4411' }],
    ['an unknown name', { logonId: 'nobody', password }],
    ['another case', { logonId: 'ERP_GATEWAY', password }],
    ['no password', { logonId: 'erp_gateway' }],
    ['an empty password', { logonId: 'erp_gateway', password: '' }],
    ['no name', { password }],
  ])('tell nothing with %s, also after a right password', async (_what, credentials) => {
    const { application } = await seededStore();
    expect(await application.authenticate?.(credentials, where)).toBeUndefined();
    await application.authenticate?.({ logonId: 'erp_gateway', password }, where);
    expect(await application.authenticate?.(credentials, where)).toBeUndefined();
  });

  it('are refused each time that a wrong password comes, and however often', async () => {
    const { application } = await seededStore();
    for (const _ of [1, 2, 3])
      expect(await application.authenticate?.({ logonId: 'erp_gateway', password: 'kestrel-4411' }, where)).toBeUndefined();
  });

  it('are right however the accents of the password are composed', async () => {
    const { store, application } = await seededStore();
    await store.setUser({ logonId: 'second', password: 'caf\u00e9' });
    expect(await application.authenticate?.({ logonId: 'second', password: 'cafe\u0301' }, where)).toMatchObject({ name: 'second' });
    expect(await application.authenticate?.({ logonId: 'second', password: 'cafe' }, where)).toBeUndefined();
  });

  it('are no longer right when the password has been changed', async () => {
    const { store, application } = await seededStore();
    await application.authenticate?.({ logonId: 'erp_gateway', password }, where);
    await store.setUser({ logonId: 'erp_gateway', password: 'plover-2231' });
    expect(await application.authenticate?.({ logonId: 'erp_gateway', password }, where)).toBeUndefined();
    expect(await application.authenticate?.({ logonId: 'erp_gateway', password: 'plover-2231' }, where)).toEqual({
      name: 'erp_gateway',
      roles: [],
    });
  });

  it('are kept as a salted hash', async () => {
    const { store } = await seededStore();
    await store.setUser({ logonId: 'second', password });
    const hashes = store.database.all<{ password: string }>('SELECT password FROM users').map((user) => user.password);
    expect(new Set(hashes).size).toBe(2);
    expect(hashes.join('')).not.toContain(password);
  });
});
