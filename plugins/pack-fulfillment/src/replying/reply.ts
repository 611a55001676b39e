import {
  type ComposeContext,
  type Draft,
  type MessageType,
  type MessageTypeRef,
  type ReadMessage,
  type ReplyOutcome,
  type TSchema,
  type WaybillError,
} from '@waybill/contract';
import { secretPaths } from '@waybill/contract/host';
import { replaceUnwritable } from '@waybill/xml';
import type { Binding } from '../binding.ts';
import { badData, bindingOf, compose, shaped } from '../catalogue.ts';
import { given } from '../given.ts';
import type { ErrorReport } from '../messages/error.ts';
import type { ResponseStatus } from '../messages/fulfillment/response-status.ts';
import type { Options } from '../options.ts';
import { contents } from './answers.ts';

const wcsError: MessageTypeRef = { name: 'WCS_Error', version: '1.0' };

/**
 * How an inbound message is answered: with its own reply once its command ran, with a WCS_Error when something failed
 * before that or the message has no reply of its own, else not at all (reference/fulfillment-messages.md, section 2.6).
 */
export function reply(ref: MessageTypeRef, outcome: ReplyOutcome, context: ComposeContext<Options>): Draft | undefined {
  const { type, answeredBy } = bindingOf(ref);
  const { read } = outcome;
  const { options } = context;
  const writing = { ...context, options: { encoding: options.replyEncoding } };
  if (type.reply && read && hasRun(outcome)) return compose(answeredBy?.(options) ?? type.reply, answerTo(type, read, outcome), writing);
  return outcome.ok ? undefined : compose(wcsError, errorReport(type, outcome.error, read), writing);
}

/** Whether the command ran. What is wrong with a message itself, its credentials included, keeps its command from running. */
function hasRun(outcome: ReplyOutcome): boolean {
  return outcome.ok || !isFaultOfMessage(outcome.error);
}

// By name, since another copy of the contract may have made the error.
function isFaultOfMessage({ name }: WaybillError): boolean {
  return name === 'MessageError';
}

function answerTo(type: MessageType, { command, input }: ReadMessage, outcome: ReplyOutcome): object {
  const content = contents[type.name] as (asked: unknown, answered: unknown) => object;
  const binding = bindingOf(type.reply as MessageTypeRef);
  const schema = type.commands?.find(({ name }) => name === command)?.output;
  const answered = outcome.ok ? whole(outcome.output, schema, binding) : undefined;
  return { ...responseStatus(outcome), ...shaped(binding, () => content(input, answered)) };
}

/** What a command answered with. Most of a reply is optional, so that one that lacks an id would be written all the same. */
function whole(output: unknown, schema: TSchema | undefined, binding: Binding): unknown {
  if (schema === undefined) return output;
  const { required = [] } = schema as { readonly required?: readonly string[] };
  const isWhole = typeof output === 'object' && output !== null && required.every((key) => Object.hasOwn(output, key));
  if (!isWhole) throw badData(binding);
  return output;
}

function responseStatus(outcome: ReplyOutcome): ResponseStatus {
  if (outcome.ok) return { status: 'OK' };
  const { code, message } = outcome.error;
  return { status: 'ERROR', code, message: replaceUnwritable(message) };
}

function errorReport(type: MessageType, error: WaybillError, read: ReadMessage | undefined): ErrorReport {
  const [only, another] = type.commands ?? [];
  const command = read?.command ?? (only !== undefined && another === undefined ? only.name : type.name);
  const { code, at, hint } = error;
  return {
    system: isSystem(error),
    command,
    code,
    message: replaceUnwritable(error.message),
    parameters: given({ at: at && replaceUnwritable(at), hint: hint && replaceUnwritable(hint) }),
    attributes: read && requestAttributes(type, read),
  };
}

/** Whether the operator has to act, and not the sender: the message may work later, or the error is one that nobody foresaw. */
function isSystem(error: WaybillError): boolean {
  return error.retryable || !(isFaultOfMessage(error) || error.name === 'CommandError');
}

const xmlName = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const secretWord = /password|secret|answer|credential/i;

/** The plain values of the input, without anything that is a secret by its schema or by its name. */
function requestAttributes(type: MessageType, { command, input }: ReadMessage): Readonly<Record<string, string>> | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const schema = type.commands?.find(({ name }) => name === command)?.input;
  const secrets = schema === undefined ? [] : secretPaths(schema);
  const plain = Object.entries(input as Readonly<Record<string, unknown>>).flatMap(([name, value]): [string, string][] => {
    if (secrets.includes(name) || secretWord.test(name) || !xmlName.test(name)) return [];
    return typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)]] : [];
  });
  return plain.length === 0 ? undefined : Object.fromEntries(plain);
}
