import { isWaybillError, type Message, type Receipt, type Sender, type TransportError } from '@waybill/contract';
import { expect } from 'vitest';
import type { Rig } from './rig.ts';

/** The error of a promise that rejects. Throws where it resolves. */
export async function failureOf(rig: Rig, promise: Promise<unknown>): Promise<unknown> {
  const nothing = Symbol('no failure');
  const failure = await rig.within(
    promise.then(
      () => nothing,
      (error: unknown) => error,
    ),
    'a rejection',
  );
  if (failure === nothing) throw new Error('expected a rejection, but the promise was fulfilled');
  return failure;
}

/** An error of ours: with a code, and a message of its own. */
export function expectOurs(error: unknown): asserts error is TransportError {
  if (!isWaybillError(error)) throw new Error('expected a WaybillError', { cause: error });
  expect(error.code).toMatch(/^WB_[A-Z0-9_]+$/);
  expect(error.message).not.toBe('');
}

/** Sends without a limit of time. */
export function send(sender: Sender, message: Message): Promise<Receipt> {
  return sender.send(message, { signal: new AbortController().signal });
}

/** The texts that the outside has got, sorted. */
export async function takenTexts(rig: Rig): Promise<readonly string[]> {
  return (await rig.taken()).map(({ body }) => Buffer.from(body).toString()).toSorted();
}
