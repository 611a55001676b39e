import type { Message } from '@waybill/contract';
import type { Target } from '../settings/target.ts';
import { addressesOf } from './address/recipients.ts';
import { compose, type Origin } from './compose.ts';
import type { ComposedMail } from './composed-mail.ts';
import type { Signer } from './signing/signer.ts';

const probe: Message = { id: 'probe', createdAt: 0, contentType: 'text/plain', body: new Uint8Array(), properties: {} };

/**
 * Composes a mail that is thrown away, so that a wrong address or header of an entry is seen when it opens and not at its first message. Called by `open`
 * and by `probe`, which asks the server for its envelope sender. Throws as `compose` does.
 */
export function checkEntry(target: Target, origin: Origin, signer?: Signer): ComposedMail {
  for (const key of ['to', 'cc', 'bcc', 'replyTo'] as const) addressesOf(target[key] ?? [], `"${key}" of the entry`, target.maxRecipients);
  // To itself alone: a link to end a subscription allows of one recipient, whom a message may say.
  return compose(probe, { ...target, to: [target.from], cc: [], bcc: [], onlyTo: ['*'] }, origin, signer);
}
