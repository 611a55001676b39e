import type { Leg, Message, WaybillError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { asCommandError } from '../call-plugin.ts';
import { withoutTagged } from '../tagged-text.ts';
import type { HandlerRun } from './handler-context.ts';
import type { Identity } from './identify.ts';
import type { InHand } from './in-hand.ts';
import { errorReplyTo, replyTo } from './reply.ts';
import { rightsOf } from './rights.ts';
import { runHandler } from './run-handler.ts';
import type { InboundServices } from './services.ts';

/** How an attempt ended; `reply` is what goes back to the sender, where it is told at all, and `legs` what goes out with the outcome. */
export type Attempted = { readonly legs: readonly Leg[]; readonly reply: Message | undefined } & (
  | { readonly ok: true }
  | { readonly ok: false; readonly error: WaybillError }
);

/** Rights, handler, reply, in this order, once. Never throws. `taken` are signals that the message is taken away from this process. */
export async function attempt(
  entry: CheckedInbound,
  services: InboundServices,
  hand: InHand,
  identity: Identity,
  taken: HandlerRun['taken'],
): Promise<Attempted> {
  try {
    if (identity.fault) throw identity.fault;
    const rights = rightsOf(entry, services, identity, hand.principal);
    const principal = rights instanceof Promise ? await rights : rights;
    const { output, legs } = await runHandler(entry, services, { hand, identified: identity, principal, taken });
    return { ok: true, legs, reply: replyTo(identity, output, hand, services) };
  } catch (cause) {
    return failed(asCommandError(cause), services, hand, identity);
  }
}

/** A failure together with the reply that tells of it. */
export function failed(error: WaybillError, services: InboundServices, hand: InHand, identity: Identity): Attempted {
  // The sender knows what it has sent; others shall not read it.
  const told = identity.command && identity.read ? withoutTagged(error, identity.command.definition.input, identity.read.input) : error;
  return { ok: false, error: told, legs: [], reply: errorReplyTo(identity, error, hand, services) };
}
