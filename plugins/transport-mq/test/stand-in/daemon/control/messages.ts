import { MQC } from '../mqi.ts';
import type { Property } from '../properties/property.ts';
import type { QueueManager } from '../queue-manager.ts';
import { newId, stampOf } from '../queues/identity.ts';
import type { Descriptor, Message, Place } from '../queues/message.ts';
import type { Queue } from '../queues/queue.ts';

/** Bytes travel over the control socket in base64. */
type Encoded<T> = { readonly [Name in keyof T]: T[Name] extends Buffer ? string : T[Name] };

/** A message that a test puts. Fields of the descriptor that are left out are those of a persistent datagram of text in UTF-8. */
export interface Given {
  readonly body: string;
  readonly descriptor?: Partial<Encoded<Descriptor>> | undefined;
  readonly properties?: Readonly<Record<string, string>> | undefined;
}

/** A message as a test sees it. */
export interface Seen {
  readonly body: string;
  readonly descriptor: Encoded<Descriptor>;
  /** Those that are text. */
  readonly properties: Readonly<Record<string, string>>;
  /** On a transmission queue: where it is to go. */
  readonly remote?: Place | undefined;
}

export function messageOf(qm: QueueManager, queue: Queue, { body, descriptor = {}, properties = {} }: Given): Message {
  const full: Descriptor = { ...blank(qm.options.name), ...(decoded(descriptor) as Partial<Descriptor>) };
  return {
    order: qm.nextOrder(),
    queue: queue.name,
    descriptor: full,
    body: Buffer.from(body, 'base64'),
    properties: Object.entries(properties).map(([name, text]): Property => ({ name, type: MQC.MQTYPE_STRING, value: Buffer.from(text) })),
    expiresAt: full.Expiry === MQC.MQEI_UNLIMITED ? undefined : Date.now() + 100 * full.Expiry,
  };
}

export function seen({ descriptor, body, properties, remote }: Message): Seen {
  const texts = properties.filter(({ type }) => type === MQC.MQTYPE_STRING);
  return {
    body: body.toString('base64'),
    descriptor: encoded(descriptor),
    properties: Object.fromEntries(texts.map(({ name, value }) => [name, value.toString('utf8')])),
    remote,
  };
}

const binary: readonly string[] = ['MsgId', 'CorrelId', 'GroupId', 'AccountingToken'] satisfies (keyof Descriptor)[];

function encoded(descriptor: Descriptor): Encoded<Descriptor> {
  const fields = Object.entries(descriptor).map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('base64') : value]);
  return Object.fromEntries(fields) as Encoded<Descriptor>;
}

function decoded(descriptor: Partial<Encoded<Descriptor>>): Readonly<Record<string, unknown>> {
  const fields = Object.entries(descriptor).map(([name, value]) => [
    name,
    binary.includes(name) ? Buffer.from(String(value), 'base64') : value,
  ]);
  return Object.fromEntries(fields) as Record<string, unknown>;
}

function blank(queueManager: string): Descriptor {
  return {
    ...stampOf('a test'),
    Report: MQC.MQRO_NONE,
    MsgType: MQC.MQMT_DATAGRAM,
    Expiry: MQC.MQEI_UNLIMITED,
    Feedback: MQC.MQFB_NONE,
    Encoding: MQC.MQENC_NATIVE,
    CodedCharSetId: 1208,
    Format: MQC.MQFMT_STRING,
    Priority: 0,
    Persistence: MQC.MQPER_PERSISTENT,
    MsgId: newId(queueManager),
    CorrelId: Buffer.alloc(24),
    BackoutCount: 0,
    ReplyToQ: '',
    ReplyToQMgr: '',
    UserIdentifier: '',
    AccountingToken: Buffer.alloc(32),
    ApplIdentityData: '',
    PutApplType: MQC.MQAT_DEFAULT,
    ApplOriginData: '',
    GroupId: Buffer.alloc(24),
    MsgSeqNumber: 1,
    Offset: 0,
    MsgFlags: MQC.MQMF_NONE,
    OriginalLength: MQC.MQOL_UNDEFINED,
  };
}
