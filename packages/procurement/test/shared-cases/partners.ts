import { type Buyer, definePartners, type Partners, type PartnersSpec } from '../../src/index.ts';

interface Words {
  readonly supplier: { readonly identities: PartnersSpec['supplier']['identities'] };
  readonly senders: Readonly<
    Record<string, { readonly domain: string; readonly identity: string; readonly secret: string; readonly speaksFor: string[] }>
  >;
  readonly buyers: Readonly<
    Record<
      string,
      {
        readonly from?: { readonly domain: string; readonly identity: string };
        readonly returnHosts?: string[];
        readonly frameAncestors?: string[];
        readonly username?: string;
        readonly password?: string;
      }
    >
  >;
}

export interface CasePartners {
  readonly partners: Partners;
  /** The buyer with other settings. */
  buyer(name: string, own?: object): Promise<Buyer>;
}

/** The words of the cases as a declaration. `oldpine` has the identity of larkfield and stands in its place elsewhere. */
export function partnersOf(words: unknown): CasePartners {
  const spec = specOf(words as Words);
  return {
    partners: definePartners(spec),
    buyer: async (name, own = {}) => {
      const changed = { ...spec, buyers: { ...spec.buyers, [name]: { ...spec.buyers[name], ...own } } };
      const buyer = await definePartners(changed).buyer(name);
      if (!buyer) throw new Error(`There is no buyer ${name} among the partners of the cases.`);
      return buyer;
    },
  };
}

function specOf({ supplier, senders, buyers }: Words): PartnersSpec {
  const used = ([name]: readonly [string, unknown]): boolean => name !== 'oldpine';
  const sendersOf = Object.entries(senders).filter(used);
  const buyersOf = Object.entries(buyers).filter(used);
  return {
    supplier,
    senders: Object.fromEntries(
      sendersOf.map(([name, { domain, identity, secret, speaksFor }]) => [
        name,
        { identities: [{ domain, identity }], secrets: [secret], speaksFor },
      ]),
    ),
    buyers: Object.fromEntries(
      buyersOf.map(([name, { from, returnHosts, frameAncestors, username, password }]) => [
        name,
        {
          ...(from && { identities: [from] }),
          ...(returnHosts && { returnHosts }),
          ...(frameAncestors && { frameAncestors }),
          ...(username !== undefined && password !== undefined && { profile: 'sap-srm', logon: { user: username, passwords: [password] } }),
        },
      ]),
    ),
  };
}
