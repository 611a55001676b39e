import type { ConnectOptions, MqAddress, MqCopy, MqMessage, MqPut, NextGet, QueueFacts } from '../handle/handle.ts';
import type { MqVerb } from '../handle/mq-failure.ts';

/** A message without its bytes, which travel beside it; ids in hexadecimal digits. */
export type MessageFacts = Omit<MqMessage, 'msgId' | 'correlId' | 'bytes'> & { readonly msgId: string; readonly correlId: string };
export type PutFacts = Omit<MqPut, 'msgId' | 'correlId' | 'bytes'> & {
  readonly msgId: string | undefined;
  readonly correlId: string | undefined;
};

/** What a parent asks of its host: one thing after the other, but for `cancel`, which ends the waiting of a `get`. */
export type Order =
  | { readonly do: 'connect'; readonly options: ConnectOptions }
  | { readonly do: 'open'; readonly queue: string; readonly how: 'shared' | 'exclusive' }
  | { readonly do: 'get'; readonly maxBytes: number; readonly waitMs: number; readonly correlId?: string | undefined }
  | { readonly do: 'cancel' }
  | { readonly do: 'commit'; readonly puts: readonly (PutFacts | MqCopy)[]; readonly next?: NextGet | undefined }
  | { readonly do: 'backout' }
  | { readonly do: 'inquire'; readonly queue: string }
  | { readonly do: 'check'; readonly to: MqAddress }
  | { readonly do: 'ping' }
  | { readonly do: 'close' };

/** What the host answers to each of them but `cancel`. */
export interface Answer {
  /** No answer yet: the commit begins now. Until this is said, the unit is surely not committed. */
  readonly begins?: 'commit';
  readonly failed?: { readonly verb: MqVerb; readonly reason: number; readonly detail: string; readonly place: number };
  /** Of a get, and of a commit that was asked for the next message as well. */
  readonly message?: MessageFacts | undefined;
  readonly name?: string;
  readonly ids?: readonly string[];
  readonly facts?: QueueFacts | undefined;
}

/** The descriptor of the pipe in the host's process. */
export const pipe = 3;
