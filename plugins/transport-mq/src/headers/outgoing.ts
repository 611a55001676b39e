import type { Message } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { MqAddress, MqMessage, MqPut } from '../handle/handle.ts';
import type { Target } from '../settings.ts';
import { inPage, pageOf, textFormat, utf8 } from './code-pages.ts';
import { idOfText } from './ids.ts';
import { writeProperties } from './own-properties.ts';
import { type ReplyAddress, readAddress } from './reply-address.ts';
import { headerFormat, writeHeader } from './rfh2.ts';

/** For how long a reply is kept after its request has expired, in milliseconds. */
const lateFor = 60_000;

/** A message as it is put on the queue of an outbound entry. Throws WB_MQ_TOO_LARGE, WB_MQ_ADDRESS. */
export function writeMessage(message: Message, target: Target): MqPut {
  const { queue, manager = '', limit, properties, priority, expiry, reports } = target;
  const size = message.body.byteLength;
  if (size > limit) throw errors.WB_MQ_TOO_LARGE(`A body of ${size} bytes is more than the ${limit} that may be sent to queue ${queue}.`);
  const address = message.replyTo === undefined ? undefined : addressOnly(readAddress(message.replyTo));
  const wanted = address ? undefined : reports;
  return {
    ...bytesOf(message, message.body, pageOf(message.contentType), !properties),
    to: { queue, manager },
    kind: 'datagram',
    msgId: idOfText(message.id),
    correlId: message.correlationId === undefined ? undefined : idOfText(message.correlationId),
    expiry: earlier(message.expiresAt === undefined ? undefined : message.expiresAt - Date.now(), expiry),
    priority: message.priority ?? priority,
    persistent: message.persistent ?? true,
    replyTo: wanted ? { queue: wanted.queue, manager: '' } : address,
    reports: wanted?.of ?? [],
  };
}

/** A request: its reply is awaited on that queue, and nobody works for a requester who waits no longer. */
export function writeRequest(message: Message, target: Target, replyTo: string, timeout: number): MqPut {
  const put = writeMessage(message, target);
  // Programs that answer with the correlation id of a request, as some do, answer with its message id then.
  const correlId = put.correlId ?? put.msgId;
  return { ...put, kind: 'request', correlId, expiry: earlier(put.expiry, timeout), replyTo: { queue: replyTo, manager: '' }, reports: [] };
}

/** A reply, in the way in which its request wants it. `request`: where it is still in hand. */
export function writeReply(reply: Message, address: ReplyAddress, request?: MqMessage): MqPut {
  const own = pageOf(reply.contentType);
  const converted = address.ccsid !== undefined && own !== undefined ? inPage(reply.body, own, address.ccsid) : undefined;
  const body = converted ?? reply.body;
  const left = request?.expiry === undefined ? undefined : request.expiry + lateFor;
  return {
    ...bytesOf(reply, body, converted ? address.ccsid : own, address.isPlain === true),
    to: addressOnly(address),
    kind: 'reply',
    msgId: address.msgId ?? idOfText(reply.id),
    correlId: address.correlId ?? (reply.correlationId === undefined ? undefined : idOfText(reply.correlationId)),
    expiry: reply.expiresAt === undefined ? left : reply.expiresAt - Date.now(),
    priority: reply.priority ?? request?.priority,
    persistent: reply.persistent ?? request?.persistent ?? true,
    replyTo: undefined,
    reports: [],
  };
}

/** `page` is undefined for bytes that are no text. The code page is never left open: MQ would name that of this machine. */
function bytesOf(
  message: Omit<Message, 'body'>,
  body: Uint8Array,
  page: number | undefined,
  isPlain: boolean,
): Pick<MqPut, 'format' | 'ccsid' | 'bytes'> {
  const described = { format: page === undefined ? '' : textFormat, ccsid: page ?? utf8 };
  if (isPlain) return { ...described, bytes: body };
  const header = writeHeader(writeProperties(message), described);
  return { format: headerFormat, ccsid: utf8, bytes: Buffer.concat([header, body]) };
}

function addressOnly({ queue, manager }: ReplyAddress): MqAddress {
  return { queue, manager };
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
