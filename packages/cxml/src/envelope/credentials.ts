import type { Identity, Parties } from '@waybill/commerce';
import type { CxmlDocument } from './document.ts';

/** What a document says about who sends it, for the authenticator of an application: flat, so that it goes through any configuration and log filter. */
export type CxmlCredentials = Readonly<Record<string, string | undefined>>;

/** Who speaks to whom by credentials, and the secret of the sender. */
export interface CredentialParties {
  readonly parties: Parties;
  readonly secret?: string | undefined;
}

const lists = ['from', 'to', 'sender'] as const;

/**
 * The credentials of a document: `from1Domain`, `from1Identity`, … (`to1…`, `sender1…`, `…Marketplace`), `userAgent`, `secret`. Undefined where the document has no
 * header, and so says nothing about its sender.
 */
export function credentialsOf({ parties, secret }: Pick<CxmlDocument, 'parties' | 'secret'>): CxmlCredentials | undefined {
  if (parties === undefined) return undefined;
  const { from, to, sender, userAgent } = parties;
  const all = { from, to, sender: sender === undefined ? [] : [sender] };
  const entries = lists.flatMap((name) => all[name].flatMap((each, index) => entriesOf(`${name}${index + 1}`, each)));
  return { ...Object.fromEntries(entries), ...(userAgent !== undefined && { userAgent }), ...(secret !== undefined && { secret }) };
}

function entriesOf(prefix: string, { domain, identity, marketplace }: Identity): readonly (readonly [string, string])[] {
  const mark = marketplace === true ? ([[`${prefix}Marketplace`, 'yes']] as const) : [];
  return [[`${prefix}Domain`, domain], [`${prefix}Identity`, identity], ...mark];
}

/** What `credentialsOf` was made from. Undefined where the credentials are not those of a document. */
export function partiesOf(credentials: CxmlCredentials): CredentialParties | undefined {
  const [from, to, senders] = lists.map((name) => identitiesIn(credentials, name)) as [Identity[], Identity[], Identity[]];
  if (from.length === 0 || to.length === 0) return undefined;
  const [sender] = senders;
  const { userAgent, secret } = credentials;
  const parties = { from, to, ...(sender && { sender }), ...(userAgent !== undefined && { userAgent }) };
  return { parties, ...(secret !== undefined && { secret }) };
}

function identitiesIn(credentials: CxmlCredentials, name: string): Identity[] {
  const found: Identity[] = [];
  for (let number = 1; ; number += 1) {
    const [domain, identity] = [credentials[`${name}${number}Domain`], credentials[`${name}${number}Identity`]];
    if (domain === undefined || identity === undefined) return found;
    const isMarketplace = credentials[`${name}${number}Marketplace`] === 'yes';
    found.push(isMarketplace ? { domain, identity, marketplace: true } : { domain, identity });
  }
}
