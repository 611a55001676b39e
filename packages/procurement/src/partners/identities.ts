import type { Identity } from '@waybill/commerce';

// reference/procurement-messages.md, section 3.2: domains are compared without case, identities exactly but for the suffix of a test account.

const testSuffix = /-[tT]$/;

/** What two identities share that name the same account. */
export function identityKey({ domain, identity }: Identity): string {
  return JSON.stringify([domain.toLowerCase(), identity]);
}

/** The identity of the account whose test this one is; itself where it has no suffix. */
export function withoutTestSuffix({ domain, identity }: Identity): Identity {
  return { domain, identity: identity.replace(testSuffix, '') };
}

export function hasTestSuffix({ identity }: Identity): boolean {
  return testSuffix.test(identity);
}

/** What is found under an identity, and otherwise under the identity of the account whose test it is, or which is its test. */
export function findByIdentity<Found>(table: ReadonlyMap<string, Found>, identity: Identity): Found | undefined {
  const bare = withoutTestSuffix(identity);
  const spellings = [identity, bare, { ...bare, identity: `${bare.identity}-T` }, { ...bare, identity: `${bare.identity}-t` }];
  return spellings.map((each) => table.get(identityKey(each))).find((found) => found !== undefined);
}
