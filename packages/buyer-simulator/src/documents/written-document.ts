import type { Identity, Parties } from '@waybill/commerce';
import { insertSecret, newPayloadId, writeDocument } from '@waybill/cxml';
import type { CxmlProfile } from '../profiles/profiles.ts';
import { asWrittenBy } from './deviations.ts';
import { timestampFor } from './profile-times.ts';

/** Who writes to whom. */
export interface Letterhead {
  readonly profile: CxmlProfile;
  readonly identity: string;
  readonly supplier: string;
  readonly secret: string | undefined;
}

/** A document that is ready to be sent. */
export interface WrittenDocument {
  readonly type: 'ProfileRequest' | 'PunchOutSetupRequest' | 'OrderRequest' | 'StatusUpdateRequest';
  readonly payloadId: string;
  readonly timestamp: string;
  readonly text: string;
}

/** Writes a request as this buyer does, with what is wrong about that. `content`: the input of the command without what stands around it. */
export function writtenDocument(type: WrittenDocument['type'], content: object, head: Letterhead, now = Date.now()): WrittenDocument {
  const { profile, secret } = head;
  const timestamp = timestampFor(profile, now);
  const payloadId = profile.payloadIds === 'timestamp' ? timestamp : newPayloadId('buyer.larkfield.example', now);
  const parties = partiesOf(head);
  const around = { payloadId, timestamp, test: true, parties };
  const document = asWrittenBy(
    profile,
    writeDocument(type, { ...around, ...content }, { ...around, version: profile.version, language: 'en-US' }),
  );
  const said = type === 'OrderRequest' && !profile.secretInOrders ? undefined : (secret ?? profile.withoutSecret);
  const text = said === undefined || !parties.sender ? document : insertSecret(document, parties.sender, said);
  return { type, payloadId, timestamp, text };
}

function partiesOf({ profile, identity, supplier }: Letterhead): Parties & { readonly sender: Identity } {
  const { domain, hub, severalTo, testSuffix, userAgent } = profile;
  const from = { domain, identity: identity + testSuffix };
  const to = { domain, identity: supplier + testSuffix };
  return { from: [from], to: severalTo ? [{ domain: 'DUNS', identity: '555000321' }, to] : [to], sender: hub ?? from, userAgent };
}
