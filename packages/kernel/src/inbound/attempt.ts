import { type Leg, type Message, newMessageId, type Principal, type ReplyOutcome, type WaybillError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import type { Clock } from '@waybill/plugin-host';
import {
  asCommandError,
  callApplication,
  composeReply,
  composeReplyToUnknown,
  errorFields,
  refuseWrong,
  withoutTagged,
} from '@waybill/plugin-host/kernel';
import { commandErrors, messageErrors } from '../errors.ts';
import { AttemptContext, type HandlerRun } from './handler-context.ts';
import type { Identified, Identity } from './identity.ts';
import type { InHand } from './in-hand.ts';
import { senderOf } from './senders/sender.ts';
import type { InboundServices } from './services.ts';

/** How an attempt ended; `reply` is what goes back to the sender, where it is told at all, and `legs` what goes out with the outcome. */
export type Attempted = { readonly legs: readonly Leg[]; readonly reply: Message | undefined } & (
  | { readonly ok: true }
  | { readonly ok: false; readonly error: WaybillError }
);

export type Attempt = Pick<HandlerRun, 'hand' | 'turn'> & { readonly identity: Identity };

/** Rights, handler, reply, in this order, once. Never throws. Comes back at once unless the application takes time. */
export function attempt(
  entry: CheckedInbound,
  services: InboundServices,
  { hand, identity, turn }: Attempt,
): Attempted | Promise<Attempted> {
  try {
    if (identity.fault) throw identity.fault;
    refuseExpired(hand.message, services.clock);
    const sender = identity.sender ? identity.sender.principal : senderOf(entry, services, identity, hand.principal);
    const serveFor = (principal: Principal | undefined) => serve(entry, services, { hand, identified: identity, principal, turn });
    const attempted = sender instanceof Promise ? sender.then(serveFor) : serveFor(sender);
    return attempted instanceof Promise ? attempted.catch((cause: unknown) => failed(cause, services, hand, identity)) : attempted;
  } catch (cause) {
    return failed(cause, services, hand, identity);
  }
}

/** Throws `WB_MESSAGE_EXPIRED`. */
export function refuseExpired({ expiresAt }: Message, clock: Pick<Clock, 'now'>): void {
  if (expiresAt === undefined || clock.now() <= expiresAt) return;
  throw messageErrors.WB_MESSAGE_EXPIRED(`Nobody wants the message any more since ${new Date(expiresAt).toISOString()}.`);
}

/** Runs the handler within the time of the entry. Throws what it throws, and what its answer is not allowed to be. */
function serve(entry: CheckedInbound, services: InboundServices, run: HandlerRun): Attempted | Promise<Attempted> {
  const { identified, principal } = run;
  authorise(entry, identified, principal);
  const { handler, definition } = identified.command;
  if (!handler) throw messageErrors.WB_COMMAND_UNHANDLED(`The application has no handler for ${definition.name}.`);
  const context = new AttemptContext(run, services);
  let output: unknown;
  try {
    const answer: unknown = handler.run(identified.read.input, context);
    output = callApplication(services.deadlines, `The handler of ${definition.name}`, entry.timeout, answer);
  } catch (cause) {
    context.end();
    throw cause;
  }
  return output instanceof Promise ? served(output, services, run, context) : answered(output, services, run, context);
}

async function served(output: Promise<unknown>, services: InboundServices, run: HandlerRun, context: AttemptContext): Promise<Attempted> {
  try {
    return answered(await output, services, run, context);
  } finally {
    context.end();
  }
}

function answered(output: unknown, services: InboundServices, { hand, identified }: HandlerRun, context: AttemptContext): Attempted {
  const legs = context.end();
  checkOutput(identified, output);
  const { known, read } = identified;
  return { ok: true, legs, reply: known.type.reply ? compose(identified, { ok: true, output, read }, hand, services) : undefined };
}

/** A failure together with the reply that tells of it. */
export function failed(cause: unknown, services: InboundServices, hand: InHand, identity: Identity): Attempted {
  const error = asCommandError(cause);
  // The sender knows what it has sent; others shall not read it.
  const told = identity.command && identity.read ? withoutTagged(error, identity.command.definition.input, identity.read.input) : error;
  return { ok: false, error: told, legs: [], reply: errorReplyTo(identity, error, hand, services) };
}

/** Whether this sender may send this type here. Throws `WB_AUTH_NOT_ALLOWED`. */
function authorise({ allow, name }: CheckedInbound, { known }: Identified, principal: Principal | undefined): void {
  if (!allow) return;
  const own = principal && Object.hasOwn(allow, principal.name) ? allow[principal.name] : undefined;
  const isAllowed = [allow['*'], own].some(
    (list) => list === 'all' || list?.some((ref) => ref.name === known.type.name && ref.version === known.type.version),
  );
  if (isAllowed) return;
  const who = principal ? `${principal.name} may` : 'An unknown sender may';
  throw messageErrors.WB_AUTH_NOT_ALLOWED(`${who} not send ${known.name} to ${name}.`);
}

/** Throws `WB_COMMAND_BAD_OUTPUT`. */
function checkOutput({ command: { definition, checkOutput: check } }: Identified, output: unknown): void {
  const what = `The handler of ${definition.name} answered with something that the command does not allow,`;
  refuseWrong(check?.(output), what, commandErrors.WB_COMMAND_BAD_OUTPUT);
}

/**
 * The typed error reply that a pack has for a failed message; undefined where it has none or fails itself. What is only
 * ever sent out, error replies included, is not answered: two systems could go on like that for ever.
 */
export function errorReplyTo(identity: Identity, error: WaybillError, hand: InHand, services: InboundServices): Message | undefined {
  const { known, read } = identity;
  const messageType = known?.name;
  try {
    const stranger = services.taking.answersFor(known);
    if (stranger) return composeReplyToUnknown(stranger, error, replyingTo(hand, identity, services));
    if (known?.type.direction !== 'in') return undefined;
    return compose(identity, { ok: false, error, read }, hand, services);
  } catch (cause) {
    services.log.error({ messageId: hand.message.id, messageType, ...errorFields(cause) }, 'the error reply cannot be composed');
    return undefined;
  }
}

/** Throws a `MessageError` when the pack cannot compose the reply. */
function compose(identity: Identity, outcome: ReplyOutcome, hand: InHand, services: InboundServices): Message | undefined {
  return identity.known?.pack.reply && composeReply(identity.known, outcome, replyingTo(hand, identity, services));
}

/** What a reply has beside what its pack makes of it. */
function replyingTo(hand: InHand, { store, packs }: Pick<Identity, 'store' | 'packs'>, { clock }: Pick<InboundServices, 'clock'>) {
  return { id: newMessageId(), createdAt: clock.now(), store, correlationId: hand.message.id, packs };
}
