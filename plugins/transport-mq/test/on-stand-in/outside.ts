import type { OutsideMessage } from '@waybill/testing';
import { idOfText, textOfIdBeside } from '../../src/headers/ids.ts';
import { readProperties, writeProperties } from '../../src/headers/own-properties.ts';
import { readAddress } from '../../src/headers/reply-address.ts';
import type { BrowsedMessage, GivenMessage } from '../stand-in/messages.ts';

const unlimited = -1;
const tenth = 100;

/** A message of somebody outside: bytes, with properties as MQ knows them. One without an id gets one from the queue manager. */
export function given(message: OutsideMessage): GivenMessage {
  const { id, body, properties = {}, createdAt = Date.now(), correlationId, replyTo, priority, expiresAt, persistent = true } = message;
  const { usr = {} } = writeProperties({ ...message, id: id ?? '0'.repeat(48), properties, createdAt });
  return {
    body: Buffer.from(body),
    properties: usr,
    descriptor: {
      Format: '',
      CodedCharSetId: 1208,
      Persistence: persistent ? 1 : 0,
      Expiry: expiresAt === undefined ? unlimited : Math.ceil((expiresAt - Date.now()) / tenth),
      ...(id === undefined ? {} : { MsgId: idOfText(id) }),
      ...(correlationId === undefined ? {} : { CorrelId: idOfText(correlationId) }),
      ...(replyTo === undefined ? {} : { ReplyToQ: readAddress(replyTo).queue }),
      ...(priority === undefined ? {} : { Priority: priority }),
    },
  };
}

/** What stands on a queue, as somebody outside sees it. */
export function seen({ body, descriptor, properties: usr }: BrowsedMessage): OutsideMessage {
  const { id, correlationId, ...described } = readProperties({ usr });
  const replyTo = descriptor.ReplyToQ.trimEnd();
  return {
    ...described,
    body,
    id: textOfIdBeside(descriptor.MsgId, id),
    correlationId: textOfIdBeside(descriptor.CorrelId, correlationId),
    replyTo: replyTo === '' ? undefined : replyTo,
    priority: descriptor.Priority,
    persistent: descriptor.Persistence === 1,
  } as OutsideMessage;
}
