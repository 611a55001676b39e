import type { Identity, Parties } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { text } from '@waybill/values';
import { id, present, words } from '../parts/texts.ts';

interface WireCredential {
  domain: string;
  type?: string;
  identity: string;
  secret?: string;
}

/** `Header`, as it stands on the wire. */
export interface WireHeader {
  from: WireCredential[];
  to: WireCredential[];
  sender: WireCredential[];
  userAgent?: string;
}

/** Who speaks to whom, and by what the sender says that it is the one. */
export interface Speakers {
  readonly parties: Parties;
  /** The shared secret. It is never written. */
  readonly secret?: string;
}

const c = mapping<WireCredential>();
const h = mapping<WireHeader>();

const credential = (): Nodes<WireCredential> => [
  c.leaf('@domain', 'domain', id('NetworkID')),
  c.leaf('@type?', 'type', words('marketplace')),
  c.leaf('Identity', 'identity', id('AN11000000123-T')),
  // As it is: blanks around a secret make it another one.
  c.leaf('SharedSecret?', 'secret', text({ secret: true, example: 'change-me' })),
];

/** What is in `Header`: reference/procurement-messages.md, section 3.2. */
export const header = (): Nodes<WireHeader> => [
  h.group('From', [h.vector('Credential+', 'from', credential())]),
  h.group('To', [h.vector('Credential+', 'to', credential())]),
  h.group('Sender', [h.vector('Credential+', 'sender', credential()), h.leaf('UserAgent?', 'userAgent', words('Larkfield Buyer 12.4'))]),
];

export const asSpeakers: Conversion<WireHeader, Speakers> = {
  read: ({ from, to, sender, userAgent }) => {
    const speaking = sender.find(({ secret }) => secret !== undefined) ?? sender[0];
    const parties = present({ from: from.map(identityOf), to: to.map(identityOf), sender: speaking && identityOf(speaking), userAgent });
    return present({ parties, secret: speaking?.secret }) as Speakers;
  },
  write: ({ parties: { from, to, sender, userAgent } }) => ({
    from: from.map(onWire),
    to: to.map(onWire),
    sender: [sender ?? from[0]].filter((each) => each !== undefined).map(onWire),
    userAgent: userAgent ?? 'Waybill',
  }),
};

function identityOf({ domain, identity, type }: WireCredential): Identity {
  return type === 'marketplace' ? { domain, identity, marketplace: true } : { domain, identity };
}

function onWire({ domain, identity, marketplace }: Identity): WireCredential {
  return marketplace === true ? { domain, identity, type: 'marketplace' } : { domain, identity };
}
