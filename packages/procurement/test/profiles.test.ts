import { describe, expect, it } from 'vitest';
import { type BuyerSpec, definePartners, genericPlatform, type Profile, profiles } from '../src/index.ts';
import { partnersSpec } from './partners-of-tests.ts';

/** A buyer with the profile, and what else it says of itself. */
async function buyerWith({ name, protocol }: Profile, own: Partial<BuyerSpec> = {}) {
  const names = protocol === 'oci' ? { logon: { user: 'u', passwords: ['p of u'] } } : { identities: [{ domain: 'DUNS', identity: '9' }] };
  const spec: BuyerSpec = { profile: name, ...names, ...own };
  const buyer = await definePartners({ supplier: partnersSpec.supplier, buyers: { some: spec } }).buyer('some');
  if (!buyer) throw new Error('The buyer of the test is not declared.');
  return buyer;
}

describe.each(profiles.map((each) => [each.name, each] as const))('the profile %s', (_name, profile) => {
  it('says of each quirk what it is, where that is known from, and how well', () => {
    const names = profile.quirks.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { says, source } of profile.quirks) {
      expect(says).toMatch(/^.{20,}\.$/);
      expect(source).toMatch(/^(?:S[0-9]+|samples|annotated sample)(?:, (?:S[0-9]+|samples))*$/);
    }
  });

  it('sets what a buyer may set as well', async () => {
    for (const { sets } of profile.quirks) expect((await buyerWith(profile, sets)).profile).toBe(profile.name);
  });

  it('is the general profile when all of its quirks are switched off', async () => {
    const quirks = Object.fromEntries(profile.quirks.map(({ name }) => [name, false]));
    expect(await buyerWith(profile, { quirks })).toMatchObject(genericPlatform);
  });

  it('gives way to what the buyer says itself', async () => {
    const own = {
      form: 'cxml-urlencoded',
      cookie: 'trimmed',
      unmappedUnits: 'pass',
      limits: { partId: 7 },
      parameters: { user: ['Me'] },
    } as const;
    const changed: Partial<BuyerSpec> = { ...own, parameters: { user: ['Me'] } };
    expect(await buyerWith(profile, changed)).toMatchObject(changed);
  });
});

describe('the profiles', () => {
  it('do not pretend to know Workday', () => {
    const workday = profiles.find(({ name }) => name === 'workday');
    expect(workday?.title).toContain('guesswork');
    expect(workday?.quirks.filter(({ sets }) => sets !== undefined).map(({ confidence }) => confidence)).toEqual(['guess', 'guess']);
  });

  it('set each quirk apart: one that is switched off leaves the others', async () => {
    const ariba = profiles.find(({ name }) => name === 'ariba') as Profile;
    const buyer = await buyerWith(ariba, { quirks: { 'ariba-base64': false } });
    expect(buyer).toMatchObject({ form: 'cxml-urlencoded', cookie: 'exact', countsBytes: true, forbiddenInIds: '?{}' });
  });
});
