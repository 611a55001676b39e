import { MQC } from '../mqi.ts';
import type { Property } from '../properties/property.ts';

/** The message descriptor. Its fields have the names that the MQI gives them. */
export interface Descriptor {
  Report: number;
  MsgType: number;
  Expiry: number;
  Feedback: number;
  Encoding: number;
  CodedCharSetId: number;
  Format: string;
  Priority: number;
  Persistence: number;
  MsgId: Buffer;
  CorrelId: Buffer;
  BackoutCount: number;
  ReplyToQ: string;
  ReplyToQMgr: string;
  UserIdentifier: string;
  AccountingToken: Buffer;
  ApplIdentityData: string;
  PutApplType: number;
  PutApplName: string;
  PutDate: string;
  PutTime: string;
  ApplOriginData: string;
  GroupId: Buffer;
  MsgSeqNumber: number;
  Offset: number;
  MsgFlags: number;
  OriginalLength: number;
}

/** A queue of another queue manager. */
export interface Place {
  readonly queue: string;
  readonly queueManager: string;
}

/** A message on a queue, or on its way there in an open unit of work. */
export interface Message {
  /** Grows with every put: messages of one priority are got in this order, wherever they have been in between. */
  readonly order: number;
  readonly queue: string;
  readonly descriptor: Descriptor;
  readonly body: Buffer;
  readonly properties: readonly Property[];
  /** Of a message on a transmission queue: where it is to go from there. */
  readonly remote?: Place | undefined;
  /** Milliseconds since 1970; undefined when it never expires. */
  readonly expiresAt?: number | undefined;
}

export function isPersistent({ descriptor }: Message): boolean {
  return descriptor.Persistence === MQC.MQPER_PERSISTENT;
}
