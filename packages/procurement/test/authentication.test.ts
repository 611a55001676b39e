import type { Identity } from '@waybill/commerce';
import { credentialsOf } from '@waybill/cxml';
import { describe, expect, it } from 'vitest';
import { type Claim, definePartners, type PartnersSpec, readOciForm } from '../src/index.ts';
import { partnersSpec } from './partners-of-tests.ts';

const partners = definePartners(partnersSpec);

const net = (identity: string): Identity => ({ domain: 'NetworkID', identity });
const store = [net('AN01-STORE')];
const good = 'new secret of meadow';
const hub = { domain: 'AribaNetworkUserId', identity: 'sysadmin@hub.example' };

interface Said {
  readonly from?: readonly Identity[];
  readonly to?: readonly Identity[];
  readonly sender?: Identity | null;
  readonly secret?: string | null;
}

/** A document of meadow, but for what is said otherwise; null takes away. */
function claim({ from = [net('AN01-MEADOW')], to = store, sender = net('AN01-MEADOW'), secret = good }: Said): Claim {
  return { parties: { from: [...from], to: [...to], ...(sender ? { sender } : {}) }, secret: secret ?? undefined };
}

async function outcome(said: Said, arrival = { entry: 'setup' } as Parameters<typeof partners.recognise>[1]): Promise<string> {
  try {
    return (await partners.recognise(claim(said), arrival))?.name ?? '401';
  } catch (error) {
    const { code, kind } = error as { readonly code: string; readonly kind: string };
    return code === 'WB_PARTNERS_NOT_ENTITLED' && kind === 'forbidden' ? '403' : String(error);
  }
}

describe('the sender of a document', () => {
  it.each<[string, Said, string]>([
    ['has the newer of two secrets', {}, 'meadow'],
    ['has the older of two secrets', { secret: 'old secret of meadow' }, 'meadow'],
    ['writes its domain in another case', { sender: { domain: 'networkid', identity: 'AN01-MEADOW' } }, 'meadow'],
    ['writes the domain of the buyer in another case', { from: [{ domain: 'NETWORKID', identity: 'AN01-MEADOW' }] }, 'meadow'],
    ['writes the domain of the store in another case', { to: [{ domain: 'Duns', identity: '555000999' }] }, 'meadow'],
    ['is the test account', { sender: net('AN01-MEADOW-T') }, 'meadow'],
    ['is the test account with a small t', { sender: net('AN01-MEADOW-t') }, 'meadow'],
    ['writes to the test account of the store', { to: [net('AN01-STORE-T')] }, 'meadow'],
    ['speaks for the test account of the buyer', { from: [net('AN01-MEADOW-T')] }, 'meadow'],
    ['names the store in the second place', { to: [net('AN01-OTHER'), { domain: 'DUNS', identity: '555000999' }] }, 'meadow'],
    ['names the buyer in two lists', { from: [net('AN01-MEADOW'), { domain: 'DUNS', identity: '111' }] }, 'meadow'],
    ['names the buyer in a list that is not known as well', { from: [{ domain: 'GLN', identity: '4' }, net('AN01-MEADOW')] }, 'meadow'],
    ['is a hub and speaks for its first buyer', { sender: hub, secret: 'secret of the hub', from: [net('AN01-RIDGE')] }, 'ridge'],
    ['is a hub and speaks for its second buyer', { sender: hub, secret: 'secret of the hub', from: [net('AN01-FERN')] }, 'fern'],

    ['has no secret', { secret: null }, '401'],
    ['has an empty secret', { secret: '' }, '401'],
    ['has a blank for a secret', { secret: ' ' }, '401'],
    ['has the word none for a secret', { secret: 'none' }, '401'],
    ['has the word NONE for a secret', { secret: 'NONE' }, '401'],
    ['has a wrong secret', { secret: 'wrong' }, '401'],
    ['has its secret in another case', { secret: 'NEW secret of meadow' }, '401'],
    ['has a blank before its secret', { secret: ` ${good}` }, '401'],
    ['has a line end behind its secret', { secret: `${good}\n` }, '401'],
    ['has the beginning of its secret', { secret: good.slice(0, -1) }, '401'],
    ['has the secret of another', { secret: 'secret of the hub' }, '401'],
    ['has the right secret under the identity of another', { sender: hub }, '401'],
    ['writes its identity in another case', { sender: net('an01-meadow') }, '401'],
    ['has a blank behind its identity', { sender: net('AN01-MEADOW ') }, '401'],
    ['is of a domain that is not known', { sender: { domain: 'GLN', identity: 'AN01-MEADOW' } }, '401'],
    ['is not known', { sender: net('AN01-NOBODY') }, '401'],
    ['is not named', { sender: null }, '401'],
    ['writes to somebody else', { to: [net('AN01-OTHER')] }, '401'],
    ['writes to nobody', { to: [] }, '401'],
    ['writes to the store in another case', { to: [net('an01-store')] }, '401'],
    ['has a key of every object for an identity', { sender: { domain: 'constructor', identity: '__proto__' } }, '401'],
    ['has a wrong secret and speaks for another buyer', { secret: 'wrong', from: [net('AN01-RIDGE')] }, '401'],
    [
      'has no secret where another sender needs none',
      { sender: { domain: 'DUNS', identity: '777' }, secret: null, from: [{ domain: 'DUNS', identity: '222' }] },
      '401',
    ],
    [
      'has the word none where another way is needed',
      { sender: { domain: 'DUNS', identity: '778' }, secret: 'none', from: [{ domain: 'DUNS', identity: '222' }] },
      '401',
    ],

    ['names the store as a marketplace only', { to: [{ ...net('AN01-STORE'), marketplace: true }] }, '401'],
    ['names its buyer as a marketplace only', { from: [{ ...net('AN01-MEADOW'), marketplace: true }] }, '403'],
    ['speaks for another buyer', { from: [net('AN01-RIDGE')] }, '403'],
    ['speaks for nobody that is known', { from: [net('AN01-NOBODY')] }, '403'],
    ['speaks for nobody', { from: [] }, '403'],
    ['speaks for its buyer in another case', { from: [net('an01-meadow')] }, '403'],
    ['speaks for its own buyer and another one at once', { from: [net('AN01-MEADOW'), net('AN01-RIDGE')] }, '403'],
    [
      'is a hub and speaks for a buyer that is not its own',
      { sender: hub, secret: 'secret of the hub', from: [net('AN01-MEADOW')] },
      '403',
    ],
    [
      'is a hub and speaks for two of its buyers at once',
      { sender: hub, secret: 'secret of the hub', from: [net('AN01-RIDGE'), net('AN01-FERN')] },
      '403',
    ],
  ])('%s', async (_what, said, expected) => {
    expect(await outcome(said)).toBe(expected);
  });
});

describe('a sender that is known by other means', () => {
  const quarry = { from: [{ domain: 'DUNS', identity: '222' }], sender: { domain: 'DUNS', identity: '777' } };
  const behind = { ...quarry, sender: { domain: 'DUNS', identity: '778' } };

  it.each<[string, Said, { entry: string; sender?: { name: string } }, string]>([
    [
      'needs no secret when the transport has recognised it',
      { ...quarry, secret: null },
      { entry: 'setup', sender: { name: 'quarry-user' } },
      'quarry',
    ],
    ['may send the word none then', { ...quarry, secret: 'none' }, { entry: 'setup', sender: { name: 'quarry-user' } }, 'quarry'],
    [
      'is not whom the transport has recognised otherwise',
      { ...quarry, secret: null },
      { entry: 'setup', sender: { name: 'somebody' } },
      '401',
    ],
    ['is believed at its own entry', { ...behind, secret: null }, { entry: 'behind-tls' }, 'quarry'],
    ['is not believed at another entry', { ...behind, secret: null }, { entry: 'setup' }, '401'],
    ['does not lend its way to others', { secret: null }, { entry: 'behind-tls', sender: { name: 'quarry-user' } }, '401'],
    ['may still speak for its own buyers only', { ...behind, secret: null, from: [net('AN01-MEADOW')] }, { entry: 'behind-tls' }, '403'],
  ])('%s', async (_what, said, arrival, expected) => {
    expect(await outcome(said, arrival)).toBe(expected);
  });
});

describe('the credentials that the procurement pack finds in a document', () => {
  it.each([
    ['that are right make a principal of the buyer', good, { name: 'meadow' }],
    ['that are wrong make none', 'wrong', undefined],
  ])('%s', async (_what, secret, expected) => {
    const credentials = credentialsOf(claim({ secret }));
    expect(await partners.authenticate(credentials ?? {}, { entry: 'setup' })).toEqual(expected);
  });

  it('that are of another kind make no principal', async () => {
    expect(await partners.authenticate({ logonId: 'meadow', password: good }, { entry: 'setup' })).toBeUndefined();
  });
});

describe('a refusal', () => {
  it('of a sender that is right names neither the buyer nor a secret', async () => {
    const refusal = partners.recognise(claim({ from: [net('AN01-RIDGE')] }), { entry: 'setup' });
    await expect(refusal).rejects.toThrow(/^The sender meadow may not speak for whoever stands in From\.$/);
    const unknown = partners.recognise(claim({ from: [net('AN01-NOBODY')] }), { entry: 'setup' });
    await expect(unknown).rejects.toThrow(/^The sender meadow may not speak for whoever stands in From\.$/);
  });
});

describe('what partners are made of', () => {
  it('shows no secret, however it is printed', async () => {
    const buyer = await partners.buyer('mill');
    const { inspect } = await import('node:util');
    expect(inspect([partners, buyer], { depth: 20, showHidden: true }) + JSON.stringify([partners, buyer])).not.toMatch(
      /pass of|secret of/,
    );
  });
});

describe('an OCI call', () => {
  const call = (fields: Readonly<Record<string, string>>) => readOciForm(new URLSearchParams(fields).toString());

  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['with user and password is of its buyer', { USERNAME: 'mill-oci', PASSWORD: 'pass of the mill' }, 'mill'],
    ['may write the names of its fields in any case', { username: 'mill-oci', PassWord: 'pass of the mill' }, 'mill'],
    ['has the names that its buyer has chosen', { LOGIN: 'weir', KEY: 'pass of the weir' }, 'weir'],
    ['with a wrong password is of nobody', { USERNAME: 'mill-oci', PASSWORD: 'wrong' }, undefined],
    ['with a password in another case is of nobody', { USERNAME: 'mill-oci', PASSWORD: 'Pass of the mill' }, undefined],
    ['with a blank around its password is of nobody', { USERNAME: 'mill-oci', PASSWORD: ' pass of the mill' }, undefined],
    ['with the password of another is of nobody', { USERNAME: 'mill-oci', PASSWORD: 'pass of the weir' }, undefined],
    ['with an empty password is of nobody', { USERNAME: 'mill-oci', PASSWORD: '' }, undefined],
    ['with the word none is of nobody', { USERNAME: 'mill-oci', PASSWORD: 'none' }, undefined],
    ['without password is of nobody', { USERNAME: 'mill-oci' }, undefined],
    ['with a user in another case is of nobody', { USERNAME: 'MILL-OCI', PASSWORD: 'pass of the mill' }, undefined],
    ['without user is of nobody', { PASSWORD: 'pass of the mill' }, undefined],
    ['with user and password in the fields of another buyer is of nobody', { USERNAME: 'weir', PASSWORD: 'pass of the weir' }, undefined],
    ['with a user that nobody has is of nobody', { USERNAME: '__proto__', PASSWORD: 'pass of the mill' }, undefined],
  ])('%s', async (_what, fields, expected) => {
    expect((await partners.recogniseCall(call(fields)))?.name).toBe(expected);
  });
});

describe('a directory of the application', () => {
  const dale: PartnersSpec['buyers'][string] = { identities: [net('AN01-DALE')], returnHosts: ['dale.example'] };
  const byName = (sender: object, buyer = dale) =>
    definePartners(
      { supplier: partnersSpec.supplier, senders: {}, buyers: {} },
      {
        // As a database that compares without case would answer.
        findSender: async ({ identity }) => (/^an01-dale(-t)?$/i.test(identity) ? { name: 'dale', sender: sender as never } : undefined),
        findBuyer: async ({ identity }) => (/^an01-dale(-t)?$/i.test(identity) ? { name: 'dale', buyer } : undefined),
        buyerNamed: async (name) => (name.toLowerCase() === 'dale' ? { name: 'dale', buyer } : undefined),
        findLogon: async () => undefined,
      },
    );
  const sender = { identities: [net('AN01-DALE')], secrets: ['secret of dale'], speaksFor: ['dale'] };
  const said = { from: [net('AN01-DALE')], sender: net('AN01-DALE'), secret: 'secret of dale' };

  it('knows those that are not declared', async () => {
    expect((await byName(sender).recognise(claim(said), { entry: 'setup' }))?.name).toBe('dale');
    expect((await byName(sender).buyer('dale'))?.version).toBe('1.2.050');
  });

  it('lets nobody in who is written in another case, whatever its database thinks', async () => {
    expect(await byName(sender).recognise(claim({ ...said, sender: net('an01-dale') }), { entry: 'setup' })).toBeUndefined();
    expect(await byName(sender).buyer('DALE')).toBeUndefined();
  });

  it('lets nobody in by a secret that is none', async () => {
    const open = byName({ ...sender, secrets: ['none'] });
    expect(await open.recognise(claim({ ...said, secret: 'none' }), { entry: 'setup' })).toBeUndefined();
  });
});
