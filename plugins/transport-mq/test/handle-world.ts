import type { MqHandle, MqPut } from '../src/handle/handle.ts';
import { MqFailure } from '../src/handle/mq-failure.ts';

/** A queue manager and handles to it. */
export interface HandleWorld {
  open(): Promise<MqHandle>;
  /** Makes a queue that no other test uses. */
  queue(attributes?: { readonly backoutThreshold?: number; readonly backoutQueue?: string }): Promise<string>;
  put(queue: string, text: string, more?: Partial<MqPut>): Promise<void>;
  /** Lets nobody get from a queue any more. */
  inhibit(queue: string): Promise<void>;
  /** What is on a queue and in nobody's unit. */
  texts(queue: string): Promise<readonly string[]>;
}

export type Opened = (queue: string, how?: 'shared' | 'exclusive') => Promise<MqHandle>;

export const all = { maxBytes: 100_000, waitMs: 0 };
export const textOf = (got: { readonly bytes: Buffer } | undefined): string | undefined => got?.bytes.toString();

export async function failureOf(promise: Promise<unknown>): Promise<MqFailure> {
  const failure: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof MqFailure) return failure;
  throw new Error('expected an MqFailure', { cause: failure });
}
