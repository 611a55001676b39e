import type { Identity, Parties } from '@waybill/commerce';
import type { Writing } from '../options.ts';

/** Who speaks to whom, as the event says it; what is set for the entry comes before it. The sender is whoever it comes from where nobody says otherwise. */
export function partiesFor(said: Parties, { from = said.from, to = said.to, sender, userAgent }: Writing): Parties {
  const speaking = sender === undefined ? (said.sender ?? from[0]) : named(sender);
  return { from, to, ...(speaking && { sender: speaking }), userAgent: userAgent ?? said.userAgent ?? 'Waybill' };
}

/** Without its secret, which is in no document that is kept. */
export function named({ domain, identity }: Identity): Identity {
  return { domain, identity };
}
