import {
  CommandError,
  isWaybillError,
  type Leg,
  type Message,
  MessageError,
  newMessageId,
  type Principal,
  type ReadMessage,
  type ReplyOutcome,
  type WaybillError,
} from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { remedy } from '../errors.ts';
import { toMessage } from '../outbound/routing.ts';
import { guarded, type KnownCommand, type KnownType } from '../registry.ts';
import { AttemptContext } from './handler-context.ts';
import type { InboundServices } from './services.ts';

/** A message to work on, from a delivery or from the journal. */
export interface Work {
  readonly message: Message;
  readonly principal: Principal | undefined;
  /** 1 for the first. */
  readonly attempt: number;
  readonly trace: string;
  /** Called when a handler asks for its signal: for most messages nobody does. */
  readonly abandoned?: (() => AbortSignal | undefined) | undefined;
  readonly defect?: WaybillError | undefined;
}

/** How an attempt ended. What could be found out about the message is there also where it failed. */
export interface AttemptResult {
  known?: KnownType | undefined;
  read?: ReadMessage;
  store?: string | undefined;
  /** What the handler published. */
  legs: readonly Leg[];
  reply?: Message | undefined;
  /** Set where the attempt failed. */
  error?: WaybillError;
}

/** Tells what a message is. Throws a `MessageError`. */
export function recognise(services: InboundServices, message: Message): KnownType {
  const known = services.registry.recognise(message);
  if (known) return known;
  throw new MessageError('WB_MESSAGE_UNRECOGNISED', 'No loaded message pack knows this message.', {
    hint: remedy('WB_MESSAGE_UNRECOGNISED'),
  });
}

/** Sees to it that the entry takes messages of this type. Throws a `MessageError`. */
export function admit(entry: CheckedInbound, known: KnownType): void {
  if (entry.accept === 'stored' && known.type.reply) throw needsAnswer(entry, known);
  const listed = entry.messages?.some((ref) => ref.name === known.type.name && ref.version === known.type.version) ?? true;
  if (listed && known.type.direction === 'in') return;
  throw new MessageError('WB_MESSAGE_NOT_ACCEPTED', `The inbound entry ${entry.name} does not take ${known.name}.`, {
    hint: remedy('WB_MESSAGE_NOT_ACCEPTED'),
  });
}

function needsAnswer(entry: CheckedInbound, known: KnownType): MessageError {
  const text = `${known.name} wants an answer, and the inbound entry ${entry.name} accepts messages as stored, which answers nothing.`;
  return new MessageError('WB_REPLY_NEEDS_PROCESSED', text, { hint: remedy('WB_REPLY_NEEDS_PROCESSED') });
}

/**
 * The inbound steps up to the outcome, once: recognise, read, validate, authenticate, authorise, run the handler,
 * compose the reply. Never throws; what went wrong is in the result, with a reply for it where the pack has one.
 */
export async function attempt(entry: CheckedInbound, services: InboundServices, work: Work): Promise<AttemptResult> {
  const result: AttemptResult = { legs: [] };
  try {
    if (work.defect) throw work.defect;
    const known = recognise(services, work.message);
    result.known = known;
    admit(entry, known);
    const { pack, type } = known;
    const read = guarded(pack, 'reading', () => pack.read(type, work.message));
    result.read = read;
    result.store = read.store ?? entry.store;
    const command = services.registry.command(read.command, pack);
    checkInput(command, read.input);
    const principal = await authenticate(entry, services, work, read, result.store);
    authorise(entry, known, principal);
    const output = await runHandler(entry, services, work, result, { command, known, read, principal });
    result.reply = composeReply(known, { ok: true, output, read }, work, services, result.store);
  } catch (cause) {
    fail(result, asCommandError(cause), work, services);
  }
  return result;
}

function fail(result: AttemptResult, error: WaybillError, work: Work, services: InboundServices): void {
  result.error = error;
  result.legs = [];
  result.reply = composeErrorReply(result, error, work, services);
}

/**
 * The typed error reply that a pack has for a failed message; undefined where it has none or fails itself. What is only
 * ever sent out, error replies included, is not answered: two systems could go on like that for ever.
 */
export function composeErrorReply(result: AttemptResult, error: WaybillError, work: Work, services: InboundServices): Message | undefined {
  if (result.known?.type.direction !== 'in') return undefined;
  try {
    return composeReply(result.known, { ok: false, error, read: result.read }, work, services, result.store);
  } catch (cause) {
    services.log.error(
      { messageId: work.message.id, messageType: result.known.name, cause: String(cause) },
      'error reply cannot be composed',
    );
    return undefined;
  }
}

function checkInput({ definition, checkInput: check }: KnownCommand, input: unknown): void {
  const problem = check(input);
  if (!problem) return;
  const text = `The input of ${definition.name} is wrong at ${problem.at}: ${problem.reason}.`;
  throw new MessageError('WB_COMMAND_BAD_INPUT', text, { at: problem.at, hint: remedy('WB_COMMAND_BAD_INPUT') });
}

async function authenticate(
  entry: CheckedInbound,
  services: InboundServices,
  work: Work,
  read: ReadMessage,
  store: string | undefined,
): Promise<Principal | undefined> {
  if (!read.credentials || entry.credentials === 'ignore') return work.principal;
  const { authenticate: check } = services.application;
  if (!check) {
    const text = 'The message carries credentials, and the application has no authenticator.';
    throw new MessageError('WB_AUTH_NO_AUTHENTICATOR', text, { hint: remedy('WB_AUTH_NO_AUTHENTICATOR') });
  }
  const principal = await check(read.credentials, { entry: entry.name, store });
  if (principal) return principal;
  throw new MessageError('WB_AUTH_REFUSED', 'The credentials inside the message are wrong.', { hint: remedy('WB_AUTH_REFUSED') });
}

function authorise(entry: CheckedInbound, known: KnownType, principal: Principal | undefined): void {
  if (!entry.allow) return;
  const lists = [entry.allow['*'], principal && Object.hasOwn(entry.allow, principal.name) ? entry.allow[principal.name] : undefined];
  const allowed = lists.some(
    (list) => list === 'all' || list?.some((ref) => ref.name === known.type.name && ref.version === known.type.version),
  );
  if (allowed) return;
  const who = principal ? `${principal.name} may` : 'An unknown sender may';
  throw new MessageError('WB_AUTH_NOT_ALLOWED', `${who} not send ${known.name} to ${entry.name}.`, { hint: remedy('WB_AUTH_NOT_ALLOWED') });
}

interface Call {
  readonly command: KnownCommand;
  readonly known: KnownType;
  readonly read: ReadMessage;
  readonly principal: Principal | undefined;
}

async function runHandler(
  entry: CheckedInbound,
  services: InboundServices,
  work: Work,
  result: AttemptResult,
  call: Call,
): Promise<unknown> {
  const { handler, definition, checkOutput } = call.command;
  if (!handler)
    throw new MessageError('WB_COMMAND_UNHANDLED', `The application has no handler for ${definition.name}.`, {
      hint: remedy('WB_COMMAND_UNHANDLED'),
    });
  const { message, attempt: number, trace, abandoned } = work;
  const hand = { messageId: message.id, attempt: number, entry: entry.name, messageType: call.known.name, trace, abandoned };
  const context = new AttemptContext({ ...hand, store: result.store, principal: call.principal }, services);
  try {
    const answer: unknown = handler.run(call.read.input, context);
    const output =
      answer instanceof Promise
        ? await services.deadlines.within(answer, entry.timeout, () => overdue(definition.name, entry.timeout))
        : answer;
    const problem = checkOutput?.(output);
    if (problem) throw badOutput(definition.name, problem);
    return output;
  } finally {
    result.legs = context.end();
  }
}

function composeReply(
  known: KnownType,
  outcome: ReplyOutcome,
  work: Work,
  services: InboundServices,
  store: string | undefined,
): Message | undefined {
  const { pack, type } = known;
  // Only messages that want an answer get one when all is well; what went wrong is told to whoever can hear it.
  if (!pack.reply || (outcome.ok && !type.reply)) return undefined;
  const context = { time: new Date(services.clock.now()).toISOString(), store, messageId: newMessageId() };
  const draft = guarded(pack, 'answering', () => pack.reply?.(type, outcome, context));
  return draft && toMessage(draft, { id: context.messageId, correlationId: work.message.id });
}

function overdue(command: string, timeout: number): CommandError {
  const text = `The handler of ${command} did not finish within ${timeout / 1000} s.`;
  return new CommandError('WB_COMMAND_TIMEOUT', text, { retryable: true, hint: remedy('WB_COMMAND_TIMEOUT') });
}

function badOutput(command: string, problem: { readonly at: string; readonly reason: string }): CommandError {
  const text = `The handler of ${command} answered with something that the command does not allow, at ${problem.at}: ${problem.reason}.`;
  return new CommandError('WB_COMMAND_BAD_OUTPUT', text, { at: problem.at, hint: remedy('WB_COMMAND_BAD_OUTPUT') });
}

/** A foreign error says nothing about whether trying again helps; it is tried again, and parked when that does not help. */
function asCommandError(cause: unknown): WaybillError {
  if (isWaybillError(cause)) return cause;
  return new CommandError('WB_COMMAND_FAILED', 'The handler failed with an unexpected error.', {
    retryable: true,
    hint: remedy('WB_COMMAND_FAILED'),
    cause,
  });
}
