import {
  type ComposeContext,
  type Draft,
  type MessageType,
  type MessageTypeRef,
  type ReadMessage,
  type ReplyOutcome,
  type WaybillError,
} from '@waybill/contract';
import { secretPaths } from '@waybill/contract/host';
import { replaceUnwritable } from '@waybill/xml';
import { bindingOf, compose } from './catalogue.ts';
import { given } from './given.ts';
import type { ErrorReport } from './messages/error.ts';
import { failedReport } from './messages/pick-list.ts';

const wcsError: MessageTypeRef = { name: 'WCS_Error', version: '1.0' };

/**
 * How an inbound message is answered: with its own reply once its command ran, with a WCS_Error when something failed
 * before that or the message has no reply of its own, else not at all (reference/fulfillment-messages.md, section 2.6).
 */
export function reply(ref: MessageTypeRef, outcome: ReplyOutcome, context: ComposeContext): Draft | undefined {
  const { type } = bindingOf(ref);
  if (outcome.ok) return type.reply && compose(type.reply, { status: 'OK', pickList: outcome.output }, context);
  if (type.reply && outcome.read) return compose(type.reply, failedReport(outcome.error), context);
  return compose(wcsError, errorReport(type, outcome.error, outcome.read), context);
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
  // By name, since another copy of the contract may have made the error.
  return error.retryable || !['MessageError', 'CommandError'].includes(error.name);
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
