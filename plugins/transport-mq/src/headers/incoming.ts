import { createHash } from 'node:crypto';
import type { Delivery, IncomingMessage, TransportError } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { MqMessage } from '../handle/handle.ts';
import type { Source } from '../settings.ts';
import { statedType, textFormat, utf8 } from './code-pages.ts';
import { idOfText, textOfId, textOfIdBeside } from './ids.ts';
import { type Described, readProperties } from './own-properties.ts';
import { writeAddress } from './reply-address.ts';
import { headerFormat, readHeader } from './rfh2.ts';

/** How far clocks may differ, in milliseconds. */
const nearly = 60_000;

/** How messages of an entry are read. */
export type Reading = Pick<Source, 'identity' | 'trustCcsid' | 'limit'> & { readonly queueManager: string };

/** The message in MQ's bytes, with its header apart. */
interface Opened {
  readonly described: Described;
  readonly format: string;
  readonly ccsid: number;
  readonly encoding: number;
  readonly body: Buffer;
  readonly hasHeader: boolean;
}

/** A message as the kernel takes it, with a defect where it cannot be taken whole. */
export function readMessage(got: MqMessage, reading: Reading): Pick<Delivery, 'message' | 'defect'> {
  const opened = open(got);
  const { described, body } = opened ?? unopened(got);
  const id = identityOf(got, described, reading, body);
  const message = { ...factsOf(got, opened ?? unopened(got), reading, id), body: new Uint8Array(0) };
  const defect = defectOf(got, opened, reading) ?? (id === undefined ? lacksIdentity(reading) : undefined);
  return defect ? { message, defect } : { message: { ...message, body } };
}

function open({ format, ccsid, bytes, encoding }: MqMessage): Opened | undefined {
  if (format !== headerFormat) return { described: { properties: {} }, format, ccsid, encoding, body: bytes, hasHeader: false };
  const header = readHeader(bytes, encoding);
  return header && { ...header, described: readProperties(header.folders), hasHeader: true };
}

/** What can be told of a message whose header cannot be read. */
function unopened({ bytes }: MqMessage): Opened {
  return { described: { properties: {} }, format: '', ccsid: 0, encoding: 0, body: bytes, hasHeader: true };
}

function defectOf(got: MqMessage, opened: Opened | undefined, { limit }: Reading): TransportError | undefined {
  const isWhole = got.bytes.length === got.length;
  const size = isWhole ? (opened?.body.length ?? got.length) : got.length;
  if (!isWhole || size > limit) return errors.WB_MQ_TOO_LARGE(`The message has ${size} bytes, ${limit} are allowed.`);
  return opened ? undefined : errors.WB_MQ_HEADER('The header of the message cannot be read.');
}

function lacksIdentity({ identity }: Reading): TransportError {
  const what = typeof identity === 'object' ? `property ${identity.property}` : identity;
  return errors.WB_MQ_NO_IDENTITY(`The message has no ${what}.`);
}

function identityOf(got: MqMessage, described: Described, { identity }: Reading, body: Buffer): string | undefined {
  if (typeof identity === 'object') return described.properties[identity.property];
  switch (identity) {
    case 'message-id':
      return textOfIdBeside(got.msgId, described.id);
    case 'correlation-id':
      return textOfIdBeside(got.correlId, described.correlationId);
    case 'content':
      return createHash('sha256').update(body).digest('hex');
  }
}

function factsOf(got: MqMessage, opened: Opened, reading: Reading, id: string | undefined): Omit<IncomingMessage, 'body'> {
  const { described, format, ccsid, encoding } = opened;
  const isStated = format === textFormat && reading.trustCcsid;
  const contentType = isStated ? statedType(described.contentType, ccsid, encoding) : described.contentType;
  const expiresAt = got.expiry === undefined ? undefined : exactly(Date.now() + got.expiry, described.expiresAt);
  return {
    id: id ?? textOfId(got.msgId),
    createdAt: described.createdAt ?? got.putAt,
    type: described.type,
    contentType,
    correlationId: textOfIdBeside(got.correlId, described.correlationId),
    replyTo: addressFor(got, opened, reading, id),
    priority: got.priority,
    expiresAt,
    persistent: got.persistent,
    properties: described.properties,
  };
}

/** MQ counts in tenths of a second. What a property says is more exact, where it is about this message and not about one that it was made of. */
function exactly(counted: number, said: number | undefined): number {
  return said !== undefined && Math.abs(said - counted) < nearly ? said : counted;
}

/** The usual reply has the message id of its request as correlation id; the address tells what is wanted otherwise. */
function addressFor(got: MqMessage, { hasHeader, format, ccsid }: Opened, reading: Reading, id: string | undefined): string | undefined {
  if (!got.replyTo) return undefined;
  const { queue, manager } = got.replyTo;
  const correlId = got.passes.correlId ? got.correlId : got.msgId;
  const isUsual = id !== undefined && idOfText(id).equals(correlId);
  const isElsewhere = format === textFormat && reading.trustCcsid && ccsid !== utf8;
  return writeAddress({
    queue,
    manager: manager === reading.queueManager ? '' : manager,
    msgId: got.passes.msgId ? got.msgId : undefined,
    correlId: isUsual ? undefined : correlId,
    ccsid: isElsewhere ? ccsid : undefined,
    isPlain: !hasHeader,
  });
}
