import type { TransportError } from '@waybill/contract';
import type { Receiver, Sender } from 'rhea';
import { errors } from '../errors.ts';
import { failureOfLink, type Reason } from './failure.ts';
import type { Wire } from './wire.ts';

/** What a link is opened to. */
export interface Terminus {
  readonly address?: string | undefined;
  /** The broker makes an address up. */
  readonly dynamic?: boolean | undefined;
  readonly capabilities?: readonly string[] | undefined;
}

/**
 * Aborts when a link of the library has ended: with its connection, or because the broker wanted so. `address`: for the text.
 * The reason is what the next user of the link is told; nothing of it was sent.
 */
export function lossOf(link: Sender | Receiver, kind: 'sender' | 'receiver', wire: Wire, address: string): AbortSignal {
  const lost = new AbortController();
  wire.whenLost((error) => lost.abort(error));
  const ended = (): void => lost.abort(failureOfLink(address, conditionOf(link), { connectionLost: true }));
  // Ended with an error it says both, in this order.
  link.on(`${kind}_error`, ended).on(`${kind}_close`, ended);
  return lost.signal;
}

function conditionOf({ error }: Sender | Receiver): Reason {
  return error as Reason;
}

/**
 * Resolves when the broker has opened the link. A refusal often comes as an opening without an address, and the reason after it.
 * Throws the reason of `lost`, or WB_AMQP_CLOSED when `signal` aborts.
 */
export async function whenOpen(
  link: Sender | Receiver,
  kind: 'sender' | 'receiver',
  { lost, signal, address }: { readonly lost: AbortSignal; readonly signal: AbortSignal; readonly address: string },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const isRefused = (): boolean => isNothing(kind === 'sender' ? link.target : link.source);
  link.once(`${kind}_open`, () => {
    if (!isRefused()) resolve();
  });
  const onLost = (): void => reject(refusalFrom(lost.reason as TransportError));
  const onAbort = (): void => reject(errors.WB_AMQP_CLOSED(`Opening ${address} was given up.`, { outcome: 'not-sent' }));
  for (const [given, listener] of [
    [lost, onLost],
    [signal, onAbort],
  ] as const) {
    if (given.aborted) listener();
    else given.addEventListener('abort', listener, { once: true });
  }
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The connection itself is well when an address was refused. */
function refusalFrom(error: TransportError): TransportError {
  if (error.code !== errors.WB_AMQP_ADDRESS.code && error.code !== errors.WB_AMQP_BUSY.code) return error;
  const { message, cause } = error;
  const options = { outcome: 'not-sent', cause } as const;
  return error.code === errors.WB_AMQP_ADDRESS.code ? errors.WB_AMQP_ADDRESS(message, options) : errors.WB_AMQP_BUSY(message, options);
}

/** How the library gives a field that the peer has left out. */
function isNothing(terminus: unknown): boolean {
  return terminus === undefined || terminus === null || (terminus as { readonly value?: unknown }).value === null;
}
