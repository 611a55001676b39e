import type { TransportErrorOptions } from '@waybill/contract';
import type { errors } from './errors.ts';

/** What the main thread and the thread that owns the file say to each other. */

export type QueueErrorCode = keyof typeof errors;

/** One message on its way to a queue. */
export interface Put {
  readonly queue: string;
  /** Everything of the message but its body, as JSON: any text survives it unchanged. */
  readonly head: string;
  readonly body: Uint8Array;
  readonly correlationId?: string | undefined;
  readonly priority: number;
  /** Milliseconds since 1970. */
  readonly expires?: number | undefined;
}

/** A message in the hands of this process. `number` and `attempt` together name one handing-out. */
export interface Held {
  readonly queue: string;
  readonly number: number;
  readonly attempt: number;
}

export interface Taken extends Held {
  readonly head: string;
  readonly body: Uint8Array;
  readonly expires?: number | undefined;
}

export interface TakeOrder {
  readonly ask: 'take';
  readonly queue: string;
  readonly correlationId?: string | undefined;
  /** True: a message that waits for its retry keeps those behind it waiting. */
  readonly inOrder: boolean;
  /** False: answer at once when there is nothing. */
  readonly wait: boolean;
  /** True: the message is off the queue at once, without a unit of work. */
  readonly final: boolean;
}

export type Request =
  | { readonly ask: 'put'; readonly put: Put }
  /** Whether a put would be accepted now: for what is put in a unit and becomes visible later. */
  | { readonly ask: 'check'; readonly queue: string }
  | TakeOrder
  /** Takes back a `take` that has not been answered. */
  | { readonly ask: 'cancel'; readonly number: number }
  | { readonly ask: 'commit'; readonly held: Held; readonly puts: readonly Put[]; readonly reply?: Put | undefined }
  | { readonly ask: 'backout'; readonly held: Held; readonly after: number; readonly uncounted: boolean }
  | { readonly ask: 'browse'; readonly queue: string; readonly limit: number }
  | { readonly ask: 'depth'; readonly queue: string }
  | { readonly ask: 'close' };

export type Numbered = readonly [number: number, request: Request];

export interface Browsed extends Taken {
  readonly state: 'ready' | 'held' | 'waiting';
}

export interface Failure {
  readonly code: QueueErrorCode;
  readonly message: string;
  readonly options: TransportErrorOptions;
}

export type Answer = readonly [number: number, value: unknown] | readonly [number: number, value: undefined, failure: Failure];

export interface FileSettings {
  readonly path: string;
  readonly limit: number;
  readonly maxDepth: number;
  readonly create: boolean;
  readonly lease: number;
}
