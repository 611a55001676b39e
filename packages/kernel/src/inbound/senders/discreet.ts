import type { KeptMessage, Message, Principal } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { asCommandError } from '@waybill/plugin-host/kernel';
import { messageErrors } from '../../errors.ts';
import type { Identity } from '../identity.ts';
import type { InHand } from '../in-hand.ts';
import type { InboundServices } from '../services.ts';
import { senderOf } from './sender.ts';

interface Concealing {
  readonly hand: InHand;
  readonly identity: Identity;
  /** The message as it may be kept. Throws what a pack throws. */
  readonly conceal: () => Message;
}

/**
 * What may be kept of a message, and who sent it: credentials that are not kept are checked before anything is, and for a message from the
 * journal the one who was recognised then counts. Never throws.
 */
export function discreet(
  entry: CheckedInbound,
  services: InboundServices,
  { hand, identity, conceal }: Concealing,
): Identity | Promise<Identity> {
  let message: Message;
  try {
    message = conceal();
  } catch (cause) {
    // Rather nothing of it than what nobody may read.
    return refused(identity, cause, { message: { ...hand.message, body: new Uint8Array() } });
  }
  const { read, known, store } = identity;
  const given = { message, principal: hand.principal };
  if (entry.credentials === 'ignore' || (known && !known.pack.conceal)) return { ...identity, kept: given };
  if (hand.token) return read?.credentials ? recognisedBefore(identity, given) : { ...identity, kept: given };
  // Whoever its transport recognised may not be whom the application would have: what was masked may have said so.
  if (!read) return { ...identity, kept: message === hand.message ? given : { message } };
  if (!read.credentials) return { ...identity, kept: given };
  const recognised = (principal: Principal | undefined): Identity => ({ ...identity, kept: { message, principal }, sender: { principal } });
  const stranger = (cause: unknown): Identity => refused(identity, cause, { message });
  try {
    const sender = senderOf(entry, services, { read, store }, hand.principal);
    return sender instanceof Promise ? sender.then(recognised, stranger) : recognised(sender);
  } catch (cause) {
    return stranger(cause);
  }
}

function recognisedBefore(identity: Identity, kept: KeptMessage): Identity {
  const { principal } = kept;
  if (principal) return { ...identity, kept, sender: { principal } };
  const text = 'The credentials inside the message were not kept, and nobody had been recognised by them.';
  return refused(identity, messageErrors.WB_AUTH_REFUSED(text), kept);
}

/** Whoever is not recognised hears of that, whatever else is wrong with the message. */
function refused(identity: Identity, cause: unknown, kept: KeptMessage): Identity {
  return { ...identity, fault: asCommandError(cause), orderKey: undefined, kept };
}
