import { type Message, newMessageId, type ReplyOutcome, type WaybillError } from '@waybill/contract';
import { callPack } from '../call-plugin.ts';
import { errorFields } from '../log.ts';
import { toMessage } from '../outbound/compose.ts';
import type { Identified, Identity } from './identify.ts';
import type { InHand } from './in-hand.ts';
import type { InboundServices } from './services.ts';

/** The typed answer to a message that wants one. Throws a `MessageError` when the pack cannot compose it. */
export function replyTo(identified: Identified, output: unknown, hand: InHand, services: InboundServices): Message | undefined {
  if (!identified.known.type.reply) return undefined;
  return compose(identified, { ok: true, output, read: identified.read }, hand, services);
}

/**
 * The typed error reply that a pack has for a failed message; undefined where it has none or fails itself. What is only
 * ever sent out, error replies included, is not answered: two systems could go on like that for ever.
 */
export function errorReplyTo(identity: Identity, error: WaybillError, hand: InHand, services: InboundServices): Message | undefined {
  if (identity.known?.type.direction !== 'in') return undefined;
  try {
    return compose(identity, { ok: false, error, read: identity.read }, hand, services);
  } catch (cause) {
    const { name: messageType } = identity.known;
    services.log.error({ messageId: hand.message.id, messageType, ...errorFields(cause) }, 'the error reply cannot be composed');
    return undefined;
  }
}

function compose(identity: Identity, outcome: ReplyOutcome, { message }: InHand, { clock }: InboundServices): Message | undefined {
  const { known, store } = identity;
  if (!known?.pack.reply) return undefined;
  const { pack, type } = known;
  const createdAt = clock.now();
  const context = { time: new Date(createdAt).toISOString(), store, messageId: newMessageId() };
  const draft = callPack(pack, 'answering', () => pack.reply?.(type, outcome, context));
  return draft && toMessage(draft, { id: context.messageId, createdAt, correlationId: message.id });
}
