import type { OutsideMessage } from '@waybill/testing';
import type { MqMessage, MqPut } from '../src/handle/handle.ts';
import { idOfText } from '../src/headers/ids.ts';
import { readMessage } from '../src/headers/incoming.ts';
import { writeProperties } from '../src/headers/own-properties.ts';
import { readAddress } from '../src/headers/reply-address.ts';
import { headerFormat, writeHeader } from '../src/headers/rfh2.ts';

/** A message of somebody outside: bytes, and properties in front of them. One without an id gets one from the queue manager. */
export function putOf(queue: string, message: OutsideMessage): MqPut {
  const { id, body, properties = {}, createdAt = Date.now(), correlationId, replyTo, priority, expiresAt, persistent = true } = message;
  const header = writeHeader(writeProperties({ ...message, id: id ?? '0'.repeat(48), properties, createdAt }), { format: '', ccsid: 1208 });
  return {
    to: { queue, manager: '' },
    kind: 'datagram',
    msgId: id === undefined ? undefined : idOfText(id),
    correlId: correlationId === undefined ? undefined : idOfText(correlationId),
    format: headerFormat,
    ccsid: 1208,
    expiry: expiresAt === undefined ? undefined : expiresAt - Date.now(),
    priority,
    persistent,
    replyTo: replyTo === undefined ? undefined : readAddress(replyTo),
    reports: [],
    bytes: Buffer.concat([header, body]),
  };
}

/** What stands on a queue, as somebody outside sees it. */
export function seen(message: MqMessage): OutsideMessage {
  const reading = { identity: 'message-id', trustCcsid: false, limit: Number.MAX_SAFE_INTEGER, queueManager: 'QM1' } as const;
  const { message: read, defect } = readMessage(message, reading);
  if (defect) throw defect;
  return read as OutsideMessage;
}
