import { describe, expect, it } from 'vitest';
import { definePartners, isTest, readOciForm, requisitionerOf, requisitionerOfCall } from '../src/index.ts';
import { partnersSpec } from './partners-of-tests.ts';

const declared = (own: object = {}) =>
  definePartners({ ...partnersSpec, buyers: { ...partnersSpec.buyers, meadow: { ...partnersSpec.buyers.meadow, ...own } } });
const buyer = async (name: string, own: object = {}) => {
  const found = await declared(own).buyer(name);
  if (!found) throw new Error(`${name} is not declared.`);
  return found;
};

const extrinsics = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([name, value]) => ({ name, value }));

describe('the person who shops', () => {
  it('is known by what the buyer calls the id, in any case', async () => {
    const told = {
      extrinsics: extrinsics({ uniquename: ' iarbor ', UserEmail: 'ines@meadow.example', FirstName: 'Ines', CostCenter: 'CC-1' }),
    };
    expect(requisitionerOf(await buyer('meadow'), told)).toEqual({
      account: '["meadow","iarbor"]',
      id: 'iarbor',
      email: 'ines@meadow.example',
      name: 'Ines',
      firstName: 'Ines',
      department: 'CC-1',
    });
  });

  it.each([
    ['an extrinsic UserEmail', { UserEmail: 'a@x.example', Email: 'b@x.example' }, 'a@x.example'],
    ['an extrinsic Email, where UserEmail is empty', { UserEmail: ' ', Email: 'b@x.example' }, 'b@x.example'],
    ['the contact that shops', { UserEmail: '' }, 'c@x.example'],
  ])('has the e-mail address of %s', async (_what, fields, email) => {
    const contacts = [
      { name: 'Buyer', emails: ['z@x.example'] },
      { role: 'endUser', name: 'Ines', emails: ['', 'c@x.example'] },
    ];
    const told = { extrinsics: extrinsics({ User: 'ia', ...fields }), contacts, shipTo: { name: 'Dock', email: 'd@x.example' } };
    expect(requisitionerOf(await buyer('meadow'), told).email).toBe(email);
  });

  it('has the e-mail address of the ship-to address where there is no other', async () => {
    const told = {
      extrinsics: extrinsics({ User: 'ia', UserEmail: '' }),
      contacts: [{ name: 'Buyer' }],
      shipTo: { name: 'Dock', email: 'd@x.example' },
    };
    expect(requisitionerOf(await buyer('meadow'), told)).toMatchObject({ id: 'ia', email: 'd@x.example' });
  });

  it('has the name that the buyer tells, else that of the contact who shops', async () => {
    const contacts = [{ name: 'Buyer' }, { role: 'enduser', name: 'Ines A.' }];
    const names = { User: 'ia', FirstName: 'Ines', LastName: 'Arbor' };
    const meadow = await buyer('meadow');
    expect([
      requisitionerOf(meadow, { extrinsics: extrinsics(names), contacts }).name,
      requisitionerOf(meadow, { extrinsics: extrinsics({ User: 'ia' }), contacts }).name,
      requisitionerOf(meadow, { extrinsics: extrinsics({ User: 'ia' }) }).name,
    ]).toEqual(['Ines Arbor', 'Ines A.', undefined]);
  });

  it('is known by the e-mail address where there is no id', async () => {
    expect(requisitionerOf(await buyer('meadow'), { extrinsics: extrinsics({ UserEmail: 'a@x.example' }) }).id).toBe('a@x.example');
  });

  it('is read from the names that the buyer has', async () => {
    const own = { parameters: { user: ['PersonNumber'], unit: ['Plant'] } };
    const told = { extrinsics: extrinsics({ UniqueName: 'no', PersonNumber: '4711', Plant: 'North' }) };
    expect(requisitionerOf(await buyer('meadow', own), told)).toMatchObject({ id: '4711', unit: 'North' });
  });

  it('is another one at another buyer, whatever the ids are made of', async () => {
    const told = { extrinsics: extrinsics({ UniqueName: 'same.user' }) };
    const accounts = [await buyer('ridge'), await buyer('fern')].map((each) => requisitionerOf(each, told).account);
    expect(new Set(accounts).size).toBe(2);
    const odd = { ...(await buyer('ridge')), name: 'a","b' };
    expect(requisitionerOf(odd, told).account).not.toBe(
      requisitionerOf({ ...odd, name: 'a' }, { extrinsics: extrinsics({ User: 'b","same.user' }) }).account,
    );
  });

  it('has to be somebody', async () => {
    const meadow = await buyer('meadow');
    expect(() => requisitionerOf(meadow, { extrinsics: extrinsics({ CostCenter: '1', User: ' ' }) })).toThrow(
      expect.objectContaining({ code: 'WB_PARTNERS_NO_REQUISITIONER' }),
    );
  });

  it('is the user of an OCI call that names nobody, and otherwise whom it names', async () => {
    const mill = await buyer('mill');
    const by = (query: string) => requisitionerOfCall(mill, (name) => readOciForm(query).get(name));
    expect([by('USERNAME=mill-oci').id, by('uniquename=iarbor&email=i%40x.example')]).toEqual([
      'mill-oci',
      { account: '["mill","iarbor"]', id: 'iarbor', email: 'i@x.example' },
    ]);
  });
});

describe('a test', () => {
  const parties = (identity: string) => ({ from: [{ domain: 'NetworkID', identity }], to: [] });

  it('is what says so, and what comes from a test account, whatever it says', async () => {
    const meadow = await buyer('meadow');
    const of = (test: boolean, identity: string) => isTest(meadow, { test, parties: parties(identity) });
    expect([of(false, 'AN01-MEADOW'), of(true, 'AN01-MEADOW'), of(false, 'AN01-MEADOW-T'), of(false, 'AN01-MEADOW-t')]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('is not what comes from an account that is declared with such a name', async () => {
    const own = { identities: [{ domain: 'NetworkID', identity: 'AN01-MEADOW-T' }] };
    expect(isTest(await buyer('meadow', own), { test: false, parties: parties('AN01-MEADOW-T') })).toBe(false);
  });

  it('is everything, or refused, where the buyer says so', async () => {
    expect(isTest(await buyer('meadow', { test: 'always' }), { test: false, parties: parties('AN01-MEADOW') })).toBe(true);
    const strict = await buyer('meadow', { test: 'refuse' });
    expect(isTest(strict, { test: false, parties: parties('AN01-MEADOW') })).toBe(false);
    expect(() => isTest(strict, { test: true, parties: parties('AN01-MEADOW') })).toThrow(
      expect.objectContaining({ code: 'WB_PARTNERS_TEST_REFUSED' }),
    );
  });
});
