import { definePartners, type Partners, type PartnersSpec } from '@waybill/procurement';

interface Name {
  readonly domain: string;
  readonly identity: string;
}

/** What `partners.json` says, which knows nothing of our words. */
export interface Told {
  readonly supplier: { readonly identities: readonly Name[] };
  readonly senders: Readonly<Record<string, Name & { readonly secret: string; readonly speaksFor: readonly string[] }>>;
  readonly buyers: Readonly<
    Record<
      string,
      {
        readonly from?: Name;
        readonly returnHosts?: readonly string[];
        readonly frameAncestors?: readonly string[];
        readonly username?: string;
        readonly password?: string;
      }
    >
  >;
}

/** Buyers that other cases stand in place of: one identity is one buyer. */
const leftOut = new Set(['oldpine']);

/** The partners that every case takes for granted, with more settings for some of them. */
export function partnersOf({ supplier, senders, buyers }: Told, more: Readonly<Record<string, object>> = {}): Partners {
  const kept = <Each>(all: Readonly<Record<string, Each>>) => Object.entries(all).filter(([name]) => !leftOut.has(name));
  const spec = {
    supplier: { identities: supplier.identities.map(({ domain, identity }) => ({ domain, identity })) },
    senders: Object.fromEntries(
      kept(senders).map(([name, { domain, identity, secret, speaksFor }]) => [
        name,
        { identities: [{ domain, identity }], secrets: [secret], speaksFor },
      ]),
    ),
    buyers: Object.fromEntries(
      kept(buyers).map(([name, { from, returnHosts, frameAncestors, username, password }]) => [
        name,
        {
          ...(from && { identities: [from] }),
          ...(returnHosts && { returnHosts }),
          ...(frameAncestors && { frameAncestors }),
          ...(username !== undefined && { logon: { user: username, passwords: [password] } }),
          ...more[name],
        },
      ]),
    ),
  };
  return definePartners(spec as unknown as PartnersSpec);
}
